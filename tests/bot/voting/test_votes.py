"""Votes: what a click counts for, in both stores."""

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import Conflict, put
from bot.store.sqlite import MEMORY, SqliteStore
from bot.store.ttl import CLOSED_ROUND
from bot.voting.votes import Named, Outcome, keep_with, suggest, take_off, tally, vote, vote_typed
from tests.helpers.ballots import ROUND, click, close, inverted, opened, titled, voters_by_name
from tests.helpers.broken_stores import Interrupted


def test_a_click_votes_and_a_second_withdraws(store):
    """The first vote puts the name on the shortlist, where it stays without votes too; a third click votes again."""
    opened(store)
    assert voters_by_name(store) == {}
    outcomes = [vote(store, "T1", ROUND, titled("bulbase"), click("U2", at)) for at in (1, 2, 3)]
    assert outcomes == [Outcome.VOTED, Outcome.WITHDRAWN, Outcome.VOTED]
    assert [tuple(entry) for entry in tally(store, "T1", ROUND)] == [("bulbase", "Bulbase", "U2", "1", ("U2",))]
    vote(store, "T1", ROUND, titled("bulbase"), click("U2", 4))
    assert voters_by_name(store) == {"bulbase": ()}


def test_a_name_is_one_however_it_is_written_and_wherever_it_is_shown(store):
    """Two messages, two writings, one folded name: one entry, written as it was first."""
    opened(store)
    vote(store, "T1", ROUND, Named("moton", "Moton"), click("U1", 1, "1800000000.000100"))
    vote(store, "T1", ROUND, Named("moton", "MOTON"), click("U2", 2, "1800000000.000200"))
    [entry] = tally(store, "T1", ROUND)
    assert (entry.name, entry.by, entry.voters) == ("Moton", "U1", ("U1", "U2"))
    assert vote(store, "T1", ROUND, titled("moton"), click("U1", 3, "1800000000.000200")) is Outcome.WITHDRAWN


def test_a_click_delivered_twice_counts_once_and_an_older_one_not_at_all(store):
    """Neither what was clicked nor what was withdrawn comes back, whatever the order; seconds compare as numbers, not
    as text."""
    opened(store)
    assert vote(store, "T1", ROUND, titled("moton"), click("U1", "9.5")) is Outcome.VOTED
    assert vote(store, "T1", ROUND, titled("moton"), click("U1", "10.25")) is Outcome.WITHDRAWN
    before = store.find("T1", "")
    for at in ("10.25", "10.250", "9.5", "1"):
        assert vote(store, "T1", ROUND, titled("moton"), click("U1", at)) is Outcome.SEEN
    assert store.find("T1", "") == before
    assert vote(store, "T1", ROUND, titled("moton"), click("U2", "1")) is Outcome.VOTED, (
        "of another person it is another click"
    )


def test_a_typed_vote_hangs_on_no_clock(store):
    """Whatever our clock says, a click after it counts and the one before it, delivered again, does not; a name that is
    not there stays away."""
    opened(store)
    vote(store, "T1", ROUND, titled("moton"), click("U1", "10"))
    for ours in ("5", "2000000000"):
        assert vote_typed(store, "T1", ROUND, "moton", "U1", ours) is Outcome.WITHDRAWN
        assert vote(store, "T1", ROUND, titled("moton"), click("U1", "10")) is Outcome.SEEN
        assert vote_typed(store, "T1", ROUND, "moton", "U1", ours) is Outcome.VOTED
    assert vote(store, "T1", ROUND, titled("moton"), click("U1", "11")) is Outcome.WITHDRAWN
    before = store.find("T1", "")
    assert vote_typed(store, "T1", ROUND, "bela", "U1", "12") is Outcome.ABSENT and store.find("T1", "") == before


def test_a_typed_vote_delivered_twice_counts_once(store):
    """A call that comes again, late or after another one, is not counted again; another call toggles the vote."""
    opened(store)
    suggest(store, "T1", ROUND, titled("moton"), "U9", "1")
    assert vote_typed(store, "T1", ROUND, "moton", "U1", "1800000001", "call-1") is Outcome.VOTED
    assert vote_typed(store, "T1", ROUND, "moton", "U1", "1800000002", "call-2") is Outcome.WITHDRAWN
    before = store.find("T1", "")
    for call in ("call-1", "call-2"):
        assert vote_typed(store, "T1", ROUND, "moton", "U1", "1800000003", call) is Outcome.SEEN
    assert store.find("T1", "") == before
    assert vote_typed(store, "T1", ROUND, "moton", "U2", "1800000003") is Outcome.VOTED, (
        "without an id each call counts"
    )


def test_a_typed_vote_whose_reply_was_lost_counts_once(store):
    """The write was made and the answer did not come: the second attempt finds it, and does not take the vote back."""
    opened(store)
    suggest(store, "T1", ROUND, titled("moton"), "U9", "1")

    class Lost(Interrupted):
        def write(self, team, *changes):
            self.store.write(team, *changes)
            if self.happens:
                raise self.happens.pop()

    lost = Lost(store, Conflict("lost"))
    assert vote_typed(lost, "T1", ROUND, "moton", "U1", "1800000001", "call-1") is Outcome.SEEN
    assert voters_by_name(store) == {"moton": ("U1",)}


def test_a_ballot_has_an_end(store):
    """A full ballot takes no further name, and never more than a store can keep; its votes can be taken back."""
    opened(store)
    marks = {f"name{number}" * 5: {"at": "1", "message": "1", "since": "1"} for number in range(2_000)}
    store.write("T1", put(f"ballot#{ROUND}#U1", marks))
    suggest(store, "T1", ROUND, titled("name7" * 5), "U9", "1")
    assert vote(store, "T1", ROUND, titled("moton"), click("U1", 2)) is Outcome.FULL
    assert vote(store, "T1", ROUND, titled("name7" * 5), click("U1", 2)) is Outcome.WITHDRAWN
    assert vote(store, "T1", ROUND, titled("moton"), click("U2", 2)) is Outcome.VOTED


def test_the_list_is_ranked(store):
    """Most votes first, then who stood there first; voters in the order of their votes."""
    opened(store)
    suggest(store, "T1", ROUND, titled("zeal"), "U9", "1")
    for person, key, at in (("U3", "moton", 10), ("U1", "moton", 9), ("U2", "abra", 11), ("U1", "bela", 12)):
        vote(store, "T1", ROUND, titled(key), click(person, at))
    assert list(voters_by_name(store).items()) == [
        ("moton", ("U1", "U3")),
        ("abra", ("U2",)),
        ("bela", ("U1",)),
        ("zeal", ()),
    ]


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "never opened"])
def test_a_closed_round_takes_nothing(store, closed):
    """A click, a suggestion and a removal are answered, and nothing changes."""
    if closed:
        opened(store)
        vote(store, "T1", ROUND, titled("moton"), click("U1", 1))
        close(store)
    before = store.find("T1", "")
    for key in ("moton", "other"):
        assert vote(store, "T1", ROUND, titled(key), click("U1", 5)) is Outcome.CLOSED
        assert suggest(store, "T1", ROUND, titled(key), "U1", "6") is Outcome.CLOSED
        assert take_off(store, "T1", ROUND, key, "U1") is Outcome.CLOSED
    assert store.find("T1", "") == before


def test_a_limit_counts_what_stands(store):
    """With two votes a person a third is refused until one is withdrawn or its name is taken off."""
    opened(store, limit=2)
    for at, key, outcome in (
        (1, "a", Outcome.VOTED),
        (2, "b", Outcome.VOTED),
        (3, "c", Outcome.SPENT),
        (4, "a", Outcome.WITHDRAWN),
        (5, "c", Outcome.VOTED),
        (6, "d", Outcome.SPENT),
    ):
        assert vote(store, "T1", ROUND, titled(key), click("U1", at)) is outcome
    assert vote(store, "T1", ROUND, titled("a"), click("U2", 7)) is Outcome.VOTED, (
        "another person has votes of their own"
    )
    assert take_off(store, "T1", ROUND, "c", "U1") is Outcome.TAKEN_OFF
    assert vote(store, "T1", ROUND, titled("d"), click("U1", 8)) is Outcome.VOTED
    assert voters_by_name(store) == {"b": ("U1",), "a": ("U2",), "d": ("U1",)}


def test_who_suggested_a_name_takes_it_off_and_nobody_else(store):
    """Its votes go with it: put there again it begins at none, and a click that was counted stays counted."""
    opened(store)
    assert suggest(store, "T1", ROUND, titled("moton"), "U1", "1") is Outcome.ADDED
    assert suggest(store, "T1", ROUND, titled("moton"), "U2", "2") is Outcome.THERE
    vote(store, "T1", ROUND, titled("moton"), click("U3", 3))
    assert take_off(store, "T1", ROUND, "moton", "U3") is Outcome.NOT_YOURS
    assert take_off(store, "T1", ROUND, "moton", "U1") is Outcome.TAKEN_OFF
    assert take_off(store, "T1", ROUND, "moton", "U1") is Outcome.ABSENT
    assert voters_by_name(store) == {}
    suggest(store, "T1", ROUND, titled("moton"), "U2", "4")
    assert vote(store, "T1", ROUND, titled("moton"), click("U3", 3)) is Outcome.SEEN
    assert voters_by_name(store) == {"moton": ()}
    assert vote(store, "T1", ROUND, titled("moton"), click("U3", 5)) is Outcome.VOTED


def test_rounds_and_teams_know_nothing_of_one_another(store):
    """Round r1 is not r11, and the same round of another team is another."""
    for team in ("T1", "T2"):
        for number in ("r1", "r11"):
            store.write(team, put(f"round#C1#{number}", {}))
    vote(store, "T1", "round#C1#r11", titled("moton"), click("U1", 1))
    assert voters_by_name(store) == {} and voters_by_name(store, "T2", "round#C1#r11") == {}
    assert voters_by_name(store, round="round#C1#r11") == {"moton": ("U1",)}


def test_what_was_voted_ends_with_its_round(store, clock):
    """An end is given to names and ballots, and taken away again; more of them than one write holds."""
    opened(store)
    for number in range(30):
        vote(store, "T1", ROUND, titled("moton"), click(f"U{number}", number))
    before = voters_by_name(store)
    opened(store, closed=clock.now)
    keep_with(store, "T1", ROUND)
    assert voters_by_name(store) == before
    opened(store)
    keep_with(store, "T1", ROUND)
    clock.now += CLOSED_ROUND + 10
    assert voters_by_name(store) == before
    opened(store, closed=clock.now)
    keep_with(store, "T1", ROUND)
    clock.now += CLOSED_ROUND + 10
    assert voters_by_name(store) == {} and len(store.find("T1", "")) == 1


def test_a_round_opened_again_while_its_end_is_written_has_none(store, clock):
    """The person who closes a round may be slower than the person who undoes that."""
    opened(store)
    vote(store, "T1", ROUND, titled("moton"), click("U1", 1))
    opened(store, closed=clock.now)
    keep_with(Interrupted(store, lambda store: (opened(store), keep_with(store, "T1", ROUND))), "T1", ROUND)
    clock.now += CLOSED_ROUND + 10
    assert voters_by_name(store) == {"moton": ("U1",)}


@pytest.mark.parametrize("at", ["", "nan", "inf", "-1", "1e9", "1800000000.0000000001", "18000000000000", "١", "1 "])
def test_what_is_no_time_of_slacks_is_refused(at):
    """A forged action_ts could otherwise stand before or after everything."""
    with pytest.raises(ValueError, match="action_ts"):
        click("U1", at)


CLICKS = st.lists(
    st.tuples(st.sampled_from(["U1", "U2"]), st.sampled_from(["a", "b", "c"]), st.integers(0, 6)), max_size=25
)


@given(CLICKS, st.sampled_from([None, 1, 2]))
def test_any_clicks_against_a_plain_count(clicks, limit):
    """In any order, twice, out of order: the count is that of a model which knows only sets and the last time."""
    store = SqliteStore(MEMORY)
    opened(store, limit=limit)
    last: dict[tuple[str, str], int] = {}
    votes: dict[str, set[str]] = defaultdict(set)
    for person, key, at in clicks:
        outcome = vote(store, "T1", ROUND, titled(key), click(person, at))
        if at <= last.get((person, key), -1):
            assert outcome is Outcome.SEEN
        elif key in votes[person]:
            votes[person].remove(key)
            last[person, key] = at
            assert outcome is Outcome.WITHDRAWN
        elif limit and len(votes[person]) >= limit:
            assert outcome is Outcome.SPENT
        else:
            votes[person].add(key)
            last[person, key] = at
            assert outcome is Outcome.VOTED
        assert {key: set(voters) for key, voters in voters_by_name(store).items() if voters} == inverted(votes)
