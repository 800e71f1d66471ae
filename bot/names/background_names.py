"""The background of a corpus: the names of the other lists on the shelf, and English words.

It has no name of the corpus in any spelling, so that names held out of training are held out of the background too. It
has no list that shares many names with the corpus either (`pokemon-de` for `pokemon`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import corpora
import generator

KIND = "characters"  # corpora of words or notes have no background: the order of words depends on the text
SISTERS = 0.1  # share of the smaller list from which two lists are sisters


def background(names: Iterable[Sequence[str]]) -> list[tuple[str, ...]]:
    """The token sequences to train on besides some names, each once; `names` has every name that must stay unknown.

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
    """The names of each list on the shelf, and English words, by their keys (see generator.key)."""
    from corpora.english import common

    *shelf, english = (
        {generator.key("".join(name)): tuple(name) for name in names}
        for names in (*(corpora.load(card.name).sequences for card in corpora.shelf() if card.kind == KIND), common())
    )
    return shelf, english
