"""The count of simultaneous votes is exact, in both stores."""

import random
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.store import put
from bot.voting.votes import Outcome, suggest, take_off, tally, vote
from tests.helpers.ballots import ROUND, click, close, counts, inverted, named, opened
from tests.helpers.broken_stores import Interrupted
from tests.helpers.together import together


def test_a_thousand_clicks_at_once_are_counted_exactly(store):
    """200 people vote for four of 20 names each and withdraw one vote, 16 requests at a time in any order; every tenth
    click comes twice."""
    opened(store)
    chance = random.Random(7)
    chosen = {f"U{person}": chance.sample([f"name{number}" for number in range(20)], 4) for person in range(200)}
    # What one person does with one name comes in its order; nothing else does, not even what they do with another name.
    tasks = [(person, key, 2 if key == names[0] else 1) for person, names in chosen.items() for key in names]
    chance.shuffle(tasks)

    def clicks(person: str, key: str, times: int) -> None:
        for at in range(times):
            for _ in range(2 if (int(person[1:]) + at) % 10 == 0 else 1):
                vote(store, "T1", ROUND, named(key), click(person, at))

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda task: clicks(*task), tasks))
    left = {person: set(names[1:]) for person, names in chosen.items()}
    assert {key: set(voters) for key, voters in counts(store).items() if voters} == inverted(left)
    assert set(counts(store)) == {key for names in chosen.values() for key in names}


@pytest.mark.parametrize(
    "happens, outcome, left",
    [
        (close, Outcome.CLOSED, {"kept": ()}),
        (
            lambda store: vote(store, "T1", ROUND, named("new"), click("U1", 9)),
            Outcome.SEEN,
            {"new": ("U1",), "kept": ()},
        ),
        (lambda store: vote(store, "T1", ROUND, named("kept"), click("U1", 9)), Outcome.SPENT, {"kept": ("U1",)}),
        (
            lambda store: vote(store, "T1", ROUND, named("new"), click("U2", 9)),
            Outcome.VOTED,
            {"new": ("U1", "U2"), "kept": ()},
        ),
        (
            lambda store: suggest(store, "T1", ROUND, named("new"), "U3", "9"),
            Outcome.VOTED,
            {"new": ("U1",), "kept": ()},
        ),
        (
            lambda store: store.write("T1", put(ROUND, {"limit": 1, "hidden": True})),
            Outcome.VOTED,
            {"new": ("U1",), "kept": ()},
        ),
    ],
    ids=[
        "closed",
        "a later click",
        "the last vote spent",
        "the same new name",
        "suggested meanwhile",
        "an option changed",
    ],
)
def test_whatever_happens_while_a_vote_is_decided_is_taken_into_account(store, happens, outcome, left):
    """Between reading and writing somebody else is quicker: the vote is decided again on what there is then."""
    opened(store, limit=1)
    suggest(store, "T1", ROUND, named("kept"), "U3", "1")
    assert vote(Interrupted(store, happens), "T1", ROUND, named("new"), click("U1", 5)) is outcome
    assert counts(store) == left


@pytest.mark.parametrize(
    "happens, outcome, left",
    [
        (close, Outcome.CLOSED, []),
        (lambda store: vote(store, "T1", ROUND, named("new"), click("U1", 9)), Outcome.THERE, [("new", "U1")]),
    ],
    ids=["closed", "voted for"],
)
def test_whatever_happens_while_a_name_is_suggested_is_taken_into_account(store, happens, outcome, left):
    """A closed round gets no name; of two suggestions the quicker one counts."""
    opened(store)
    assert suggest(Interrupted(store, happens), "T1", ROUND, named("new"), "U3", "5") is outcome
    assert [(entry.key, entry.by) for entry in tally(store, "T1", ROUND)] == left


@pytest.mark.parametrize(
    "happens, outcome",
    [
        (close, Outcome.CLOSED),
        (lambda store: take_off(store, "T1", ROUND, "kept", "U3"), Outcome.ABSENT),
        (lambda store: vote(store, "T1", ROUND, named("kept"), click("U1", 9)), Outcome.TAKEN_OFF),
    ],
    ids=["closed", "taken off by another click", "voted for"],
)
def test_whatever_happens_while_a_name_is_taken_off_is_taken_into_account(store, happens, outcome):
    """A closed round keeps its list; a vote that comes in goes with its name."""
    opened(store)
    suggest(store, "T1", ROUND, named("kept"), "U3", "1")
    assert take_off(Interrupted(store, happens), "T1", ROUND, "kept", "U3") is outcome
    assert counts(store) == ({"kept": ()} if outcome is Outcome.CLOSED else {})


def test_a_limit_holds_against_many_clicks_at_once(store):
    """Twelve clicks of one person on twelve names, three votes a person: three count."""
    opened(store, limit=3)
    outcomes = together(
        *(lambda at=at: vote(store, "T1", ROUND, named(f"name{at}"), click("U1", at)) for at in range(12))
    )
    assert sorted(outcome.value for outcome in outcomes) == ["spent"] * 9 + ["voted"] * 3
    assert sum(map(len, counts(store).values())) == 3


@pytest.mark.parametrize("attempt", range(3))
def test_voting_removing_and_closing_at_once_leave_one_truth(store, attempt):
    """One of two closes it; what was counted then is what is counted ever after; no vote was confirmed that is not in
    it."""
    opened(store)
    suggest(store, "T1", ROUND, named("gone"), "U0", "1")
    suggest(store, "T1", ROUND, named("kept"), "U0", "2")

    def close_and_count():
        return close(store), counts(store)

    *outcomes, removed, first, second = together(
        *(
            lambda n=n: vote(store, "T1", ROUND, named("gone" if n % 2 else "kept"), click(f"U{n}", 10 + n))
            for n in range(1, 9)
        ),
        lambda: take_off(store, "T1", ROUND, "gone", "U0"),
        lambda: close_and_count(),
        lambda: close_and_count(),
    )
    assert sorted([first[0], second[0]]) == [False, True]
    assert first[1] == second[1] == counts(store)
    voted = {f"U{n}" for n, outcome in enumerate(outcomes, 1) if outcome is Outcome.VOTED}
    assert set(outcomes) <= {Outcome.VOTED, Outcome.CLOSED} and removed in (Outcome.TAKEN_OFF, Outcome.CLOSED)
    assert set(counts(store)["kept"]) == {person for person in voted if int(person[1:]) % 2 == 0}
    left = set(counts(store).get("gone", ()))
    assert left <= voted and (
        removed is Outcome.TAKEN_OFF or left == {person for person in voted if int(person[1:]) % 2}
    )
