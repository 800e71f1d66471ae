"""Messages keep Slack's limits, name everything, and mention nobody, whatever the names hold."""

import json
from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import corpora
import generator
from bot.answers.types import CorporaList, Help, ModelsList, Problem, Sentence, ShownNames
from bot.commands.parse import parse
from bot.commands.queries import Complete, Draw, Generate
from bot.errors import BadInput
from bot.names.batch import Batch, Name
from bot.repositories.batches import Kept
from bot.slack.blocks.elements import marked
from bot.slack.blocks.render import render
from bot.slack.escaping import escape, unescape
from bot.strings import chat
from bot.text import harmless, invisible
from bot.voting.identity import named
from bot.voting.round import Options, Round
from bot.voting.standing import Standing
from bot.voting.votes import Entry
from tests.fakes.fake_slack import buttons
from tests.fakes.slack_limits import accept

SHELF = ("pokemon", "tech")
CARDS = corpora.shelf()
ID = "0123456789abcdef"
NAMES = (Name("Morus", -9.0), Name("Mo-Oh", -9.5))


def texts(thing: object) -> list[str]:
    """Every text of a payload's blocks."""
    if isinstance(thing, dict):
        own = [thing["text"]] if isinstance(thing.get("text"), str) else []
        return own + [text for value in thing.values() for text in texts(value)]
    return [text for item in thing for text in texts(item)] if isinstance(thing, list) else []


def shown(message) -> str:
    return "".join(texts(accept(message.payload())["blocks"]))


def kept(batch: Batch, **more) -> Kept:
    return Kept(ID, batch, "C0NAMES", "U0ANA", **more)


def message_of(batch: Batch, **more) -> dict:
    return accept(render(ShownNames(kept(batch, **more))).payload())


def standing_of(names: list[str], voters: int, **options) -> Standing:
    """A round in which every one of these names has so many voters."""
    people = tuple(f"U{number:010}" for number in range(voters))
    entries = [Entry(named(name).key, name, people[0] if people else "U1", "1800000000", people) for name in names]
    return Standing(Round("C0NAMES", ID, "U0ANA", 0.0, Options(**options)), {entry.key: entry for entry in entries})


def test_completions_are_ranked_and_say_what_is_known():
    """Completions are numbered from where the list before ended, known names stand below, everybody sees it."""
    request = Complete("pokemon", count=2, pattern="mo***", skip=5)
    message = message_of(Batch(request, NAMES, ("Moltres",), 4))
    assert [b["text"]["text"] for b in message["blocks"] if b["type"] == "section"] == ["6. Morus", "7. Mo-Oh"]
    assert "Already out there: Moltres (and 3 more)" in texts(message["blocks"])
    assert "pokemon · mix" in texts(message["blocks"])
    assert message["response_type"] == "in_channel"


def test_names_go_as_text_that_slack_does_not_read():
    """A name with marks of Slack's in it is shown as it stands, and no block holds mrkdwn."""
    message = message_of(Batch(Generate(count=1), (Name("*<!here>* `x`", -1.0),), seed=7))
    assert "*<!here>* `x`" in texts(message["blocks"])
    assert "mrkdwn" not in json.dumps(message["blocks"]) and '"emoji": true' not in json.dumps(message["blocks"])
    assert "*&lt;!here&gt;* `x`" in message["text"]


@pytest.mark.parametrize(("request_", "labels"), [
    (Complete("pokemon", count=2, pattern="mo***"), ["More", "Why", "Surprise me", "Delete"]),
    (Draw("pokemon", count=2, pattern="mo***"), ["More", "Why", "Likeliest first", "Delete"]),
    (Generate("pokemon", count=2), ["More", "Delete"]),
    (Complete("pokemon", count=5, pattern="mo***"), ["Why", "Surprise me", "Delete"]),
])  # fmt: skip
def test_every_name_has_its_vote_and_below_stands_what_makes_sense(request_, labels):
    """A button a name; below them more where the list was full, why and the other order where there is a pattern,
    delete."""
    message = message_of(Batch(request_, NAMES, seed=7))
    assert [b["text"]["text"] for b in buttons(message)] == ["Vote", "Vote", *labels]
    assert [b["value"] for b in buttons(message)][:2] == [f"1:b:{ID}:0", f"1:b:{ID}:1"]
    assert ("no more fit" in message["text"]) == (request_.count == 5)


def test_a_search_that_gave_up_does_not_say_that_no_more_fit():
    """After an incomplete search, the end of the list does not claim that no more names fit."""
    text = message_of(Batch(Complete("tech", "hmm", count=5, pattern="..."), NAMES, exact=False, gap=3.0))["text"]
    assert "no more fit" not in text and "may be more" in text


def test_the_seed_is_shown_where_it_gives_the_same_again():
    """Draws show their seed, also one that nobody asked for; what was drawn around names shown before has none to
    type."""
    batch = Batch(Generate(count=2), NAMES, seed=123)
    assert "seed 123" in message_of(batch)["text"]
    assert (
        "seed" not in message_of(batch, before=("Moliv",))["text"]
        and "More new names" in message_of(batch, before=("Moliv",), sequel=True)["text"]
    )


@pytest.mark.parametrize(
    ("gap", "said"), [(0.7, "up to 2 times as likely"), (50.0, "a good guess"), (float("inf"), "a good guess")]
)
def test_an_order_in_doubt_is_said_in_words(gap, said):
    """After an inexact search, the small print says what that means to a reader."""
    request = Complete("tech", "hmm", count=2, pattern="...")
    assert said in "".join(texts(message_of(Batch(request, NAMES, exact=False, gap=gap))["blocks"]))


def test_a_press_says_who_pressed():
    """Nothing in the channel would show whose click it was; no name is pinged in the top-level text."""
    message = message_of(Batch(Generate(count=2), NAMES), pressed=True)
    assert {"type": "user", "user_id": "U0ANA"} in message["blocks"][0]["elements"][0]["elements"]
    assert "U0ANA" not in message["text"]


@pytest.mark.parametrize(
    ("voters", "said", "opens"),
    [
        (0, None, None),
        (1, "<@U0000000000>", None),
        (5, "<@U0000000004>", None),
        (200, "<@U0000000004>", "and 195 more"),
    ],
)
def test_votes_stand_at_their_names(voters, said, opens):
    """The count on the button, up to five voters below it, and a button that opens the rest."""
    stands = standing_of(["MORUS"], voters)
    message = accept(render(ShownNames(kept(Batch(Generate(count=2), NAMES)), stands, update=True)).payload())
    assert buttons(message)[0]["text"]["text"] == (f"Vote · {voters}" if voters else "Vote")
    below = [line for line in texts(message["blocks"]) if "<@" in line]
    assert below[0].endswith(said) if said else not below
    assert (opens in [b["text"]["text"] for b in buttons(message)]) if opens else True
    assert (f"Morus ({voters} vote" in message["text"]) == bool(voters)


def test_nobody_is_named_in_a_message_that_is_new_to_the_channel():
    """Slack notifies people whom a new message mentions, but not those whom an edit mentions."""
    message = render(ShownNames(kept(Batch(Generate(count=2), NAMES)), standing_of(["Morus"], 3))).payload()
    assert "<@" not in json.dumps(message) and "Vote · 3" in json.dumps(message, ensure_ascii=False)


@pytest.mark.parametrize(("options", "counts"), [({"anonymous": True}, True), ({"hidden": True}, False)])
def test_what_a_round_keeps_secret_is_nowhere_in_the_message(options, counts):
    """Anonymous: no voters; hidden: no counts either, in no block and not in the text."""
    stands = standing_of(["Morus"], 7, **options)
    written = json.dumps(
        render(ShownNames(kept(Batch(Generate(count=2), NAMES)), stands, update=True)).payload(), ensure_ascii=False
    )
    assert "<@" not in written and ("7" in written.replace(ID, "")) == counts


def test_names_come_without_buttons_where_nothing_can_be_kept():
    """A list that the store did not take is shown all the same, and says what is missing."""
    message = accept(
        render(ShownNames(replace(kept(Batch(Complete(count=2, pattern="mo***"), NAMES)), id=""))).payload()
    )
    assert not buttons(message) and "Morus" in message["text"] and "no votes" in message["text"]


def test_an_error_shows_what_was_typed_as_code():
    """Errors are private, show the command as code, and offer what it may have been as buttons that say so."""
    with pytest.raises(BadInput) as caught:
        parse("pokmon <!here>*x", SHELF)
    message = accept(render(Problem(caught.value)).payload())
    code = [e["text"] for e in message["blocks"][0]["elements"][0]["elements"] if e.get("style") == {"code": True}]
    assert message["response_type"] == "ephemeral"
    assert code[0] == "/techname pokmon ‹!here›*x"
    assert [b["value"] for b in buttons(message)] == ["pokemon &lt;!here&gt;*x"]
    assert [b["accessibility_label"] for b in buttons(message)] == ["Run /techname pokemon <!here>*x"]


@pytest.mark.parametrize(
    "message",
    [
        render(Help()),
        render(CorporaList(CARDS)),
        render(CorporaList(CARDS[:3])),
        render(ModelsList()),
        render(Sentence(chat.broken("a1"))),
        render(Sentence("x")),
    ],
)
def test_private_answers_are_private_and_their_buttons_work(message):
    """Answers for one person go to that person, within the limits, and each button is a command."""
    payload = accept(message.payload())
    assert payload["response_type"] == "ephemeral"
    assert all(parse(b["value"], [card.name for card in CARDS]) for b in buttons(payload))


def test_the_whole_shelf_is_a_line_each():
    """Every corpus is in the list once, those called after another in one line; a licence that asks for it is named."""
    payload = accept(render(CorporaList(CARDS)).payload())
    lines = ["".join(texts(section)) for section in payload["blocks"][0]["elements"][1]["elements"]]
    code = [e["text"] for s in payload["blocks"][0]["elements"][1]["elements"] for e in s["elements"] if e.get("style")]
    assert sorted(code) == [card.name for card in CARDS] and len(lines) == len({n.partition("-")[0] for n in code}) + 2
    assert max(map(len, lines)) < 220 and "CC BY 4.0" in json.dumps(payload["blocks"][1])
    few = accept(render(CorporaList(CARDS[:3])).payload())
    assert len(few["blocks"][1]["elements"]) == 3


def test_a_word_that_nobody_knows_gets_a_short_answer():
    """A word that nobody knows is answered with how many corpora there are, and where they stand."""
    for word in ("citties", "xqxqxq", "gibberish 5"):
        with pytest.raises(BadInput) as caught:
            parse(word, [card.name for card in CARDS])
        assert "36 corpora (`/techname corpora` lists them)" in caught.value.message and len(caught.value.message) < 300


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
    """A text that is escaped once and unescaped once is the same."""
    assert unescape(escape(text)) == text


NAME = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=64)
PATTERN = st.text(st.characters(exclude_categories=["Cs", "Cc", "Z"]), max_size=390).map(lambda text: text + "*")
ASKED = {
    "corpus": st.sampled_from(SHELF),
    "model": st.sampled_from(list(generator.MODELS)),
    "count": st.integers(1, 20),
    "pattern": st.none() | PATTERN,
    "order": st.none() | st.integers(1, 6),
    "length": st.none() | st.tuples(st.integers(1, 9), st.integers(10, 64)),
}
QUERIES = st.one_of(
    st.builds(Complete, skip=st.integers(0, 10_000), **ASKED),
    *(st.builds(drawn, seed=st.none() | st.integers(0, 2**31 - 1), **ASKED) for drawn in (Generate, Draw)),
)


@given(
    st.builds(
        Batch,
        request=QUERIES,
        names=st.lists(st.builds(Name, NAME, st.floats(-90, 0)), min_size=1, max_size=20).map(tuple),
        known=st.lists(NAME, max_size=3).map(tuple),
        known_count=st.integers(3, 5_000),
        seed=st.none() | st.integers(0, 2**31 - 1),
        exact=st.booleans(),
        gap=st.floats(0, 900),
    ),
    st.booleans(),
    st.sampled_from([0, 1, 5, 6, 200, 1_000]),
)
def test_every_batch_keeps_the_limits(batch, pressed, voters):
    """Whatever the names and patterns are and however many voted, Slack takes the message, and its top-level text has
    every name."""
    stands = standing_of([name.name for name in batch.names], voters)
    message = accept(
        render(ShownNames(kept(batch, pressed=pressed), stands, update=True)).payload() | {"replace_original": True}
    )
    assert message["text"].endswith("…") or all(escape(name.name) in message["text"] for name in batch.names)


@pytest.mark.parametrize("letter", ["m", "W", "&", '"', "\\", "🎉", "ก"])
@pytest.mark.parametrize("voters", [0, 5, 200])
def test_the_longest_lists_keep_the_limits_and_every_vote(letter, voters):
    """20 names of 64 signs with 200 voters each: every name has its vote button and its count."""
    names = [letter * 62 + f"{number:02}" for number in range(20)]
    batch = Batch(
        Complete(count=20, pattern="*" * 64), tuple(Name(name, -1.0) for name in names), ("x" * 64,) * 3, 5_000
    )
    taken = {str(place): "packages: taken · .com: in use · " * 9 for place in range(20)}
    message = accept(
        render(ShownNames(kept(batch, probes=True, taken=taken), standing_of(names, voters), update=True)).payload()
    )
    assert [b["text"]["text"] for b in buttons(message) if b["action_id"].startswith("vote")] == [
        f"Vote · {voters}" if voters else "Vote"
    ] * 20
    assert all(any(name in text for text in texts(message["blocks"])) for name in names)


@given(
    st.text(max_size=1_200), st.text(max_size=80).map(harmless), st.lists(st.text(min_size=1, max_size=900), max_size=7)
)
def test_every_error_keeps_the_limits(message, sent, suggestions):
    """Slack takes every error message, whatever was typed."""
    assert (
        accept(render(Problem(BadInput(message or "x", suggestions, sent))).payload())["response_type"] == "ephemeral"
    )


def test_code_in_a_sentence_is_shown_as_code():
    """Backticks mark code in our sentences and are not shown."""
    assert marked("a `b` c") == [
        {"type": "text", "text": "a "},
        {"type": "text", "text": "b", "style": {"code": True}},
        {"type": "text", "text": " c"},
    ]
    assert marked("``") == [{"type": "text", "text": "``"}]
