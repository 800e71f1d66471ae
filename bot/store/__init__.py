"""What is remembered: items of JSON under a team and a key, written all or none. SQLite and DynamoDB keep this one
promise."""

import json
import math
import time
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple, Protocol

LONGEST_KEY = 1_024  # bytes of UTF-8, DynamoDB's limit of a sort key
LARGEST_VALUE = 350_000  # bytes of JSON; DynamoDB takes 400 KB an item, its names included
MOST_KEYS = 100  # in one reading, DynamoDB's limit of a batch
MOST_CHANGES = 100  # in one write, DynamoDB's limit of a transaction


class Conflict(RuntimeError):
    """A condition did not hold: nothing was written. Read again, decide again; what stands there may be one's own, if
    an answer was lost."""


class Unavailable(RuntimeError):
    """The store cannot be reached or used in time, and a write may or may not have happened; the message is for the
    operator."""


class Item(NamedTuple):
    """What stands under a key. The version is a whole number above 0 and changes with every write, over deletions
    too."""

    key: str
    value: dict
    version: int


@dataclass(frozen=True)
class Change:
    """One part of a write: made by `put`, `delete` or `check`, which say what it means. `text` is the value as JSON."""

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
    """Write a value, if the item has that version now: 0 for no item, None for whatever there is.

    `expires` is in unix seconds, rounded up; from then on nobody reads the item. Raises ValueError for what no store
    can keep.

    >>> put("round#C1#r7", {"owner": "U1"}, version=0).text
    '{"owner":"U1"}'
    """
    text = json.dumps(value, separators=(",", ":"), allow_nan=False)
    return Change("put", key, text, version, None if expires is None else math.ceil(expires))


def delete(key: str, version: int | None = None) -> Change:
    """Delete an item, if it has that version now; None deletes whatever there is, and nothing where there is none."""
    return Change("delete", key, version=version)


def check(key: str, version: int) -> Change:
    """Write nothing, and let the whole write fail unless the item has that version now: 0 for no item."""
    return Change("check", key, version=version)


def check_changes(changes: tuple[Change, ...]) -> None:
    """Raise ValueError unless every store can take these changes in one write."""
    if not 1 <= len(changes) <= MOST_CHANGES:
        raise ValueError(f"One write has 1 to {MOST_CHANGES} changes, not {len(changes)}.")
    if len({change.key for change in changes}) < len(changes):
        raise ValueError("One write names each key once.")


def next_version(version: int | None) -> int:
    """The version after that one: the time in microseconds, so that none comes twice when an item was deleted and comes
    back."""
    return max(time.time_ns() // 1_000, (version or 0) + 1)


def kind(key: str) -> str:
    """What sort of thing a key names: what comes before the first #.

    >>> kind("round#C1#r7")
    'round'
    """
    return key.split("#", 1)[0]


class Store(Protocol):
    """Where items are kept. Every call names a team and reaches no other; what has expired is not there.

    Every method raises Unavailable, and ValueError for a team or key that is empty or too long.
    """

    def get(self, team: str, key: str) -> Item | None:
        """The item under that key as it is now, or None."""

    def read(self, team: str, *keys: str) -> list[Item | None]:
        """What `get` would give for each of those keys, in their order, asked for at once."""

    def find(self, team: str, prefix: str) -> list[Item]:
        """Every item whose key begins so, in the order of the keys' code points. It may show a write half done."""

    def write(self, team: str, *changes: Change) -> None:
        """Make all changes at once, or raise Conflict and make none."""

    def forget(self, team: str) -> Counter[str]:
        """Delete all that a team has; how many items of each kind there were, what has expired included."""


def check_team(team: str) -> None:
    """Raise ValueError for what is no name of a team."""
    if not team or len(team.encode()) > LONGEST_KEY:
        raise ValueError(f"A team's id has 1 to {LONGEST_KEY:,} bytes of UTF-8.")


def check_key(key: str) -> None:
    if not key or len(key.encode()) > LONGEST_KEY:
        raise ValueError(f"A key has 1 to {LONGEST_KEY:,} bytes of UTF-8.")


def check_keys(keys: tuple[str, ...]) -> None:
    """Raise ValueError unless every store can look for these at once."""
    if len(keys) > MOST_KEYS:
        raise ValueError(f"At most {MOST_KEYS} keys are read at once, not {len(keys)}.")
    for key in keys:
        check_key(key)
