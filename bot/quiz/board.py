"""The score board of a channel: one item a person, with the number of right answers."""

from collections.abc import Mapping
from typing import NamedTuple

from bot.context import Context
from bot.store import Change, Item, put
from bot.store.ttl import SCORE


class Place(NamedTuple):
    """A person's place on the board, from 1; people with equal scores share a rank."""

    rank: int
    person: str
    right: int
    answered: int


def scored(context: Context, right: Mapping[str, bool]) -> list[Change]:
    """The changes that count an answer for each person, `right` or wrong."""
    keys = {person: _key(context.who.channel, person) for person in right}
    items = context.store.read(context.who.team, *keys.values())
    return [
        _scored(key, item, right[person], context.now) for (person, key), item in zip(keys.items(), items, strict=True)
    ]


def _scored(key: str, item: Item | None, right: bool, now: float) -> Change:
    before = item.value if item else {"right": 0, "answered": 0}
    value = {"right": before["right"] + right, "answered": before["answered"] + 1}
    return put(key, value, item.version if item else 0, now + SCORE)


def board(context: Context) -> list[Place]:
    """Everybody of this channel who has answered: most right answers first, then fewest answers."""
    prefix = _key(context.who.channel, "")
    scores = [
        (-item.value["right"], item.value["answered"], item.key.removeprefix(prefix))
        for item in context.store.find(context.who.team, prefix)
    ]
    places: list[Place] = []
    for number, (right, answered, person) in enumerate(sorted(scores), 1):
        tied = places and (places[-1].right, places[-1].answered) == (-right, answered)
        places.append(Place(places[-1].rank if tied else number, person, -right, answered))
    return places


def _key(channel: str, person: str) -> str:
    return f"score#{channel}#{person}"
