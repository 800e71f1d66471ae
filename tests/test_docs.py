"""The documents: short where they must be, whole where they must be, and no link leads nowhere."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

import generator
from bot.asking.options import OPTIONS
from bot.asking.request import VERBS
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), ROOT / "corpora" / "README.md"]
TEXT = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
_INSIDE = {"form", "patterns"}  # verbs that nobody types so: the form is the command alone, patterns are `help patterns`


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as code hosts make them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readme_is_short():
    """Eight thousand characters at most: the rest stands in docs/."""
    assert len((ROOT / "README.md").read_text(encoding="utf-8")) <= 8_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    """Each relative link is a file, and each anchor a heading of it."""
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'src="([^"]+)"', text):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), f"{link} leads nowhere"
        assert not anchor or anchor in anchors(target), f"{link} has no such heading"


@pytest.mark.parametrize("verb", [verb for verb in VERBS if verb not in _INSIDE])
def test_every_command_is_documented(verb):
    """Each verb stands in a document as it is typed."""
    assert re.search(rf"`(?:/techname )?{verb}\b|techname {verb}\b", TEXT)


@pytest.mark.parametrize("option", OPTIONS)
def test_every_option_is_documented(option):
    """Each option of a command stands in a document with its sign."""
    assert f"`{option}=" in TEXT


@pytest.mark.parametrize("kind", generator.MODELS)
def test_every_model_is_documented(kind):
    """Each kind of model is explained on its page."""
    assert f"- `{kind}`" in (ROOT / "docs" / "models.md").read_text(encoding="utf-8")


def test_every_setting_of_the_environment_is_documented():
    """Each variable that the settings read stands in a document."""
    said = set(re.findall(r'"((?:TECHNAME|SLACK)_[A-Z_]+)"', (ROOT / "bot" / "settings.py").read_text(encoding="utf-8")))
    assert said and len(fields(Settings)) >= len(said) // 2
    assert not {name for name in said if name not in TEXT}


def test_every_parameter_of_the_stack_is_documented():
    """Each parameter that serverless.yml takes stands on the page about AWS."""
    params = set(re.findall(r"\$\{param:([a-z-]+)", (ROOT / "serverless.yml").read_text(encoding="utf-8")))
    page = (ROOT / "docs" / "aws.md").read_text(encoding="utf-8")
    assert params and not {name for name in params if f"`{name}`" not in page}
