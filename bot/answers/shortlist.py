"""The shortlist of a round: suggestions, removals, and a pressed message as it is now."""

from bot.answers.types import Answer, Effect, Press, Shortlist, ShownNames, Suggested
from bot.commands.button_refs import BATCH, ONE, Ref
from bot.commands.request import Drop, ShowShortlist, Suggest
from bot.context import Context
from bot.errors import BadInput
from bot.names.profanity import refuse_rude_name
from bot.repositories import batches
from bot.repositories.batches import Kept
from bot.strings import rounds as words
from bot.voting import votes
from bot.voting.identity import named
from bot.voting.round import Round, begin, current, existing, load
from bot.voting.standing import Standing, standing
from bot.voting.votes import Outcome


def suggest(context: Context, request: Suggest, pressed: bool) -> Answer:
    """Put a name on the shortlist. Raises BadInput for a rude name."""
    given = named(refuse_rude_name(request.name))
    round = begin(context)
    outcome = votes.suggest(context.store, context.who.team, round.key, given, context.who.person, f"{context.now:.6f}")
    if outcome is Outcome.CLOSED:  # since `begin`
        raise BadInput(words.CLOSED_MEANWHILE)
    return Suggested(standing(context, round), given.key, new=outcome is Outcome.ADDED)


def drop(context: Context, request: Drop, pressed: bool) -> Answer:
    """Take one's own name off the open shortlist. Raises BadInput."""
    round = open_round(context)
    _take_off(context, round, named(request.name).key)
    return _for_one(context, round)


def take_off(context: Context, press: Press) -> Effect:
    """Take one's own name off a shortlist by its button. Raises BadInput."""
    _take_off(context, existing(context, press.ref.id), press.ref.part)
    return Effect(current=lambda: _for_one(context, existing(context, press.ref.id)))


def _take_off(context: Context, round: Round, key: str) -> None:
    outcome = votes.take_off(context.store, context.who.team, round.key, key, context.who.person)
    if outcome is not Outcome.TAKEN_OFF:
        raise BadInput(words.NOT_TAKEN_OFF[outcome.name])


def own(context: Context, request: ShowShortlist, pressed: bool) -> Answer:
    """The open shortlist for the asker. Raises BadInput if no round is open."""
    return _for_one(context, open_round(context))


def share(context: Context, press: Press) -> Effect:
    """The shortlist for the channel."""
    return Effect(answer=shared(context, standing(context, existing(context, press.ref.id))))


def open_old(context: Context, press: Press) -> Effect:
    """An old round for the asker."""
    stands = standing(context, existing(context, press.ref.id))
    return Effect(answer=Shortlist(stands, context.who.person))


def shared(context: Context, stands: Standing, update: bool = False) -> Shortlist:
    """A shortlist for the channel."""
    return Shortlist(stands, probes=context.settings.taken is not None, update=update)


def _for_one(context: Context, round: Round) -> Shortlist:
    return Shortlist(standing(context, round), context.who.person, context.settings.taken is not None)


def as_it_is(context: Context, press: Press) -> Answer:
    """The pressed list of names as it is now. Raises BadInput if it is gone."""
    if press.ref.kind == BATCH:
        try:
            kept = batches.fetch(context, press.ref.id)
        except BadInput:
            raise BadInput(words.GONE_MEANWHILE) from None
        return ShownNames(kept, _standing_of_batch(context, kept), update=True)
    stands = standing(context, existing(context, press.ref.id))
    if press.ref.kind == ONE:
        return Suggested(stands, press.ref.part, new=not press.alone, update=True)
    return _for_one(context, stands.round) if press.alone else shared(context, stands, update=True)


def names_of(context: Context, ref: Ref) -> tuple[dict[str, str], Standing | None]:
    """The names of a list by the parts that their actions carry, and their round, if a batch has one by now.

    Raises BadInput if there is no such list.
    """
    if ref.kind == BATCH:
        kept = batches.fetch(context, ref.id)
        names = {str(place): name.name for place, name in enumerate(kept.batch.names)}
        return names, _standing_of_batch(context, kept)
    stands = standing(context, existing(context, ref.id))
    return {key: entry.name for key, entry in stands.entries.items()}, stands


def _standing_of_batch(context: Context, kept: Kept) -> Standing | None:
    round = load(context, kept.round) if kept.round else None
    return standing(context, round) if round else None


def open_round(context: Context) -> Round:
    """The open round of this channel. Raises BadInput if there is none."""
    round = current(context)
    if round is None:
        raise BadInput(words.NO_ROUND)
    return round
