"""The store: items of JSON under a team and a key. A write makes all of its changes or none.

SQLite and DynamoDB both implement the protocol `Store`, and the same tests hold both.
"""

import json
import math
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from bot.strings import operating as words

LONGEST_KEY = 1_024  # bytes of UTF-8, DynamoDB's limit of a sort key
LARGEST_VALUE = 350_000  # bytes of JSON; DynamoDB takes 400 KB an item, its names included
MOST_KEYS = 100  # in one read, DynamoDB's limit of a batch
MOST_CHANGES = 100  # in one write, DynamoDB's limit of a transaction


class Conflict(RuntimeError):
    """A condition did not hold, so nothing was written: read again and decide again.

    The conflicting write may be your own earlier attempt whose reply was lost.
    """


class Unavailable(RuntimeError):
    """The store cannot be reached or used in time. A write may or may not have happened.

    The message is for the operator.
    """


class Damaged(Unavailable):
    """An item was read that nobody can have written: the message names its kind and quotes nothing of it."""

    def __init__(self, key: str):
        super().__init__(words.damaged_item(kind(key)))


class Item(NamedTuple):
    """The value under a key, with its version.

    The version is a whole number above 0. Every write changes it, and a deleted item that comes back has a new one.
    """

    key: str
    value: dict
    version: int


@dataclass(frozen=True)
class Change:
    """One part of a write, made by `put`, `delete` or `check`. `text` is the value as JSON."""

    kind: str
    key: str
    text: str | None = None
    version: int | None = None
    expires: int | None = None

    def __post_init__(self):
        check_key(self.key)
        if self.text is not None and len(self.text.encode()) > LARGEST_VALUE:
            raise ValueError(f"A value has at most {LARGEST_VALUE:,} bytes of JSON, not {len(self.text.encode()):,}.")


def put(key: str, value: dict, version: int | None = None, expires: float | None = None) -> Change:
    """Write a value if the item has that version now: 0 means no item, None any or none.

    `expires` is in unix seconds, rounded up; from then on the item cannot be read. Raises ValueError for a key or a
    value that is too long, or a value that is not JSON.

    >>> put("round#C1#r7", {"owner": "U1"}, version=0).text
    '{"owner":"U1"}'
    """
    text = json.dumps(value, separators=(",", ":"), allow_nan=False)
    return Change("put", key, text, version, None if expires is None else math.ceil(expires))


def delete(key: str, version: int | None = None) -> Change:
    """Delete an item if it has that version now; None deletes any version, and nothing if there is no item."""
    return Change("delete", key, version=version)


def check(key: str, version: int) -> Change:
    """Write nothing, and make the whole write fail unless the item has that version now: 0 means no item."""
    return Change("check", key, version=version)


def check_changes(changes: tuple[Change, ...]) -> None:
    """Raise ValueError unless every store can take these changes in one write."""
    if not 1 <= len(changes) <= MOST_CHANGES:
        raise ValueError(f"One write has 1 to {MOST_CHANGES} changes, not {len(changes)}.")
    if len({change.key for change in changes}) < len(changes):
        raise ValueError("One write names each key once.")


def next_version(version: int | None) -> int:
    """Give the version after that one: the time in microseconds, so that none comes twice, even after a deletion."""
    return max(time.time_ns() // 1_000, (version or 0) + 1)


def kind(key: str) -> str:
    """Give the part of a key before the first #, which says what kind of item it names.

    >>> kind("round#C1#r7")
    'round'
    """
    return key.split("#", 1)[0]


class Store(Protocol):
    """A place that keeps items. Every call names one team and reaches no other; expired items are not there.

    Every method raises Unavailable, and ValueError for a team or key that is empty or too long.
    """

    def get(self, team: str, key: str) -> Item | None:
        """Give the item under that key as it is now, or None."""

    def read(self, team: str, *keys: str) -> list[Item | None]:
        """Give the items under those keys, in their order, None for each that is missing."""

    def find(self, team: str, prefix: str) -> list[Item]:
        """Give every item whose key has that prefix, in the order of the keys' code points.

        The list may show a part of a write that is under way.
        """

    def write(self, team: str, *changes: Change) -> None:
        """Make all changes at once, or raise Conflict and make none."""

    def forget(self, team: str) -> Counter[str]:
        """Delete all items of a team, and count them by kind, expired ones included."""


def item(key: str | bytes, text: object, version: object) -> Item:
    """Give an item as it was stored. Raises Damaged if its value is no JSON object or its version no number."""
    if isinstance(key, bytes):
        key = key.decode(errors="replace")
    try:
        value, version = json.loads(text), int(version)
    except (TypeError, ValueError, RecursionError):
        raise Damaged(key) from None
    if not isinstance(value, dict):
        raise Damaged(key)
    return Item(key, value, version)


@contextmanager
def reading(item: Item) -> Iterator[None]:
    """Raise Damaged if a field of the item's value is missing or odd, so that this block cannot use it."""
    try:
        yield
    except (AttributeError, LookupError, TypeError, ValueError):
        raise Damaged(item.key) from None


def check_team(team: str) -> None:
    """Raise ValueError if no team can have this id."""
    if not team or len(team.encode()) > LONGEST_KEY:
        raise ValueError(f"A team's id has 1 to {LONGEST_KEY:,} bytes of UTF-8.")


def check_key(key: str) -> None:
    """Raise ValueError unless every store can keep an item under this key."""
    if not key or len(key.encode()) > LONGEST_KEY:
        raise ValueError(f"A key has 1 to {LONGEST_KEY:,} bytes of UTF-8.")


def check_keys(keys: tuple[str, ...]) -> None:
    """Raise ValueError unless every store can read these keys at once."""
    if len(keys) > MOST_KEYS:
        raise ValueError(f"At most {MOST_KEYS} keys are read at once, not {len(keys)}.")
    for key in keys:
        check_key(key)
