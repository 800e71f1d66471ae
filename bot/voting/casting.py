"""A click on a name: which round it counts in, and what came of it."""

from typing import NamedTuple

from bot.commands.who import Who
from bot.errors import BadInput
from bot.repositories import batches
from bot.store import Store
from bot.store.retry import again
from bot.strings import rounds as words
from bot.voting.identity import named
from bot.voting.round import Round, begin, load
from bot.voting.votes import Click, Outcome, on_list, vote


class Cast(NamedTuple):
    """What came of a click: in which round, on which name."""

    outcome: Outcome
    round: Round
    name: str


def vote_in_batch(store: Store, who: Who, id: str, place: str, click: Click, now: float) -> Cast:
    """Vote for the name at a place in a batch, or withdraw the vote; the first vote of a channel begins its round.

    Raises BadInput for a batch or a place that there is not.
    """
    kept = batches.fetch(store, who, id)
    names = [name.name for name in kept.batch.names]
    if not place.isdecimal() or int(place) >= len(names):
        raise BadInput(words.OLD_BUTTON)
    name = names[int(place)]
    bound = kept.round or again(lambda: _bound(store, who, id, now))
    round = _there(load(store, who, bound))
    return Cast(vote(store, who.team, round.key, named(name), click), round, name)


def _bound(store: Store, who: Who, id: str, now: float) -> str:
    """The round of a batch. What was shown when no round was open joins the one that is open when it is first voted
    on."""
    kept = batches.fetch(store, who, id)
    if kept.round:
        return kept.round
    round = begin(store, who, now)
    batches.rewrite(store, who, kept, round=round.id)
    return round.id


def vote_in_list(store: Store, who: Who, id: str, key: str, click: Click) -> Cast:
    """Vote for a name on a round's shortlist by its key. Raises BadInput for a round or a name that there is not."""
    round = _there(load(store, who, id))
    listed = on_list(store, who.team, round.key, key)
    if listed is None:
        raise BadInput(words.TAKEN_OFF)
    return Cast(vote(store, who.team, round.key, listed, click), round, listed.name)


def _there(round: Round | None) -> Round:
    if round is None:
        raise BadInput(words.OLD_BUTTON)
    return round
