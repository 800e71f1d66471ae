"""The score board of a channel: how often each person was right, an item a person."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.commands.who import Who
from bot.store import Change, Item, Store, put
from bot.store.ttl import SCORE


class Place(NamedTuple):
    """A person's place on the board, from 1; people with the same score share one."""

    rank: int
    person: str
    right: int
    answered: int


def scored(store: Store, who: Who, right: Mapping[str, bool], now: float) -> list[Change]:
    """The changes that count for each person whether they were `right`, at `now` in unix seconds."""
    keys = {person: _key(who.channel, person) for person in right}
    return [
        _scored(key, item, right[person], now)
        for (person, key), item in zip(keys.items(), store.read(who.team, *keys.values()), strict=True)
    ]


def _scored(key: str, item: Item | None, right: bool, now: float) -> Change:
    before = item.value if item else {"right": 0, "answered": 0}
    value = {"right": before["right"] + right, "answered": before["answered"] + 1}
    return put(key, value, item.version if item else 0, now + SCORE)


def board(store: Store, who: Who) -> list[Place]:
    """Everybody of this channel who has answered: who was right most often first, and of them who needed the fewest
    answers."""
    prefix = _key(who.channel, "")
    scores = [
        (-item.value["right"], item.value["answered"], item.key.removeprefix(prefix))
        for item in store.find(who.team, prefix)
    ]
    places: list[Place] = []
    for number, (right, answered, person) in enumerate(sorted(scores), 1):
        tied = places and (places[-1].right, places[-1].answered) == (-right, answered)
        places.append(Place(places[-1].rank if tied else number, person, -right, answered))
    return places


def _key(channel: str, person: str) -> str:
    return f"score#{channel}#{person}"
