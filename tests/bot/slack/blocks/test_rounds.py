"""What is shown of a round keeps Slack's limits at the extremes, whatever is on the shortlist and however many
voted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.types import Ballots, History, Picked, PickQuestion, Shortlist, Suggested, Voters
from bot.commands.button_refs import LIST, Ref
from bot.commands.round_commands import _SIGNS
from bot.slack.blocks.render import render
from bot.voting.round import Options, Round
from bot.voting.standing import Standing
from bot.voting.votes import Entry
from tests.fakes.fake_slack import buttons
from tests.fakes.slack_limits import accept

ID = "0123456789abcdef"
PEOPLE = tuple(f"U{number:010}" for number in range(1_000))
LETTERS = st.one_of(st.sampled_from(_SIGNS), st.characters(categories=["L", "M", "N"]))
NO_OPTIONS = Options()
OPTIONS = st.builds(Options, st.none() | st.integers(1, 100), st.booleans(), st.booleans())


def standing_of(names: list[str], votes: list[int], options: Options = NO_OPTIONS, **ended) -> Standing:
    """A round with these names and so many votes each, the most first."""
    round = Round("C0NAMES", ID, PEOPLE[0], 0.0, options, **ended)
    entries = [
        Entry(f"k{place}", name, PEOPLE[0], "1800000000", PEOPLE[:n])
        for place, (name, n) in enumerate(zip(names, sorted(votes, reverse=True), strict=True))
    ]
    return Standing(round, {entry.key: entry for entry in entries})


@given(
    st.lists(
        st.tuples(st.text(LETTERS, min_size=1, max_size=64), st.sampled_from([0, 1, 5, 6, 200, 1_000])),
        min_size=1,
        max_size=40,
    ),
    OPTIONS,
)
def test_every_message_of_a_round_keeps_the_limits(entries, options):
    """The shortlist for one and for all, a suggestion, the question, the announcement, who voted: Slack takes each."""
    names, votes = [name for name, _ in entries], [n for _, n in entries]
    stands = standing_of(
        names, votes, options, taken={f"k{place}": "packages: taken · .com: in use · " * 9 for place in range(40)}
    )
    ended = standing_of(names, votes, options, closed=1.0, closer=PEOPLE[0], picked="k0", picked_name=names[0])
    accept(render(Shortlist(stands, PEOPLE[0], probes=True)).payload())
    accept(render(Shortlist(stands, None)).payload())
    accept(render(Suggested(stands, "k0", update=True)).payload())
    accept(render(Picked(ended)).payload())
    accept(render(History([ended.round] * 30)).payload())
    accept(render(Voters(names[0], ended.entries["k0"])).payload())
    accept(
        render(Ballots(Ref(LIST, ID), [(key, entry.name, entry) for key, entry in stands.entries.items()])).payload()
    )
    if stands.leaders():
        accept(render(PickQuestion(stands)).payload())


@pytest.mark.parametrize("letter", ["m", "&", "#", "ก"])
def test_the_longest_shortlist_has_every_button(letter):
    """20 names of 64 letters, 200 votes each: each has its vote; who voted is a button or two away, and two hundred are
    listed."""
    taken = {f"k{place}": "packages: taken · .com: in use · " * 9 for place in range(20)}
    stands = standing_of([letter * 62 + f"{n:02}" for n in range(20)], [200] * 20, taken=taken)
    message = accept(render(Shortlist(stands, PEOPLE[0], probes=True)).payload() | {"replace_original": True})
    assert [b["text"]["text"] for b in buttons(message) if b["action_id"].startswith("vote")] == ["Vote · 200"] * 20
    assert any("more" in b["text"]["text"] or b["text"]["text"] == "Who voted" for b in buttons(message))
    everybody = accept(render(Voters("x", stands.entries["k0"])).payload())
    assert all(person in str(everybody) for person in PEOPLE[:200])


def test_a_longer_shortlist_says_how_many_are_not_shown():
    """The best twenty are shown."""
    message = render(Shortlist(standing_of([f"name {n}" for n in range(33)], [0] * 33)))
    assert "and 13 more names" in message.text


def test_a_secret_order_is_that_of_the_names_times_however_close():
    """Where counts are hidden names stand as they came: times are compared as the numbers they are, not as floats,
    which take two for one."""
    entries = [
        Entry(key, name, PEOPLE[0], f"1800000000.{at}", ())
        for key, name, at in (("a", "Later", "000000002"), ("b", "Sooner", "000000001"))
    ]
    stands = Standing(
        Round("C0NAMES", ID, PEOPLE[0], 0.0, Options(hidden=True)), {entry.key: entry for entry in entries}
    )
    text = render(Shortlist(stands)).text
    assert text.index("Sooner") < text.index("Later")
