"""The background of a corpus: the names of the other lists on the shelf, and English words.

No name of the corpus is part of it, however it is written, so that names held out of training are held out of the
background too; nor is a list of the shelf that shares many of them (`pokemon-de` for `pokemon`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import corpora
import generator

KIND = "characters"  # of the corpora that have a background: what words follow one another is a matter of the text
SISTERS = 0.1  # of the names of the smaller list are in both


def background(names: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """The token sequences to be read besides a list of names, each once; every name that must not be known beforehand
    belongs to the list.

    >>> ("m", "e", "w") in background([("m", "e", "w")]), ("c", "l", "o", "u", "d") in background([("m", "e", "w")])
    (False, True)
    """
    own, others = {generator.key("".join(name)) for name in names}, {}
    shelf, english = _lists()
    for listed in shelf:
        shared = len(own & listed.keys())
        if shared <= SISTERS * min(len(own), len(listed)):
            others.update(listed)
    others.update(english)
    return [name for key, name in others.items() if key not in own]


@cache
def _lists() -> tuple[list[dict[str, tuple[str, ...]]], dict[str, tuple[str, ...]]]:
    """The names of every list on the shelf, and English words, by what they are whatever their writing."""
    from corpora.english import common

    *shelf, english = (
        {generator.key("".join(name)): tuple(name) for name in names}
        for names in (*(corpora.load(card.name).sequences for card in corpora.shelf() if card.kind == KIND), common())
    )
    return shelf, english
