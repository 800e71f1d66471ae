"""`why`: what may stand in each hole, from the request to the message and the command line."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.types import ShownReasons
from bot.commands.parse import parse
from bot.commands.queries import Complete, Why
from bot.errors import BadInput
from bot.names.batch import Place, Reasons
from bot.names.posterior import posterior
from bot.slack.blocks.render import render
from tests.bot.slack.blocks.test_names import PATTERN, SHELF, shown
from tests.bot.terminal.test_cli import techname  # noqa: F401  (a fixture)
from tests.fakes.fake_slack import buttons
from tests.fakes.slack_limits import accept


def test_reasons_know_what_a_name_contains(library):
    """With `contains=` a hole of the pattern takes only what leaves room for it."""
    found = posterior(Why("tech", "markov", 3, "m***", contains="ox"), library)
    assert {token for token, _ in found.places[0].likely} | {token for token, _ in found.places[2].likely} >= {"o", "x"}
    assert sum(p for token, p in found.places[1].likely if token in "ox") == pytest.approx(1, abs=0.2)
    found = posterior(Why("tech", "markov", 3, "m**", contains="ox"), library)
    assert [place.likely for place in found.places] == [((letter, pytest.approx(1)),) for letter in "ox"]


@pytest.mark.parametrize("model", ["mix", "markov", "hmm"])
def test_every_hole_and_the_gap_are_answered(library, model):
    """A place for each hole, class and gap as written, likeliest first, as many as asked for, of sum one at most."""
    found = posterior(Why("pokemon", model, 3, "*[ou]...a"), library)
    assert [place.text for place in found.places] == ["*", "[ou]", "..."]
    for place in found.places:
        shares = [p for _, p in place.likely]
        assert shares == sorted(shares, reverse=True) and sum(shares) <= 1 + 1e-9 and len(shares) <= 3
    assert {token for token, _ in found.places[1].likely} == {"o", "u"}
    assert all(isinstance(number, int) for number, _ in found.places[2].likely)


def test_two_gaps_are_read_from_the_left(library):
    """Each gap has its lengths; what stands between two of them is its first occurrence."""
    found = posterior(Why("pokemon", pattern="...a*..."), library)
    assert [place.text for place in found.places] == ["...", "*", "..."]
    assert sum(
        p for _, p in posterior(Why("pokemon", count=20, pattern="...a*..."), library).places[0].likely
    ) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("why mo🎉* pokemon", "`🎉`"),
        ("why ...a****b...*a... pokemon", "more ways than I can follow"),
        ("why mo* pokemon length=9", "exactly 3"),
    ],
)
def test_what_cannot_be_weighed_is_said(answered, text, said):
    """A letter that no name has, a pattern that reads in several ways, a length that does not go with it: each in
    words."""
    message = accept(answered(text).payload())
    assert message["response_type"] == "ephemeral" and said in message["text"]


def test_the_answer_is_private_and_goes_on_to_names(answered):
    """One numbered line a place, bars and percentages, corpus and model in small print, and a button for the names
    themselves."""
    message = answered("why *u...a pokemon markov order=3 2")
    text = shown(message)
    assert message.payload()["response_type"] == "ephemeral"
    assert re.search(r"\* \w █*[▏▎▍▌▋▊▉]? \d[\d.]*% ·", text) and re.search(r"\.\.\. \d+ letters? [▏▎▍▌▋▊▉█]+ \d", text)
    assert "█" not in message.text and re.search(r"\* \w \d[\d.]*% ·", message.text)
    assert "pokemon · markov · order 3" in text
    assert [parse(b["value"], SHELF) for b in buttons(message.payload())] == [
        Complete("pokemon", "markov", pattern="*u...a", order=3)
    ]


def test_a_space_can_be_seen():
    """A space among the tokens is named."""
    place = Place("*", ((" ", 0.9), ("é", 0.1)))
    assert "space █████████ 90% · é █ 10%" in shown(render(ShownReasons(Reasons(Why(pattern="*"), (place,)))))


LIKELY = st.lists(
    st.tuples(st.characters(exclude_categories=["Cs", "Cc"]), st.floats(0, 1)), min_size=1, max_size=20
).map(tuple)


@given(
    PATTERN, st.lists(st.builds(Place, PATTERN.map(lambda text: text[:20]), LIKELY), min_size=1, max_size=64).map(tuple)
)
def test_every_answer_keeps_the_limits(pattern, places):
    """Sixty-four holes of twenty letters each are still a message that Slack takes."""
    accept(render(ShownReasons(Reasons(Why(pattern=pattern), places))).payload())


def test_sixty_four_holes_keep_the_limits():
    """The longest pattern with the most to say."""
    place = Place("*", tuple((chr(0x1F600 + i), 0.0512) for i in range(20)))
    accept(render(ShownReasons(Reasons(Why("pokemon", pattern="*" * 64), (place,) * 64))).payload())


@pytest.mark.parametrize(
    ("text", "request_"),
    [("why *u*a", Why(pattern="*u*a")), ("3 why mo... pokemon hmm", Why("pokemon", "hmm", 3, "mo..."))],
)
def test_why_is_read(text, request_):
    """`why` takes a pattern, a corpus, a model and how many letters to show, in any order."""
    assert parse(text, SHELF) == request_ and parse(request_.command(), SHELF) == request_


@pytest.mark.parametrize(
    ("text", "said", "suggestion"),
    [
        ("why", "`/techname why *u*a`", None),
        ("why pokemon", "holes", None),
        ("whyy *u*a", "`whyy`", "why *u*a"),
        ("why mo", "no hole", "why mo***"),
        ("why *u*a seed=7", "`seed=`", "draw *u*a seed=7"),
        ("why *u*a skip=7", "`skip=`", "why *u*a"),
    ],
)
def test_says_how_to_mend_it(text, said, suggestion):
    """What does not go with `why` is said with a command that does."""
    with pytest.raises(BadInput) as caught:
        parse(text, SHELF)
    assert said in caught.value.message
    assert (suggestion in caught.value.suggestions) if suggestion else not caught.value.suggestions


def test_on_the_command_line(techname):  # noqa: F811
    """A line a place on stdout and what it was made with on stderr; with --json a list of objects with
    probabilities."""
    status, out, err = techname("why '*u...' --corpus pokemon -n 3")
    assert (status, [line.split()[0] for line in out.splitlines()]) == (0, ["*", "..."]) and "pokemon · mix" in err
    hole, gap = json.loads(techname("why '*u...' --corpus pokemon -n 3 --json")[1])
    assert (
        hole["part"] == "*"
        and len(hole["likely"]) == 3
        and all(0 < found["probability"] <= 1 for found in hole["likely"])
    )
    assert all(set(found) == {"tokens", "probability"} for found in gap["likely"])
    assert techname("why mo7777")[0] == 2 and techname("why 'mo7*'")[0] == 3
