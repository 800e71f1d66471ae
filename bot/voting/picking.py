"""How a round ends: a name is picked and the round closed, or the best are voted on once more; and how that is
undone."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from bot import log
from bot.commands.who import Who
from bot.errors import BadInput
from bot.store import Change, Store, Unavailable, delete, put
from bot.store.retry import again
from bot.strings import rounds as words
from bot.voting.round import Round, begun, current, load, open_key, round_key, written
from bot.voting.standing import Standing, standing
from bot.voting.votes import Entry, Named, keep_with, new_entry

UNDO = 10 * 60  # seconds in which a pick can be undone
_MOST_TIED = 90  # names of a run-off; one write of a store has a hundred changes
_MICROSECOND = Decimal("0.000001")


def ready(store: Store, who: Who, admins: Collection[str], id: str | None = None) -> Standing:
    """The open round of this channel, or the one of that id while it is open, for whoever may end it and once it has
    votes.

    Raises BadInput for anybody else, and where there is nothing to pick from.
    """
    round = load(store, who, id) if id else current(store, who)
    if round is None:
        raise BadInput(words.NO_ROUND)
    if round.closed:
        raise BadInput(words.closed(round))
    check_may(round, who, admins)
    stands = standing(store, who, round)
    if not stands.leaders():
        raise BadInput(words.NO_VOTES)
    return stands


def check_may(round: Round, who: Who, admins: Collection[str]) -> None:
    """Raise BadInput for whoever neither began the round nor is an admin."""
    if who.person != round.owner and who.person not in admins:
        raise BadInput(words.NOT_THE_OWNER)


def pick(store: Store, who: Who, admins: Collection[str], id: str, key: str, now: float) -> Standing:
    """Close a round with a name that leads it; the round as it ended.

    Raises BadInput where that name does not lead any more: votes that came in before the door was shut count.
    """
    closed = again(lambda: _close(store, who, admins, id, key, now))
    ended = standing(store, who, closed)
    if key not in [entry.key for entry in ended.leaders()]:
        again(lambda: _take_back(store, who, closed))
        raise BadInput(words.VOTES_CHANGED)
    _let_end(store, who, closed.key)
    return ended


def _close(store: Store, who: Who, admins: Collection[str], id: str, key: str, now: float) -> Round:
    stands = ready(store, who, admins, id)
    leader = next((entry for entry in stands.leaders() if entry.key == key), None)
    if leader is None:
        raise BadInput(words.VOTES_CHANGED)
    closed = replace(stands.round, closed=now, closer=who.person, picked=key, picked_name=leader.name)
    store.write(who.team, delete(open_key(who.channel)), written(closed))
    return load(store, who, id) or closed


def _take_back(store: Store, who: Who, closed: Round) -> None:
    """Open a round again that was closed with a name that does not lead; whoever undid that pick was quicker. Raises as
    _reopen does."""
    round = load(store, who, closed.id)
    if (round.closed, round.picked) == (closed.closed, closed.picked):
        _reopen(store, who, round)


def _let_end(store: Store, who: Who, round: str) -> None:
    """What belongs to a round ends with it. Where that cannot be written the round has ended all the same, and the
    channel is to hear it."""
    try:
        keep_with(store, who.team, round)
    except Unavailable as trouble:
        log.note(store=f"unavailable: {trouble}")


def undo(store: Store, who: Who, admins: Collection[str], id: str, now: float) -> Standing:
    """Open a round again, up to ten minutes after a name was picked. Raises BadInput where that cannot be."""
    again(lambda: _undo(store, who, admins, id, now))
    _let_end(store, who, round_key(who.channel, id))
    return standing(store, who, load(store, who, id))


def _undo(store: Store, who: Who, admins: Collection[str], id: str, now: float) -> None:
    round = load(store, who, id)
    if round is None:
        raise BadInput(words.OLD_BUTTON)
    if who.person != round.closer:
        check_may(round, who, admins)
    if not round.closed or not round.picked:
        raise BadInput(words.NOTHING_TO_UNDO)
    if now - round.closed > UNDO:
        raise BadInput(words.too_late(round))
    _reopen(store, who, round)


def _reopen(store: Store, who: Who, round: Round) -> None:
    """Raises BadInput where another round was begun meanwhile, and Conflict where this one has changed."""
    pointed = store.get(who.team, open_key(who.channel))
    if pointed and pointed.value["round"] != round.id:
        raise BadInput(words.ANOTHER_ROUND)
    again_open = replace(round, closed=None, closer=None, picked=None, picked_name=None)
    store.write(who.team, put(open_key(who.channel), {"round": round.id}, 0), written(again_open))


def run_off(store: Store, who: Who, admins: Collection[str], id: str, now: float) -> Standing:
    """Close a round that is tied and begin one between the names that lead it. Raises BadInput where nothing is
    tied."""
    new = again(lambda: _run_off(store, who, admins, id, now))
    _let_end(store, who, round_key(who.channel, id))
    return standing(store, who, load(store, who, new.id))


def _run_off(store: Store, who: Who, admins: Collection[str], id: str, now: float) -> Round:
    stands = ready(store, who, admins, id)
    tied, old = stands.leaders(), stands.round
    if len(tied) < 2:
        raise BadInput(words.NO_TIE)
    new = replace(begun(who, now, old.options), owner=old.owner)
    ended = replace(old, closed=now, closer=who.person, runoff=new.id)
    pointed = put(open_key(who.channel), {"round": new.id})
    store.write(who.team, pointed, written(ended), written(new), *_in_order(new.key, tied[:_MOST_TIED], now))
    return new


def _in_order(round: str, entries: Collection[Entry], now: float) -> list[Change]:
    """The names again on a new round's shortlist, each a microsecond later, so that they stand in the order that they
    had.

    Added as decimals: microseconds added to a float of unix seconds round to the same one now and then.
    """
    times = (Decimal(f"{now:.6f}") + place * _MICROSECOND for place in range(len(entries)))
    return [
        new_entry(round, Named(entry.key, entry.name), entry.by, str(at))
        for entry, at in zip(entries, times, strict=False)
    ]
