"""A pick, an undo and a run-off while others click and stores fail, in both stores."""

from contextlib import nullcontext

import pytest

from bot.commands.who import Who
from bot.context import Context
from bot.errors import BadInput
from bot.store.sqlite import MEMORY, SqliteStore
from bot.voting import picking
from bot.voting.round import begin, current, history, note_taken
from bot.voting.standing import standing
from bot.voting.votes import Click, Named, vote
from tests.helpers.broken_stores import Failing, Interrupted
from tests.helpers.contexts import NOW, context

ANA = Who("T1", "C1", "U0ANA", "ana")


def at(store, person: Who = ANA, now: float = NOW) -> Context:
    """The context in which Ana, or somebody else, does something."""
    return context(store, person, now)


@pytest.mark.parametrize(
    "now", [1_800_000_000.0, 1_795_927_918.3392825]
)  # the second rounds to the same microsecond as the one after it
def test_a_run_off_lists_the_tied_in_the_order_that_they_had(now):
    """Not by their letters, whatever the clock says."""
    store = SqliteStore(MEMORY)
    round = begin(at(store, now=now - 60))
    for place, key in enumerate(("zubase", "mobase", "abase")):
        vote(
            store,
            ANA.team,
            round.key,
            Named(key, key.title()),
            Click(ANA.person, "1700000001.000100", f"{1_700_000_000 + place}"),
        )
    runoff = picking.run_off(at(store, now=now), round.id)
    assert [entry.name for entry in runoff.entries.values()] == ["Zubase", "Mobase", "Abase"]


def voted_round(store):
    """Ana's round, with two votes for Mobase and one for Abase."""
    round = begin(at(store))
    for person, key in (("U1", "mobase"), ("U2", "mobase"), ("U3", "abase")):
        vote(store, ANA.team, round.key, Named(key, key.title()), Click(person, "1700000001.000100", "1700000000"))
    return round


def test_a_pick_of_a_name_that_leads_no_more_never_shuts_the_door(store):
    """Not for a moment: a suggestion in between would begin another round, and the wrong name would stay picked."""
    round = voted_round(store)
    before = store.find(ANA.team, "")
    with pytest.raises(BadInput, match="votes have changed"):
        picking.pick(at(store), round.id, "abase")
    assert store.find(ANA.team, "") == before


def votes_for_abase(store) -> None:
    round = current(at(store))
    for person in ("U4", "U5"):
        vote(store, ANA.team, round.key, Named("abase", "Abase"), Click(person, "1700000001.000100", "1700000000"))


def test_votes_while_the_door_is_shut_open_it_again(store):
    """The votes that came before the closing was written count, and the round is as open as ever."""
    round = voted_round(store)
    with pytest.raises(BadInput, match="votes have changed"):
        picking.pick(at(Interrupted(store, votes_for_abase)), round.id, "mobase")
    assert current(at(store)).id == round.id and [entry.key for entry in standing(at(store), round).leaders()] == [
        "abase"
    ]


def test_what_is_done_is_told_though_tidying_up_fails(store):
    """Of a round that was picked, undone or run off the channel hears, even where its names and ballots cannot be given
    an end."""
    round = voted_round(store)
    assert picking.pick(at(Failing(store, 1)), round.id, "mobase").round.picked == "mobase"
    assert picking.undo(at(Failing(store, 1)), round.id).round.closed is None
    vote(store, ANA.team, round.key, Named("abase", "Abase"), Click("U4", "1700000001.000100", "1700000000"))
    assert list(picking.run_off(at(Failing(store, 1)), round.id).entries) == ["abase", "mobase"]


@pytest.mark.parametrize(("meanwhile", "refused"), [
    (lambda store: picking.undo(at(store), history(at(store))[0].id), "nothing to undo"),
    (lambda store: note_taken(at(store), history(at(store))[0], "mobase", "not taken"), None),
    (lambda store: begin(at(store, ANA._replace(person="U2"))), "Another round"),
], ids=["undone by another click", "found not to be taken", "another round begun"])  # fmt: skip
def test_whatever_happens_while_a_pick_is_undone_is_said_as_it_is(store, meanwhile, refused):
    """Another round is blamed only where there is one; what else changed is read again."""
    round = voted_round(store)
    picking.pick(at(store), round.id, "mobase")
    undone = pytest.raises(BadInput, match=refused) if refused else nullcontext()
    with undone:
        picking.undo(at(Interrupted(store, meanwhile), now=NOW + 1), round.id)
    assert (current(at(store)).id == round.id) is (refused != "Another round")
