"""The pages as a browser without JavaScript gets them."""

import re
from html.parser import HTMLParser

import pytest

from bot.web.pages import assets

PAGES = [
    "/",
    "/?q=mo***",
    "/?q=...base&how=drawn",
    "/?corpus=lyrics",
    "/corpora",
    "/quiz?seed=7&a=m",
    "/privacy",
    "/docs",
    "/why?name=Morbase",
]


class Links(HTMLParser):
    """What a page refers to, the fields of its form, and its text."""

    def __init__(self, html: str):
        super().__init__()
        self.refers, self.fields, self.text, self.tags = [], {}, [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        self.refers += [given[name] for name in ("href", "src", "action") if name in given]
        if tag in ("input", "select"):
            self.fields[given.get("name")] = given

    def handle_data(self, data):
        self.text.append(data)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_leads_nowhere_but_here(client, path):
    """Each link, script, style and form is of our own origin; no style or script stands in the page."""
    answer = client.get(path)
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"), answer.text
    page = Links(answer.text)
    assert page.refers and all(link.startswith(("/", "#")) and not link.startswith("//") for link in page.refers)
    assert not [given for _, given in page.tags if "style" in given or any(name.startswith("on") for name in given)]
    assert not re.search(r"<script(?! src)|<style", answer.text)


@pytest.mark.parametrize("path", PAGES)
def test_every_link_of_a_page_answers(client, path):
    """No link is dead, whatever its name holds; of the links to other corpora, whose models would be trained, none is
    followed."""
    for link in set(Links(client.get(path).text).refers):
        if path == "/corpora" and "corpus=" in link:
            continue
        assert client.get(link.partition("#")[0] or path).status_code == 200, link


def test_the_form_is_answered_by_plain_get(client):
    """The names of the API stand in the page, with what is near them."""
    told = client.get("/api/mix/pokemon/complete?q=mo***&n=5").json()
    page = client.get("/?q=mo***&n=5").text
    for each in told["names"]:
        assert f'<span class="name" data-copy>{each["name"]}</span>' in page
    assert all(each["near"]["said"] in page for each in told["names"] if each["near"])


def test_the_form_shows_what_was_asked(client):
    """The fields keep their values, empty ones too."""
    fields = Links(client.get("/?corpus=tech&q=mo***&n=3&length=&seed=").text).fields
    assert fields["corpus"]["value"] == "tech" and fields["q"]["value"] == "mo***" and fields["length"]["value"] == ""


def test_every_field_has_a_label(client):
    """A label for each id, or around the field."""
    page = client.get("/?q=mo***").text
    ids = [given["id"] for tag, given in Links(page).tags if tag in ("input", "select") and "id" in given]
    assert ids and all(f'<label for="{field}">' in page for field in ids)


@pytest.mark.parametrize(
    "path, field", [("/?n=77", "n"), ("/?q=[a", "q"), ("/?corpus=pokmon", "corpus"), ("/?length=x", "length")]
)
def test_a_bad_field_is_marked_and_explained(client, path, field):
    """The status is the API's, the sentence stands in the page, the field is marked for screen readers."""
    answer = client.get(path)
    assert answer.status_code in (404, 422)
    assert Links(answer.text).fields[field]["aria-invalid"] == "true" and 'role="alert"' in answer.text


def test_the_shortlist_stands_in_the_address(client):
    """Keep adds a name to the address, Drop takes it away; the lines for Slack can be pasted."""
    page = client.get("/?q=mo***&n=2")
    keep = next(given["href"] for _, given in Links(page.text).tags if given.get("id") == "keep-1")
    kept = client.get(keep).text
    name = Links(kept).text
    assert "/techname suggest " in kept and 'type="hidden" name="keep"' in kept and name
    drop = next(given["href"] for _, given in Links(kept).tags if given.get("id") == "drop-1")
    assert "/techname suggest " not in client.get(drop).text


def test_a_shared_address_can_say_nothing_rude_or_harmful(client):
    """Names in the address are escaped; rude ones are not shown."""
    page = client.get('/?keep=<script>alert(1)</script>&keep=fucker&corpus="><b>&q=<i>***').text
    assert "<script>alert" not in page and "<b>" not in page and "<i>" not in page and "fucker" not in page


def test_the_heat_map_has_the_posterior_and_fills_holes(client):
    """Each cell has the probability of the API and the pattern with its hole filled."""
    told = client.get("/api/mix/pokemon/why?q=*u*a&n=40").json()
    best = told["places"][0]["likely"][0]
    page = client.get("/heat?q=*u*a").text
    assert f'data-fill="{best["token"]}u*a"' in page
    assert f"{best['token']} in place 1: {100 * best['probability']:.0f}%" in page


def test_a_filled_hole_is_read_as_it_stands(client):
    """A token that is a sign of patterns is escaped."""
    from bot.web import schemas, viewing

    made = client.get("/api/mix/pokemon?seed=1&n=1").json()["made"]
    place = schemas.Place(part="*", likely=[schemas.Likely(token="*", length=None, probability=1.0)])
    [(_, cells)] = viewing.heat("a*b*", schemas.Why(places=[place, place], made=schemas.Made(**made), command="")).rows
    assert [cell and cell.filled for cell in cells] == [None, "a\\*b*", None, "a*b\\*"]


def test_lengths_of_a_gap_can_be_chosen(client):
    """`...` becomes so many holes."""
    assert 'data-fill="***base"' in client.get("/heat?q=...base").text


def test_why_this_name_shows_runs_of_real_names(client):
    """The runs of the API, in a table."""
    told = client.get("/api/mix/pokemon/score?name=Morbasaur").json()
    page = client.get("/why?name=Morbasaur").text
    assert told["fragments"] and all(f"<code>{run['text']}</code>" in page for run in told["fragments"])


def test_pages_are_light():
    """Script and styles together are under 100 kB, uncompressed."""
    assert sum(len(body) for body, _ in assets().values()) < 100_000


def test_an_asset_is_cached_for_good_by_its_version(client):
    """With another version, or none, a cache asks again."""
    link = next(link for link in Links(client.get("/").text).refers if "page.css" in link)
    assert "immutable" in client.get(link).headers["cache-control"]
    assert client.get("/static/page.css?v=0").headers["cache-control"] == "public, no-cache"
    assert client.get("/static/../app.py").status_code == client.get("/static/nothing.js").status_code == 404


def test_the_docs_name_every_parameter_of_the_document(client):
    """The page is made from the OpenAPI document."""
    page = client.get("/docs").text
    for path, methods in client.get("/openapi.json").json()["paths"].items():
        assert f"GET {path}" in page
        assert (
            all(f"<code>{each['name']}</code>" in page for each in methods["get"]["parameters"])
            if path != "/api"
            else True
        )
