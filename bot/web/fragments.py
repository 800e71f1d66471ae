"""Why this name: the longest runs of its tokens that entries of its corpus hold, and which entries.

A name is read from left to right. Each fragment is the longest run from its start that at least one entry holds, the
beginning and the end of a name counted as tokens; the next fragment begins as early as it can and reaches further.
These are the n-grams that a Markov chain of any order could have learned.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import corpora
from corpora import rude

SHOWN = 4  # entries of a fragment
LEAST = 2  # tokens of a fragment, unless an entry begins or ends so
_EDGE = "\n"  # stands for the beginning and the end of an entry


class Held(NamedTuple):
    """A run of a name, from token `start` to before `end`, where entries hold it, and a few of these entries."""

    start: int
    end: int
    at: str
    count: int
    names: tuple[str, ...]


class Runs:
    """The runs of tokens in the entries of a corpus, as one text in which each token is a character."""

    def __init__(self, corpus: corpora.Corpus):
        found = sorted({token for sequence in corpus.sequences for token in sequence})
        self._letters = {token: chr(0x100000 + i) for i, token in enumerate(found)}
        self._entries = corpus.entries
        self._texts = [self._text(sequence) for sequence in corpus.sequences]
        self._all = "".join(self._texts)

    def fragments(self, name: Sequence[str]) -> list[Held]:
        """The runs that a name stands on, from left to right.

        >>> [(run.start, run.end, run.at, run.names[0]) for run in Runs(corpora.load("pokemon")).fragments("mewtini")]
        [(0, 4, 'start', 'Mewtwo'), (3, 7, 'end', 'Dratini')]
        """
        text, found, reached = self._text(name), [], 0
        for start in range(len(text)):
            end = self._longest(text, start)
            if end > reached:
                reached = end
                found.append(self._held(text, start, end))
        return [run for run in found if run.count and (run.end - run.start >= LEAST or run.at != "inside")]

    def _text(self, tokens: Sequence[str]) -> str:
        return _EDGE + "".join(self._letters.get(token, "\0") for token in tokens) + _EDGE

    def _longest(self, text: str, start: int) -> int:
        """Where the longest run from `start` ends that the entries hold."""
        end = start
        while end < len(text) and text[start : end + 1] in self._all:
            end += 1
        return end

    def _held(self, text: str, start: int, end: int) -> Held:
        run = text[start:end]
        entries = [entry for entry, of in zip(self._entries, self._texts, strict=True) if run in of]
        shown = tuple(entry for entry in entries if not rude.is_rude(entry))[:SHOWN]
        first, last = run.startswith(_EDGE), run.endswith(_EDGE) and run != _EDGE
        at = "whole" if first and last else "start" if first else "end" if last else "inside"
        length = len(text) - 2
        return Held(max(start - 1, 0), min(end - 1, length), at, len(entries), shown)
