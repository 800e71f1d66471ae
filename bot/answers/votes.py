"""Votes by a click and by a command, and the people behind them."""

from bot.answers.shortlist import as_it_is, names_of
from bot.answers.types import Answer, Ballots, Effect, Press, RoundClosed, Sentence, Voters
from bot.commands.button_refs import BATCH
from bot.commands.request import Suggest, Vote
from bot.context import Context
from bot.errors import BadInput
from bot.log import note
from bot.names.profanity import refuse_rude_name
from bot.strings import rounds as words
from bot.voting import casting
from bot.voting.identity import named
from bot.voting.round import current, load
from bot.voting.standing import standing
from bot.voting.votes import Outcome, on_list, vote_typed

_SHOWN = (Outcome.VOTED, Outcome.WITHDRAWN, Outcome.SEEN)  # outcomes that the message shows


def click(context: Context, press: Press) -> Effect:
    """Toggle a vote. Raises BadInput if the name is gone."""
    ref = press.ref
    if ref.kind == BATCH:
        cast = casting.vote_in_batch(context, ref.id, ref.part, press.click)
    else:
        cast = casting.vote_in_list(context, ref.id, ref.part, press.click)
    note(outcome=cast.outcome.value)
    current = (lambda: as_it_is(context, press)) if cast.outcome in _SHOWN else None
    return Effect(current=current, answer=_told(context, cast))


def typed(context: Context, request: Vote, pressed: bool) -> Answer:
    """Toggle a vote for a name on the open shortlist. Raises BadInput if it is not there."""
    store, team, person, round = context.store, context.who.team, context.who.person, current(context)
    given, at = named(request.name), f"{context.now:.6f}"
    sent = given.key, person, at, context.delivery
    outcome = vote_typed(store, team, round.key, *sent) if round else Outcome.ABSENT
    if round is None or outcome is Outcome.ABSENT:
        raise BadInput(words.not_listed(refuse_rude_name(request.name)), [Suggest(request.name).command()])
    if outcome is Outcome.SEEN:  # the vote that was counted is told once more
        entry = standing(context, round).entry(given.name)
        outcome = Outcome.VOTED if entry and person in entry.voters else Outcome.WITHDRAWN
    cast = casting.Cast(outcome, round, (on_list(store, team, round.key, given.key) or given).name)
    return _told(context, cast) or _counted(context, cast)


def _told(context: Context, cast: casting.Cast) -> Answer | None:
    """The answer for the voter alone if no votes are left, the round is closed or counts are secret; else the message
    shows the vote."""
    if cast.outcome is Outcome.SPENT:
        entries = standing(context, cast.round).entries.values()
        given = [entry.name for entry in entries if context.who.person in entry.voters]
        return Sentence(words.spent(cast.round.options.limit, given))
    if cast.outcome is Outcome.FULL:
        return Sentence(words.FULL)
    if cast.outcome is Outcome.CLOSED:
        return RoundClosed(load(context, cast.round.id) or cast.round)
    if cast.round.options.hidden and cast.outcome in (Outcome.VOTED, Outcome.WITHDRAWN):
        return Sentence(words.in_secret(cast.name, cast.outcome is Outcome.VOTED))
    return None


def _counted(context: Context, cast: casting.Cast) -> Answer:
    """The count after a typed vote; lists that show the name are updated by the next click on them."""
    entry = standing(context, cast.round).entry(cast.name)
    votes = len(entry.voters) if entry else 0
    return Sentence(words.typed_vote(cast.name, cast.outcome is Outcome.VOTED, votes))


def voters(context: Context, press: Press) -> Effect:
    """Everybody who voted for a name; without a name, the names that have votes. Raises BadInput if that is secret."""
    ref = press.ref
    names, stands = names_of(context, ref)
    if stands and (stands.round.options.anonymous or not stands.round.shows_counts):
        raise BadInput(words.SECRET)
    entries = {name: stands.entry(name) if stands else None for name in names.values()}
    if not ref.part:
        return Effect(answer=Ballots(ref, [(part, name, entries[name]) for part, name in names.items()]))
    if ref.part not in names:
        raise BadInput(words.OLD_BUTTON)
    return Effect(answer=Voters(names[ref.part], entries[names[ref.part]]))
