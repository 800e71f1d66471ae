"""What the commands of a round are answered: from a request to the message, over the store. Knows no Slack."""

from collections.abc import Callable

from bot.answers.voter import answer_vote
from bot.commands.request import Drop, ListRounds, Pick, RoundCommand, SetRound, ShowShortlist, Suggest, Undo, Vote
from bot.commands.who import Who
from bot.errors import BadInput
from bot.names.screen import refuse_rude_name
from bot.settings import Settings
from bot.slack.blocks.message import Message
from bot.slack.blocks.rounds import (
    render_history,
    render_pick,
    render_reopened,
    render_round,
    render_shortlist,
    render_suggested,
)
from bot.store import Store
from bot.store.retry import again
from bot.strings import rounds as words
from bot.voting import picking
from bot.voting.identity import named
from bot.voting.round import Round, begin, current, history, set_options
from bot.voting.standing import standing
from bot.voting.votes import Outcome, suggest, take_off


def answer_round(request: RoundCommand, settings: Settings, store: Store, who: Who, now: float) -> Message:
    """Answer one command of a round at `now`, in unix seconds. Raises BadInput."""
    return _ANSWERS[type(request)](request, settings, store, who, now)


def _suggest(request: Suggest, settings: Settings, store: Store, who: Who, now: float) -> Message:
    given = named(refuse_rude_name(request.name))
    round = begin(store, who, now)
    outcome = suggest(store, who.team, round.key, given, who.person, f"{now:.6f}")
    if outcome is Outcome.CLOSED:  # while it was being typed
        raise BadInput(words.CLOSED_MEANWHILE)
    return render_suggested(standing(store, who, round), given.key, new=outcome is Outcome.ADDED)


def _vote(request: Vote, settings: Settings, store: Store, who: Who, now: float) -> Message:
    return answer_vote(store, who, request.name, now)


def _drop(request: Drop, settings: Settings, store: Store, who: Who, now: float) -> Message:
    round = _open(store, who)
    drop(store, who, round, named(request.name).key)
    return own_shortlist(settings, store, who, round)


def drop(store: Store, who: Who, round: Round, key: str) -> None:
    """Take a name off a round's shortlist for whoever proposed it. Raises BadInput."""
    outcome = take_off(store, who.team, round.key, key, who.person)
    if outcome is not Outcome.TAKEN_OFF:
        raise BadInput(words.NOT_TAKEN_OFF[outcome.name])


def _shortlist(request: ShowShortlist, settings: Settings, store: Store, who: Who, now: float) -> Message:
    return own_shortlist(settings, store, who, _open(store, who))


def own_shortlist(settings: Settings, store: Store, who: Who, round: Round) -> Message:
    """A round's shortlist as it stands now, for one person."""
    return render_shortlist(standing(store, who, round), who.person, probes=settings.taken is not None)


def _pick(request: Pick, settings: Settings, store: Store, who: Who, now: float) -> Message:
    return render_pick(picking.ready(store, who, settings.admins))


def _undo(request: Undo, settings: Settings, store: Store, who: Who, now: float) -> Message:
    last = next((round for round in history(store, who) if round.picked), None)
    if last is None:
        raise BadInput(words.NOTHING_PICKED)
    return render_reopened(picking.undo(store, who, settings.admins, last.id, now), who.person)


def _rounds(request: ListRounds, settings: Settings, store: Store, who: Who, now: float) -> Message:
    closed = history(store, who)
    if not closed:
        raise BadInput(words.NO_OLD_ROUNDS)
    return render_history(closed)


def _round(request: SetRound, settings: Settings, store: Store, who: Who, now: float) -> Message:
    """How the open round is voted in; with words that say so, how from now on, and that begins one if need be."""
    if request == SetRound():
        return render_round(_open(store, who))
    changed = again(lambda: _set(request, settings, store, who, now))
    return render_round(changed, new=True)


def _set(request: SetRound, settings: Settings, store: Store, who: Who, now: float) -> Round:
    round = begin(store, who, now)
    picking.check_may(round, who, settings.admins)
    set_options(store, who, round, **request.rules())
    return _open(store, who)


def _open(store: Store, who: Who) -> Round:
    round = current(store, who)
    if round is None:
        raise BadInput(words.NO_ROUND)
    return round


_ANSWERS: dict[type, Callable[[RoundCommand, Settings, Store, Who, float], Message]] = {
    Suggest: _suggest, Vote: _vote, Drop: _drop, ShowShortlist: _shortlist,
    Pick: _pick, Undo: _undo, ListRounds: _rounds, SetRound: _round,
}  # fmt: skip
