"""What is shown at work is not rude: what is made is told apart as it comes up, and counted; a person's own letters are
looked at first."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

import corpora
import generator
from bot.errors import BadInput
from bot.strings import names as words
from corpora import rude

HOLE = generator.Part("hole", "*")
_SILENT = "notes"  # the kind of token that says nothing


class Screen:
    """Tells which sequences of a corpus are rude as it writes them; `dropped` are those that it came upon."""

    def __init__(self, corpus: corpora.Corpus):
        self.corpus = corpus
        self.dropped: set[str] = set()
        self.on = corpus.card.kind != _SILENT

    def __call__(self, tokens: Sequence[str]) -> bool:
        if not self.on or not rude.is_rude(text := self.corpus.write(tokens)):
            return False
        self.dropped.add(text)
        return True


def first_fit(entries: Iterable[str], count: int) -> tuple[str, ...]:
    """The first few entries that may be shown.

    >>> first_fit(["Rust", "Ruby"], 1)
    ('Rust',)
    """
    fit = (entry for entry in entries if not rude.is_rude(entry))
    return tuple(entry for entry, _ in zip(fit, range(count), strict=False))


def refuse_rude(pattern: generator.Pattern, kind: str) -> None:
    """Raises BadInput where what is typed out in a pattern is rude whatever fills its holes; it is not said again."""
    between = "" if kind == "characters" else " "
    if kind != _SILENT and any(rude.holds_stem(between.join(run)) for run in _typed(pattern)):
        raise BadInput(words.NOT_THAT)


def decent(guard: generator.Guard | None, patterns: Iterable[generator.Pattern]) -> generator.Guard | None:
    """The guard, but where it would take a harmless word that somebody typed (`Scunthorpe...`) for what it holds: then
    the screen judges alone."""
    typed = [letters for pattern in patterns for letters in _typed(pattern)] if guard else []
    return guard if all(_passes(guard, letters) for letters in typed) else None


def speakable(patterns: Sequence[generator.Pattern], length: tuple[int, int] | None, guard: generator.Guard) -> bool:
    """Whether any name with the letters typed in patterns could be said as a guard has it, whatever is asked of the
    holes between them.

    Raises generator.Tangled.
    """
    letters = [
        replace(pattern, parts=tuple(part if part.kind in ("letter", "gap") else HOLE for part in pattern.parts))
        for pattern in patterns
    ]
    return generator.constrain(letters, guard.vocabulary, length, guard).fillable


def _passes(guard: generator.Guard, letters: Sequence[str]) -> bool:
    ids = guard.vocabulary.encode(letters)
    return bool(generator.allowed(guard, ids[ids >= 0][None])[0])


def _typed(pattern: generator.Pattern) -> list[list[str]]:
    """The tokens that stand in a pattern one after another, without what is unknown between them."""
    return [
        [min(part.tokens) for part in run]
        for typed, run in groupby(pattern.parts, lambda part: part.kind == "letter")
        if typed
    ]


def refuse_rude_name(name: str) -> str:
    """The name that somebody suggests; raises BadInput for one that is rude, which is not said again."""
    if rude.is_rude(name):
        raise BadInput(words.NOT_ON_THE_LIST)
    return name
