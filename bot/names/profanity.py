"""Keeps rude names out: an acceptor for the engine, a filter that judges each whole name, refusals of what people type.

The acceptor blocks the stems of corpora.rude wherever they stand in a name. It is stricter than `is_rude`: no word
makes a stem harmless, a stem counts across spaces too, and some short words are stems (`Peacock` is nobody's fault, but
a new name need not end so). To build its table takes a quarter of a second, so a file has it: `python -m
bot.names.profanity` writes the file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby, islice
from typing import TYPE_CHECKING

import corpora
import generator
from bot.errors import BadInput
from bot.strings import names as words
from corpora import rude

if TYPE_CHECKING:
    import numpy

FILE = rude.FOLDER / "automaton.npz"
LETTERS = (*"abcdefghijklmnopqrstuvwxyz", rude.OTHER)
_SILENT = "notes"  # the kind of token that says nothing


def acceptor_for(vocabulary: generator.Vocabulary) -> generator.Acceptor:
    """The acceptor of names over these letters.

    >>> acceptor = acceptor_for(generator.Vocabulary("dekmuw"))
    >>> generator.allowed(acceptor, acceptor.vocabulary.encode("mewdek")[None]).tolist()
    [True]
    """
    return generator.Relabelled(_table(), generator.Vocabulary(LETTERS), vocabulary, rude.fold)


@cache
def _table() -> numpy.ndarray:
    import numpy

    with numpy.load(FILE, allow_pickle=False) as file:
        return file["table"]


def lay_out() -> numpy.ndarray:
    """The transitions of the stems' automaton over LETTERS, built anew: uint16, shape (states, letters)."""
    lists = rude.lists()
    return generator.transition_table(
        generator.blocked_substrings(
            [*lists.stems, *lists.made], generator.Vocabulary(LETTERS), lambda letter: {letter}
        )
    )


class ProfanityFilter:
    """Finds the rude names of a corpus; `dropped` has those that it found."""

    def __init__(self, corpus: corpora.Corpus):
        self.corpus = corpus
        self.dropped: set[str] = set()

    def __call__(self, tokens: Sequence[str]) -> bool:
        """Whether a name, as the corpus writes these tokens, is rude."""
        if self.corpus.card.kind == _SILENT or not rude.is_rude(text := self.corpus.write(tokens)):
            return False
        self.dropped.add(text)
        return True


def first_clean(entries: Iterable[str], count: int) -> tuple[str, ...]:
    """The first few entries that are not rude.

    >>> first_clean(["Rust", "Ruby"], 1)
    ('Rust',)
    """
    return tuple(islice((entry for entry in entries if not rude.is_rude(entry)), count))


def refuse_rude_pattern(pattern: generator.Pattern, kind: str) -> None:
    """Raise BadInput if the typed letters of a pattern are rude whatever fills its holes. The error does not repeat
    them."""
    between = "" if kind == "characters" else " "
    if kind != _SILENT and any(rude.holds_stem(between.join(run)) for run in _typed(pattern)):
        raise BadInput(words.NOT_THAT)


def refuse_rude_name(name: str) -> str:
    """The name that somebody suggests. Raises BadInput for a rude one, which the error does not repeat."""
    if rude.is_rude(name):
        raise BadInput(words.NOT_ON_THE_LIST)
    return name


def unless_typed(
    acceptor: generator.Acceptor | None, patterns: Iterable[generator.Pattern]
) -> generator.Acceptor | None:
    """The acceptor, or None if it blocks typed letters: `Scunthorpe...` is harmless; the filter judges its names."""
    typed = [letters for pattern in patterns for letters in _typed(pattern)] if acceptor else []
    return acceptor if all(_accepts(acceptor, letters) for letters in typed) else None


def _accepts(acceptor: generator.Acceptor, letters: Sequence[str]) -> bool:
    ids = acceptor.vocabulary.encode(letters)
    return bool(generator.allowed(acceptor, ids[ids >= 0][None])[0])


def _typed(pattern: generator.Pattern) -> list[list[str]]:
    """The runs of typed tokens in a pattern, without the holes between them."""
    runs = groupby(pattern.parts, lambda part: part.kind == "letter")
    return [[min(part.tokens) for part in run] for typed, run in runs if typed]


def main() -> None:
    """Write the automaton of the stems as they are now."""
    import numpy

    numpy.savez_compressed(FILE, table=lay_out())


if __name__ == "__main__":
    main()
