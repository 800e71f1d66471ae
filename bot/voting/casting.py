"""A click on a name: the round in which it counts, and its outcome."""

from typing import NamedTuple

from bot.commands.click import Click
from bot.context import Context
from bot.errors import BadInput
from bot.repositories import batches
from bot.store.retry import retry_on_conflict
from bot.strings import rounds as words
from bot.voting.identity import named
from bot.voting.round import Round, begin, existing
from bot.voting.votes import Outcome, on_list, vote


class Cast(NamedTuple):
    """A vote's outcome, round and name."""

    outcome: Outcome
    round: Round
    name: str


def vote_in_batch(context: Context, id: str, place: str, click: Click) -> Cast:
    """Toggle a vote for the name at a place in a batch; the first vote of a channel begins its round.

    Raises BadInput if there is no such batch or place.
    """
    kept = batches.fetch(context, id)
    names = [name.name for name in kept.batch.names]
    if not place.isdecimal() or int(place) >= len(names):
        raise BadInput(words.OLD_BUTTON)
    name = names[int(place)]
    bound = kept.round or retry_on_conflict(lambda: _bound(context, id))
    round = existing(context, bound)
    return Cast(vote(context.store, context.who.team, round.key, named(name), click), round, name)


def _bound(context: Context, id: str) -> str:
    """The round of a batch. If no round was open when the batch was shown, its first vote joins the open round."""
    kept = batches.fetch(context, id)
    if kept.round:
        return kept.round
    round = begin(context)
    batches.rewrite(context, kept, round=round.id)
    return round.id


def vote_in_list(context: Context, id: str, key: str, click: Click) -> Cast:
    """Toggle a vote for a name on a round's shortlist, by its key. Raises BadInput if the round or the
    name is gone."""
    round = existing(context, id)
    listed = on_list(context.store, context.who.team, round.key, key)
    if listed is None:
        raise BadInput(words.TAKEN_OFF)
    return Cast(vote(context.store, context.who.team, round.key, listed, click), round, listed.name)
