"""The faults of a name that is about to be chosen, by gravity. A list takes names with faults only if too few others
fit.

    1  begins like another name of the list
    2  is too near a known name, a name that was shown, or one of the list; repeats words, in a line
    3  is a bare English word
    4  is rude: never taken

Nearness is the edit distance (Levenshtein 1966) in letters, in the words of a line or in the notes of a tune.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

import generator
from bot.names.library import Library
from bot.names.profanity import ProfanityFilter
from bot.names.score import is_word
from bot.names.similarity import distances
from corpora.tokens import tokenise

ALIKE, NEAR, WORD, NEVER = 1, 2, 3, 4
APART, NEW = 3, 2  # the least edits between names of a list, and to a known name; half the letters of a short name
BEGINNING = 3  # letters


class Faults:
    """The faults of names of one corpus, given as tokens, in a list that grows."""

    def __init__(self, library: Library, corpus: str, shown: Collection[str], filter: ProfanityFilter):
        self._kind, self._filter = library.kind(corpus), filter
        self._known = library.one_edit_index(corpus) if self._kind == "characters" else None
        self._chosen = [self._key(tokenise(name, self._kind)) for name in shown]
        self._beginnings: set[Sequence[Hashable]] = set()
        self._told: dict[Sequence[Hashable], int] = {}  # faults that do not depend on the list

    def take(self, tokens: Sequence[str]) -> None:
        """Put a name on the list."""
        key = self._key(tokens)
        self._chosen.append(key)
        self._beginnings.add(key[:BEGINNING])

    def __call__(self, tokens: Sequence[str], most: int) -> int:
        """The gravest fault of a name; beyond `most` the search for graver faults stops."""
        key = self._key(tokens)
        fault = self._own(key)
        if fault > most:
            return fault
        if self._near_chosen(key):
            fault = max(fault, NEAR)
        elif self._kind == "characters" and key[:BEGINNING] in self._beginnings:
            fault = max(fault, ALIKE)
        return fault if fault > most or not self._filter(tokens) else NEVER

    def _key(self, tokens: Sequence[str]) -> Sequence[Hashable]:
        """The text to compare: letters without case and accents, or words and notes as they are."""
        return generator.key("".join(tokens)) if self._kind == "characters" else tuple(tokens)

    def _own(self, key: Sequence[Hashable]) -> int:
        if key not in self._told:
            self._told[key] = WORD if self._word(key) else NEAR if self._near_known(key) or self._repeats(key) else 0
        return self._told[key]

    def _word(self, key: Sequence[Hashable]) -> bool:
        return self._kind == "characters" and is_word(key)

    def _near_known(self, key: Sequence[Hashable]) -> bool:
        """Whether a known name is nearer than NEW edits. Names of a few letters are near many, so they pass."""
        return self._known is not None and len(key) >= 2 * NEW and self._known.within_one([key])[0] is not None

    def _repeats(self, key: Sequence[Hashable]) -> bool:
        """Whether a line has a pair of words twice, or a word twice in a row."""
        pairs = list(zip(key, key[1:], strict=False))
        return self._kind == "words" and (len(set(pairs)) < len(pairs) or any(one == other for one, other in pairs))

    def _near_chosen(self, key: Sequence[Hashable]) -> bool:
        if not self._chosen:
            return False
        least = max(1, min(APART, len(key) // 2) if self._kind == "characters" else len(key) // 2)
        return bool((distances([key], self._chosen, most=least - 1) < least).any())
