"""The page in headless Chromium, as people use it: by mouse, by keyboard alone, on a phone, in the dark, without scripts."""

import re
import shutil

import pytest

pytest.importorskip("playwright", reason="playwright is not installed (make install)")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests.bot.web.served import served

CHROMIUM = shutil.which("chromium")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
QUIET += ["--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"]
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1200, "height": 900}
PAGES = [
    "",
    "?corpus=piano&n=2",
    "?corpus=lyrics&n=2",
    "?q=mo***&keep=Morbase",
    "?q=...base&how=drawn",
    "?n=77",
    "corpora",
    "quiz?seed=7",
    "quiz?seed=7&a=mmmmmmmmmm",
    "privacy",
    "docs",
    "why?name=Morbase",
]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed (.ci/run installs it)"),
]


@pytest.fixture(scope="module")
def url(settings, library):
    """The address of the page on this machine."""
    with served(settings, library) as address:
        yield address


@pytest.fixture(scope="module")
def browser():
    """One browser for the module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser, url):
    """Open a page in a fresh context; afterwards no error was logged and no request has left our origin."""
    contexts, wrong = [], []

    def open_page(path="", **how):
        context = browser.new_context(**{"viewport": DESK, **how})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("request", lambda sent: wrong.append(sent.url) if not sent.url.startswith(url) else None)
        page.goto(url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    status = [said for said in wrong if "status of 4" not in said]  # a refused form is told to the console by Chromium
    assert not status


def test_names_come_in_without_leaving_the_page(opened):
    """A pattern, Go: names; the address holds what was asked, and Back goes back."""
    page = opened()
    page.evaluate("window.stayed = true")
    page.fill("#q", "mo***")
    page.click("button[type=submit]")
    expect(page.locator("#names-title")).to_contain_text("mo***")
    assert page.locator(".names .name").count() == 8
    assert "q=mo***" in page.url or "q=mo%2A%2A%2A" in page.url
    page.go_back()
    expect(page.locator("#names-title")).not_to_contain_text("mo***")
    assert page.evaluate("window.stayed") is True


def test_the_heat_map_follows_what_is_typed_and_a_cell_fills_its_hole(opened):
    """No Go is needed; a cell puts its token into the pattern and asks again."""
    page = opened()
    page.type("#q", "*u*a")
    cell = page.locator(".heat tbody a").first
    expect(cell).to_be_visible()
    filled = cell.get_attribute("data-fill")
    cell.click()
    expect(page.locator("#q")).to_have_value(filled)
    expect(page.locator("#names-title")).to_contain_text(filled)


def test_a_name_is_kept_and_the_address_can_be_shared(opened, url):
    """Keep; another browser that opens the address has the list; the lines for Slack stand there; Drop."""
    page = opened("?q=mo***")
    name = page.locator(".names .name").first.inner_text()
    page.locator(".names .keep").first.click()
    expect(page.locator(".kept .name")).to_have_text(name)
    shared = opened(page.url.removeprefix(url))
    assert shared.locator("#shortlist pre").inner_text().strip() == f"/techname suggest {name}"
    shared.get_by_role("link", name=f"Drop {name}").click()
    expect(shared.locator(".kept")).to_have_count(0)


def test_a_click_copies_a_name(opened):
    """The clipboard has it, and the button says so."""
    page = opened("?q=mo***", permissions=["clipboard-read", "clipboard-write"])
    name = page.locator(".names .name").first.inner_text()
    page.get_by_role("button", name=f"Copy {name}").first.click()
    expect(page.locator(".names li").first.locator(".copy").first).to_contain_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == name


def test_why_opens_below_the_name_and_closes_again(opened):
    """The runs of real names that it stands on."""
    page = opened("?q=mo***")
    link = page.locator("[data-why]").first
    link.click()
    expect(page.locator(".reasons")).to_contain_text("runs of real names")
    expect(link).to_have_attribute("aria-expanded", "true")
    link.click()
    expect(page.locator(".reasons")).to_have_count(0)


def test_the_whole_way_by_keyboard_alone(opened):
    """Tab to the pattern, type, Enter; tab to a name's Keep, Enter; the focus stays where it was."""
    page = opened()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    _tab_to(page, "q")
    page.keyboard.type("mo***")
    page.keyboard.press("Enter")
    expect(page.locator("#names-title")).to_contain_text("mo***")
    _tab_to(page, "keep-1")
    page.keyboard.press("Enter")
    expect(page.locator("#keep-1")).to_have_text(re.compile("^Kept"))
    expect(page.locator("#keep-1")).to_be_focused()


def _tab_to(page, element: str) -> None:
    for _ in range(200):
        if page.evaluate("document.activeElement.id") == element:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"the keyboard does not reach {element}")


def test_without_scripts_the_form_and_its_links_answer(opened):
    """Plain GET: names, the heat map, Keep and Why."""
    page = opened("?q=mo***", java_script_enabled=False)
    assert page.locator(".names .name").count() == 8 and page.locator(".heat a").count() > 10
    page.fill("#q", "*u*a")
    page.click("button[type=submit]")
    assert "*u*a" in page.locator("#names-title").inner_text()
    page.locator(".names .keep").first.click()
    assert page.locator(".kept .name").count() == 1
    page.locator("[data-why]").first.click()
    assert "runs of real names" in page.locator("main").inner_text()


def test_on_a_phone_nothing_is_wider_than_the_page(opened):
    """Tables scroll in a box of their own."""
    for path in PAGES:
        page = opened(path, viewport=PHONE)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], f"/{path} is {wide} px wide"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(opened, path, viewport, scheme):
    """axe-core's rules, contrast among them."""
    page = opened(path, viewport=viewport, color_scheme=scheme)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_reduced_motion_moves_nothing(opened):
    """No transition for those who asked for none."""
    still = opened(reduced_motion="reduce")
    assert still.evaluate("getComputedStyle(document.getElementById('answer')).transitionDuration") == "0s"
