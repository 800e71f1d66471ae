"""Votes in a round, and their count. Knows the store and no Slack.

This module reads a round's item and never writes it: `closed` in its value ends the voting, and `limit` bounds the
votes of a person. Each name on the shortlist is an item. Each person's ballot is one item, so that the limit holds
however fast the person clicks.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from bot.commands.click import Click
from bot.store import Change, Item, Store, check, delete, put
from bot.store.retry import retry_on_conflict
from bot.store.ttl import CLOSED_ROUND

_NO_CLICK = {"at": "0", "message": ""}  # earlier than every click
_FULL = 150_000  # bytes of a ballot: about a thousand votes, and a closing round writes 25 ballots in 4 MB
_AGAIN = 10 * 60  # seconds in which a typed vote may be delivered again; Slack's signatures hold for five minutes
_AT_ONCE = 25  # items in one write: a transaction of DynamoDB's holds 4 MB


class Outcome(Enum):
    """The outcome of a vote, a suggestion or a removal; only the first four changed anything."""

    VOTED = "voted"
    WITHDRAWN = "withdrawn"
    ADDED = "added"
    TAKEN_OFF = "taken off"
    SEEN = "seen"  # this click, or a later one on the same name, was counted before
    SPENT = "spent"  # the person has no vote left
    FULL = "full"  # the person's ballot holds no more names
    THERE = "there"  # the name is on the shortlist already
    ABSENT = "absent"  # the name is not on the shortlist
    NOT_YOURS = "not yours"  # somebody else put it there
    CLOSED = "closed"  # the round is closed, or was never opened


class Named(NamedTuple):
    """A name and its key, which is the same for every spelling of it."""

    key: str
    name: str


class Entry(NamedTuple):
    """A name on the shortlist, its proposer, the time, and its voters in the order of their votes."""

    key: str
    name: str
    by: str
    at: str
    voters: tuple[str, ...]


def vote(store: Store, team: str, round: str, named: Named, click: Click) -> Outcome:
    """Toggle a vote by a click; a vote puts the name on the shortlist if it is not there yet.

    Gives VOTED, WITHDRAWN, SEEN, SPENT, FULL or CLOSED.
    """
    return retry_on_conflict(lambda: _vote(store, team, round, named, click))


def vote_typed(store: Store, team: str, round: str, key: str, person: str, at: str, delivery: str = "") -> Outcome:
    """Toggle a typed vote for a name on the shortlist: outcomes as of `vote`, or ABSENT. `at` is unix seconds as text.

    A `delivery` that was counted is SEEN for ten minutes: Slack, or somebody who recorded it, may send it again.

    A typed vote has no click, and our clock is not Slack's, so the time of the person's last click on the name stays:
    a later click counts, and that click counts no second time if it is delivered again.
    """
    return retry_on_conflict(lambda: _vote_typed(store, team, round, key, person, at, delivery))


def suggest(store: Store, team: str, round: str, named: Named, person: str, at: str) -> Outcome:
    """Put a name on the shortlist: ADDED, THERE or CLOSED. `at` is unix seconds as text."""
    return retry_on_conflict(lambda: _suggest(store, team, round, named, person, at))


def take_off(store: Store, team: str, round: str, key: str, person: str) -> Outcome:
    """Take a person's own name off the shortlist, with its votes: TAKEN_OFF, ABSENT, NOT_YOURS or CLOSED."""
    return retry_on_conflict(lambda: _take_off(store, team, round, key, person))


def on_list(store: Store, team: str, round: str, key: str) -> Named | None:
    """The name under a key of the shortlist, or None."""
    entry = store.get(team, _names(round) + key)
    return Named(key, entry.value["name"]) if entry else None


def tally(store: Store, team: str, round: str) -> tuple[Entry, ...]:
    """The shortlist, most votes first; ties in the order in which they were listed.

    >>> from bot.store.sqlite import MEMORY, SqliteStore
    >>> store = SqliteStore(MEMORY)
    >>> store.write("T1", put("round#C1#r1", {"owner": "U1"}))
    >>> for person in ("U1", "U2"):
    ...     click = Click(person, "1800000000.000100", "1800000001")
    ...     outcome = vote(store, "T1", "round#C1#r1", Named("bulbase", "Bulbase"), click)
    >>> [(entry.name, entry.voters) for entry in tally(store, "T1", "round#C1#r1")]
    [('Bulbase', ('U1', 'U2'))]
    """
    names = {item.key: item.value for item in store.find(team, _names(round))}
    votes: dict[str, list[tuple[Decimal, str]]] = {key: [] for key in names}
    for ballot in store.find(team, _ballots(round)):
        person = ballot.key.removeprefix(_ballots(round))
        for key in _counted(ballot.value, names, round):
            votes[_names(round) + key].append(
                (Decimal(ballot.value[key].get("typed") or ballot.value[key]["at"]), person)
            )
    entries = [
        Entry(
            key.removeprefix(_names(round)),
            value["name"],
            value["by"],
            value["at"],
            tuple(person for _, person in sorted(votes[key])),
        )
        for key, value in names.items()
    ]
    return tuple(sorted(entries, key=lambda entry: (-len(entry.voters), Decimal(entry.at), entry.key)))


def keep_with(store: Store, team: str, round: str) -> None:
    """Let names and ballots expire with their closed round; those of an open round never expire.

    Call it after each closing and reopening: it follows the round's current state, so the order of two calls does not
    matter. It may be interrupted and called again: no name or vote changes.
    """
    for prefix in (_names(round), _ballots(round)):
        retry_on_conflict(
            lambda prefix=prefix: _keep_with(store, team, store.get(team, round), store.find(team, prefix))
        )


def _keep_with(store: Store, team: str, round: Item, items: list[Item]) -> None:
    closed = round.value.get("closed")
    expires = closed and closed + CLOSED_ROUND
    for start in range(0, len(items), _AT_ONCE):
        kept = (put(key, value, version, expires) for key, value, version in items[start : start + _AT_ONCE])
        store.write(team, check(round.key, round.version), *kept)


def _vote(store: Store, team: str, round: str, named: Named, click: Click) -> Outcome:
    opened, ballot, entry = store.read(team, round, _ballots(round) + click.person, _names(round) + named.key)
    if _closed(opened):
        return Outcome.CLOSED
    marks = ballot.value if ballot else {}
    mark = marks.get(named.key)
    if mark and (Decimal(mark["at"]), mark["message"]) >= click.order:
        return Outcome.SEEN
    listed = [] if entry else [new_entry(round, named, click.person, click.at)]
    return _toggle(
        store,
        team,
        opened,
        _Ballot(click.person, ballot),
        named.key,
        entry,
        {"at": click.at, "message": click.message},
        *listed,
    )


def _vote_typed(store: Store, team: str, round: str, key: str, person: str, at: str, delivery: str) -> Outcome:
    seen = f"seen#{hashlib.sha256(delivery.encode()).hexdigest()}"
    opened, ballot, entry, before = store.read(team, round, _ballots(round) + person, _names(round) + key, seen)
    if before and delivery:
        return Outcome.SEEN
    if _closed(opened):
        return Outcome.CLOSED
    if not entry:
        return Outcome.ABSENT
    mark = (ballot.value if ballot else {}).get(key, _NO_CLICK) | {"typed": at}
    noted = [put(seen, {}, 0, float(at) + _AGAIN)] if delivery else []
    listed = check(entry.key, entry.version)
    return _toggle(store, team, opened, _Ballot(person, ballot), key, entry, mark, listed, *noted)


class _Ballot(NamedTuple):
    """A person and their ballot, if they have one."""

    person: str
    item: Item | None


def _toggle(
    store: Store, team: str, opened: Item, ballot: _Ballot, key: str, entry: Item | None, mark: dict, *listed: Change
) -> Outcome:
    """Toggle a vote: VOTED, WITHDRAWN, or SPENT and FULL, which write nothing.

    Votes belong to one listing: a name that is listed again starts at zero.
    """
    marks = ballot.item.value if ballot.item else {}
    since = entry.value["at"] if entry else mark["at"]
    voted = entry is not None and marks.get(key, {}).get("since") == since
    if not voted and _spent(store, team, opened, marks):
        return Outcome.SPENT
    marked = marks | {key: mark | {"since": None if voted else since}}
    if key not in marks and len(json.dumps(marked)) > _FULL:
        return Outcome.FULL
    cast = put(_ballots(opened.key) + ballot.person, marked, ballot.item.version if ballot.item else 0)
    store.write(team, check(opened.key, opened.version), cast, *listed)
    return Outcome.WITHDRAWN if voted else Outcome.VOTED


def _suggest(store: Store, team: str, round: str, named: Named, person: str, at: str) -> Outcome:
    opened, entry = store.read(team, round, _names(round) + named.key)
    if _closed(opened):
        return Outcome.CLOSED
    if entry:
        return Outcome.THERE
    store.write(team, check(round, opened.version), new_entry(round, named, person, at))
    return Outcome.ADDED


def _take_off(store: Store, team: str, round: str, key: str, person: str) -> Outcome:
    opened, entry = store.read(team, round, _names(round) + key)
    if _closed(opened):
        return Outcome.CLOSED
    if not entry:
        return Outcome.ABSENT
    if entry.value["by"] != person:
        return Outcome.NOT_YOURS
    store.write(team, check(round, opened.version), delete(entry.key, entry.version))
    return Outcome.TAKEN_OFF


def new_entry(round: str, named: Named, person: str, at: str) -> Change:
    """The change that puts a name on a shortlist, on condition that it is not there yet."""
    return put(_names(round) + named.key, {"name": named.name, "by": person, "at": at}, version=0)


def _spent(store: Store, team: str, opened: Item, marks: dict) -> bool:
    limit = opened.value.get("limit")
    if not limit:
        return False
    names = {item.key: item.value for item in store.find(team, _names(opened.key))}
    return sum(1 for _ in _counted(marks, names, opened.key)) >= limit


def _counted(marks: Mapping[str, dict], names: Mapping[str, dict], round: str) -> Iterable[str]:
    """The keys of the names with a vote on this ballot. A vote belongs to one listing and ends with it."""
    for key, mark in marks.items():
        entry = names.get(_names(round) + key)
        if entry and mark["since"] == entry["at"]:
            yield key


def _closed(opened: Item | None) -> bool:
    return opened is None or bool(opened.value.get("closed"))


def _names(round: str) -> str:
    return f"name#{round}#"


def _ballots(round: str) -> str:
    return f"ballot#{round}#"
