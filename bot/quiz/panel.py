"""Counts of the names that a team took for real, by month and corpus: made-up names are rated beside real ones. No
person is stored."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.quiz.kinds import KINDS, MADE, REAL
from bot.store import Change, Item, Store, put

_SHOWN = "shown"


class Count(NamedTuple):
    """A month's questions about a corpus's real or made-up names; `guesses` counts the answers by kind."""

    month: str
    corpus: str
    made: bool
    shown: int
    guesses: Mapping[str, int]

    @property
    def answered(self) -> int:
        return sum(self.guesses.values())

    @property
    def taken_for_real(self) -> int:
        """Answers that call the name a Pokémon or a technology, right or wrong."""
        return sum(self.guesses[kind] for kind in REAL)

    @property
    def right(self) -> int:
        return self.guesses[MADE if self.made else self.corpus]


def shown(store: Store, team: str, asked: float, corpus: str, kind: str) -> Change:
    """The change that counts a question; `asked` is unix seconds."""
    return _counted(_item(store, team, asked, corpus, kind), [_SHOWN])


def answered(store: Store, team: str, asked: float, corpus: str, kind: str, guesses: Sequence[str]) -> list[Change]:
    """The changes that count a question's answers in the month in which it was asked; none if nobody answered."""
    return [_counted(_item(store, team, asked, corpus, kind), guesses)] if guesses else []


def counts(store: Store, teams: Iterable[str]) -> list[Count]:
    """The counts of all these teams together, by month and corpus, made-up names before real ones."""
    totals: dict[tuple[str, str, bool], Counter[str]] = {}
    for item in (item for team in teams for item in store.find(team, "panel#")):
        _, month, corpus, names = item.key.split("#")
        totals.setdefault((month, corpus, names == MADE), Counter()).update(item.value)
    ordered = sorted(totals.items(), key=lambda total: (*total[0][:2], not total[0][2]))
    return [Count(*which, total[_SHOWN], {kind: total[kind] for kind in KINDS}) for which, total in ordered]


def month(moment: float) -> str:
    """The month of a time in unix seconds, UTC.

    >>> month(0)
    '1970-01'
    """
    return time.strftime("%Y-%m", time.gmtime(moment))


def _item(store: Store, team: str, asked: float, corpus: str, kind: str) -> Item:
    """The current counter of such a question; version 0 if there is none."""
    key = f"panel#{month(asked)}#{corpus}#{MADE if kind == MADE else 'real'}"
    return store.get(team, key) or Item(key, {}, 0)


def _counted(item: Item, what: Sequence[str]) -> Change:
    return put(item.key, dict(Counter(item.value) + Counter(what)), item.version)
