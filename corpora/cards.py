"""The shelf: one card for each corpus, all in one small index, so that listing them opens no data."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
INDEX = HERE / "cards.json"


@dataclass(frozen=True)
class Card:
    """What there is to know about a corpus without opening it."""

    name: str
    title: str
    line: str  # what it is, in one line
    kind: str  # what a token is: "characters", "words" or "notes"
    style: str  # how its entries are written: a key of style.STYLES[kind]
    source: str
    licence: str
    date: str  # when the list was made, as YYYY-MM-DD; empty for a user's own
    count: int  # entries
    sha256: str  # for a corpus on the shelf of its file, else of what it holds: models are kept by it
    samples: tuple[str, ...]  # five entries


class UnknownCorpus(LookupError):
    """There is no corpus of that `name` on the shelf; `known` are the names that there are."""

    def __init__(self, name: str, known: tuple[str, ...] = ()):
        super().__init__(name, known)
        self.name, self.known = name, known

    def __str__(self) -> str:
        return f"no corpus is called {self.name!r}; there are {', '.join(self.known)}"


@cache
def _cards() -> dict[str, Card]:
    import json  # here, so that importing the package costs nothing that it may not need

    rows = json.loads(INDEX.read_text(encoding="utf-8"))
    return {row["name"]: Card(**{**row, "samples": tuple(row["samples"])}) for row in rows}


def shelf() -> tuple[Card, ...]:
    """The cards of all corpora, in the order of their names; reads the index alone."""
    return tuple(_cards().values())


def card(name: str) -> Card:
    """The card of one corpus; raises UnknownCorpus.

    >>> card("pokemon").count
    1025
    """
    cards = _cards()
    if name not in cards:
        raise UnknownCorpus(name, tuple(cards))
    return cards[name]


def digest(entries: tuple[str, ...]) -> str:
    """The sha256 of entries written one a line: for a corpus on the shelf, of its file.

    >>> digest(("Mew",)) == digest(("Mew", "Mewtwo"))
    False
    """
    import hashlib

    return hashlib.sha256("".join(f"{entry}\n" for entry in entries).encode()).hexdigest()
