"""What is out there already: the technology or common English word that a new name is, or is one edit away from."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import corpora
import generator
from bot.names.similarity import Surroundings
from corpora import english, rude

_TECHNOLOGIES = "tech"


class Near(NamedTuple):
    """The neighbour of a name: how many letters must be put in, taken out or changed, 0 or 1, and whether it is a word
    of English."""

    name: str
    edits: int
    word: bool


def near(names: Sequence[str]) -> list[Near | None]:
    """For each name its nearest neighbour, None where there is none, or none to be named; a technology before a word
    that is as near.

    >>> near(["Pythin", "Cloud", "Zubaty"])
    [Near(name='Python', edits=1, word=False), Near(name='cloud', edits=0, word=True), None]
    """
    technologies, there = _out_there()
    found = there.within_one([generator.key(name) for name in names])
    return [one and _neighbour(*one, technologies) for one in found]


def _neighbour(place: int, edits: int, technologies: Sequence[str]) -> Near | None:
    word = place - len(technologies)
    if word >= 0:
        return Near(english.common()[word], edits, True)
    return None if rude.is_rude(technologies[place]) else Near(technologies[place], edits, False)


@cache
def _out_there() -> tuple[Sequence[str], Surroundings]:
    """The technologies, and what they and then all words are compared by."""
    technologies = corpora.load(_TECHNOLOGIES).entries
    return technologies, Surroundings([*map(generator.key, technologies), *english.common()])
