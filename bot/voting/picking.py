"""The end of a round: a pick closes it, a run-off votes again between tied names, and a pick can be undone."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from bot import log
from bot.context import Context
from bot.errors import BadInput
from bot.store import Change, Unavailable, delete, put
from bot.store.retry import retry_on_conflict
from bot.strings import rounds as words
from bot.voting.round import Round, begun, current, existing, load, open_key, round_key, written
from bot.voting.standing import Standing, standing
from bot.voting.votes import Entry, Named, keep_with, new_entry

UNDO = 10 * 60  # seconds in which a pick can be undone
_MOST_TIED = 90  # names of a run-off; one write of a store has a hundred changes
_MICROSECOND = Decimal("0.000001")


def ready(context: Context, id: str | None = None) -> Standing:
    """The open round of this channel, or the open round of that id.

    Raises BadInput if it is closed, if this person may not end it, or if it has no votes.
    """
    round = load(context, id) if id else current(context)
    if round is None:
        raise BadInput(words.NO_ROUND)
    if round.closed:
        raise BadInput(words.closed(round))
    check_may(context, round)
    stands = standing(context, round)
    if not stands.leaders():
        raise BadInput(words.NO_VOTES)
    return stands


def check_may(context: Context, round: Round) -> None:
    """Raise BadInput unless this person began the round or is an admin."""
    team, person = context.who.team, context.who.person
    if person != round.owner and not context.settings.admins & {person, f"{team}:{person}"}:
        raise BadInput(words.NOT_THE_OWNER)


def pick(context: Context, id: str, key: str) -> Standing:
    """Close a round with a name that leads it; the round as it ended.

    A vote may arrive just before the round is closed, and it counts. Raises BadInput if the name leads no more.
    """
    closed = retry_on_conflict(lambda: _close(context, id, key))
    ended = standing(context, closed)
    if key not in [entry.key for entry in ended.leaders()]:
        retry_on_conflict(lambda: _take_back(context, closed))
        raise BadInput(words.VOTES_CHANGED)
    _expire_with(context, closed.key)
    return ended


def _close(context: Context, id: str, key: str) -> Round:
    stands = ready(context, id)
    leader = next((entry for entry in stands.leaders() if entry.key == key), None)
    if leader is None:
        raise BadInput(words.VOTES_CHANGED)
    closed = replace(stands.round, closed=context.now, closer=context.who.person, picked=key, picked_name=leader.name)
    context.store.write(context.who.team, delete(open_key(context.who.channel)), written(closed))
    return load(context, id) or closed


def _take_back(context: Context, closed: Round) -> None:
    """Open a round again after a pick of a name that leads no more, unless somebody has undone the pick already.

    Raises as _reopen does.
    """
    round = existing(context, closed.id)
    if (round.closed, round.picked) == (closed.closed, closed.picked):
        _reopen(context, round)


def _expire_with(context: Context, round: str) -> None:
    """Let names and ballots expire with their round. If the store is out of reach, the round has ended all the same,
    and the channel hears of it."""
    try:
        keep_with(context.store, context.who.team, round)
    except Unavailable as trouble:
        log.note(store=f"unavailable: {trouble}")


def undo(context: Context, id: str, pick: str = "") -> Standing:
    """Open a round again, up to ten minutes after the pick. Raises BadInput if it cannot be undone.

    `pick` is the id of the pick that is undone; without one it is the pick that stands.
    """
    retry_on_conflict(lambda: _undo(context, id, pick))
    _expire_with(context, round_key(context.who.channel, id))
    return standing(context, existing(context, id))


def check_stands(round: Round, pick: str) -> None:
    """Raise BadInput unless that pick stands."""
    if not round.pick:
        raise BadInput(words.NOTHING_TO_UNDO)
    if pick not in ("", round.pick):
        raise BadInput(words.OTHER_PICK)


def _undo(context: Context, id: str, pick: str) -> None:
    round = existing(context, id)
    if context.who.person != round.closer:
        check_may(context, round)
    check_stands(round, pick)
    if context.now - (round.closed or 0) > UNDO:
        raise BadInput(words.too_late(round))
    _reopen(context, round)


def _reopen(context: Context, round: Round) -> None:
    """Raises BadInput if another round is open by now, and Conflict if this round has changed."""
    pointer = open_key(context.who.channel)
    pointed = context.store.get(context.who.team, pointer)
    if pointed and pointed.value["round"] != round.id:
        raise BadInput(words.ANOTHER_ROUND)
    again_open = replace(round, closed=None, closer=None, picked=None, picked_name=None)
    context.store.write(context.who.team, put(pointer, {"round": round.id}, 0), written(again_open))


def run_off(context: Context, id: str) -> Standing:
    """Close a tied round and begin one between the names that lead it. Raises BadInput if there is no tie."""
    new = retry_on_conflict(lambda: _run_off(context, id))
    _expire_with(context, round_key(context.who.channel, id))
    return standing(context, existing(context, new.id))


def _run_off(context: Context, id: str) -> Round:
    stands = ready(context, id)
    tied, old = stands.leaders(), stands.round
    if len(tied) < 2:
        raise BadInput(words.NO_TIE)
    new = replace(begun(context, old.options), owner=old.owner)
    ended = replace(old, closed=context.now, closer=context.who.person, runoff=new.id)
    pointer = put(open_key(context.who.channel), {"round": new.id})
    entries = _in_order(new.key, tied[:_MOST_TIED], context.now)
    context.store.write(context.who.team, pointer, written(ended), written(new), *entries)
    return new


def _in_order(round: str, entries: Collection[Entry], now: float) -> list[Change]:
    """The names on a new round's shortlist, a microsecond apart, so that they keep their order.

    The sum is decimal: a float of unix seconds plus a microsecond sometimes rounds to the same float.
    """
    times = (Decimal(f"{now:.6f}") + place * _MICROSECOND for place in range(len(entries)))
    return [
        new_entry(round, Named(entry.key, entry.name), entry.by, str(at))
        for entry, at in zip(entries, times, strict=False)
    ]
