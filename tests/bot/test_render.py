"""What the bot says keeps Slack's limits, names everything, and mentions nobody, whatever the names hold."""

import json

import corpora
import generator
import pytest
from bot.about import render_corpora, render_help, render_models
from bot.batch import Batch, Name
from bot.blocks import marked
from bot.entities import escape, harmless, invisible, unescape
from bot.errors import BadInput
from bot.parse import parse
from bot.render import render, render_broken, render_error, render_sentence
from bot.request import Request
from hypothesis import example, given
from hypothesis import strategies as st
from tests.fakes.fake_slack import buttons
from tests.fakes.slack_limits import accept

SHELF = ("pokemon", "tech")
CARDS = corpora.shelf()
NAMES = (Name("Morus", -9.0), Name("Mo-Oh", -9.5))


def texts(thing: object) -> list[str]:
    """Every text of a payload's blocks."""
    if isinstance(thing, dict):
        own = [thing["text"]] if isinstance(thing.get("text"), str) else []
        return own + [text for value in thing.values() for text in texts(value)]
    return [text for item in thing for text in texts(item)] if isinstance(thing, list) else []


def shown(message) -> str:
    return "".join(texts(accept(message.payload())["blocks"]))


def test_completions_are_ranked_and_say_what_is_known():
    """Completions are a numbered list, known names stand below, corpus and model in small print, everybody sees it."""
    request = Request("complete", "pokemon", count=2, pattern="mo***")
    message = render(Batch(request, NAMES, ("Moltres",), 4)).payload()
    lists = [part for part in message["blocks"][0]["elements"] if part["type"] == "rich_text_list"]
    assert [(part["style"], texts(part)) for part in lists] == [("ordered", ["Morus", "Mo-Oh"])]
    assert "Already out there: Moltres (and 3 more)" in texts(message["blocks"])
    assert "pokemon · mix" in texts(message["blocks"])
    assert message["response_type"] == "in_channel"


def test_names_go_as_text_that_slack_does_not_read():
    """A name with marks of Slack's in it is shown as it stands, and no block holds mrkdwn."""
    message = render(Batch(Request("generate", count=1), (Name("*<!here>* `x`", -1.0),), seed=7)).payload()
    assert "*<!here>* `x`" in texts(message["blocks"])
    assert "mrkdwn" not in json.dumps(message["blocks"]) and '"emoji": true' not in json.dumps(message["blocks"])
    assert "*&lt;!here&gt;* `x`" in message["text"]


def test_buttons_go_on():
    """After completions: the next ones, and draws for the same pattern. After draws: others, not the same seed again."""
    ranked = Request("complete", "pokemon", count=2, pattern="mo***", skip=4)
    more, draw = [parse(b["value"], SHELF) for b in buttons(render(Batch(ranked, NAMES)).payload())]
    assert (more.skip, draw) == (6, Request("draw", "pokemon", count=2, pattern="mo***"))
    drawn = Request("draw", "pokemon", count=2, pattern="mo***", seed=7)
    more, rank = [parse(b["value"], SHELF) for b in buttons(render(Batch(drawn, NAMES, seed=7)).payload())]
    assert (more.seed, rank) == (None, Request("complete", "pokemon", count=2, pattern="mo***"))


def test_the_end_is_said_and_offers_no_more():
    """Fewer names than asked for: it says that no more fit, and there is no button for more."""
    message = render(Batch(Request("complete", "pokemon", count=5, pattern="mo***", skip=5), NAMES)).payload()
    assert "no more fit" in message["text"]
    assert [b["text"]["text"] for b in buttons(message)] == ["Draw at random"]
    assert message["blocks"][0]["elements"][1]["offset"] == 5


def test_a_search_that_gave_up_does_not_say_that_no_more_fit():
    """Where not everything could be looked at, the end of the list is no claim about what fits."""
    message = render(Batch(Request("complete", "tech", "hmm", count=5, pattern="..."), NAMES, exact=False, gap=3.0))
    assert "no more fit" not in message.text and "may be more" in message.text


def test_the_seed_is_shown():
    """Draws show their seed, also one that nobody asked for."""
    assert "seed 123" in shown(render(Batch(Request("generate", count=2), NAMES, seed=123)))


@pytest.mark.parametrize(("gap", "said"), [(0.7, "up to 2 times as likely"), (50.0, "a good guess"), (float("inf"), "a good guess")])
def test_an_order_in_doubt_is_said_in_words(gap, said):
    """Where the search could not be exact, the small print says what that means to a reader."""
    request = Request("complete", "tech", "hmm", count=2, pattern="...")
    assert said in shown(render(Batch(request, NAMES, exact=False, gap=gap)))


def test_a_press_says_who_pressed():
    """Nothing in the channel would show whose click it was; no name is pinged in the top-level text."""
    message = render(Batch(Request("generate", count=2), NAMES), presser="U123").payload()
    assert {"type": "user", "user_id": "U123"} in message["blocks"][0]["elements"][0]["elements"]
    assert "U123" not in message["text"]


def test_an_error_shows_what_was_typed_as_code():
    """Errors are private, show the command as code, and offer what it may have been as buttons that say so."""
    with pytest.raises(BadInput) as caught:
        parse("pokmon &lt;!here&gt;*x", SHELF)
    message = accept(render_error(caught.value).payload())
    code = [e["text"] for e in message["blocks"][0]["elements"][0]["elements"] if e.get("style") == {"code": True}]
    assert message["response_type"] == "ephemeral"
    assert code[0] == "/techname pokmon ‹!here›*x"
    assert [b["value"] for b in buttons(message)] == ["pokemon &lt;!here&gt;*x"]
    assert [b["accessibility_label"] for b in buttons(message)] == ["Run /techname pokemon <!here>*x"]


@pytest.mark.parametrize("message", [render_help(), render_corpora(CARDS), render_corpora(CARDS[:3]), render_models(), render_broken("a1"), render_sentence("x")])
def test_private_answers_are_private_and_their_buttons_work(message):
    """What only one person asked for goes to that person, within the limits, and each button is a command."""
    payload = accept(message.payload())
    assert payload["response_type"] == "ephemeral"
    assert all(parse(b["value"], [card.name for card in CARDS]) for b in buttons(payload))


def test_the_whole_shelf_is_a_line_each():
    """Every corpus is in the list once, those called after another in one line; a licence that asks for it is named."""
    payload = accept(render_corpora(CARDS).payload())
    lines = ["".join(texts(section)) for section in payload["blocks"][0]["elements"][1]["elements"]]
    code = [e["text"] for s in payload["blocks"][0]["elements"][1]["elements"] for e in s["elements"] if e.get("style")]
    assert sorted(code) == [card.name for card in CARDS] and len(lines) == len({n.partition("-")[0] for n in code}) + 2
    assert max(map(len, lines)) < 220 and "CC BY 4.0" in json.dumps(payload["blocks"][1])
    few = accept(render_corpora(CARDS[:3]).payload())
    assert len(few["blocks"][1]["elements"]) == 3


def test_errors_stay_short_with_the_whole_shelf():
    """A word that nobody knows names a few corpora that look like it, or the first ones, and where all are."""
    for word, near in [("citties", "`cities`"), ("xqxqxq", "`birds`"), ("gibberish 5", "another of 36")]:
        with pytest.raises(BadInput) as caught:
            parse(word, [card.name for card in CARDS])
        assert near in caught.value.message and "`/techname corpora` lists all" in caught.value.message
        assert len(caught.value.message) < 450


@given(st.text(max_size=300))
@example("\u202e\u200b\ud800\x00")
@example("@here @channel @EVERYONE <!here>")
@example("`<")
def test_what_was_typed_is_made_harmless(text):
    """Shown again it is short, visible, on one line, and pings nobody."""
    seen = harmless(text)
    assert len(seen) <= 80 and not any(map(invisible, seen)) and not {"<", ">", "`", "\n"} & set(seen)
    assert not {"@here", "@channel", "@everyone"} & set(seen.lower().split())
    seen.encode()


@given(st.text())
def test_escaping_comes_undone(text):
    """What is escaped once and read once is the same."""
    assert unescape(escape(text)) == text


NAME = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=64)
PATTERN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), max_size=390).map(lambda text: text + "*")
REQUESTS = st.builds(
    Request,
    verb=st.sampled_from(["generate", "complete", "draw"]),
    corpus=st.sampled_from(SHELF),
    model=st.sampled_from(list(generator.MODELS)),
    count=st.integers(1, 20),
    pattern=st.none() | PATTERN,
    order=st.none() | st.integers(1, 6),
    length=st.none() | st.tuples(st.integers(1, 9), st.integers(10, 64)),
    seed=st.none() | st.integers(0, 2**31 - 1),
    skip=st.integers(0, 10_000),
)


@given(
    st.builds(
        Batch,
        request=REQUESTS,
        names=st.lists(st.builds(Name, NAME, st.floats(-90, 0)), min_size=1, max_size=20).map(tuple),
        known=st.lists(NAME, max_size=3).map(tuple),
        known_count=st.integers(3, 5_000),
        seed=st.none() | st.integers(0, 2**31 - 1),
        exact=st.booleans(),
        gap=st.floats(0, 900),
    ),
    st.none() | st.just("U0ANA"),
)
def test_every_batch_keeps_the_limits(batch, presser):
    """Whatever the names and patterns are, Slack takes the message, and its top-level text has every name."""
    message = accept(render(batch, presser).payload())
    assert all(escape(name.name) in message["text"] for name in batch.names)


@given(st.text(max_size=1_200), st.text(max_size=80).map(harmless), st.lists(st.text(min_size=1, max_size=900), max_size=7))
def test_every_error_keeps_the_limits(message, sent, suggestions):
    """Whatever is said of what was typed, Slack takes it."""
    assert accept(render_error(BadInput(message or "x", suggestions, sent)).payload())["response_type"] == "ephemeral"


def test_code_in_a_sentence_is_shown_as_code():
    """Backticks mark code in our sentences and are not shown."""
    assert marked("a `b` c") == [
        {"type": "text", "text": "a "},
        {"type": "text", "text": "b", "style": {"code": True}},
        {"type": "text", "text": " c"},
    ]
