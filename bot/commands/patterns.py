"""Reads a pattern over the tokens of its corpus: letter by letter, or with spaces between its words or notes."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

import corpora
import generator
from corpora import notes

# The tokens of an imported model may be of another kind; spaces part them.
SPACED = "spaced"
_READERS: dict[str, Callable[[str], generator.Pattern]] = {
    "characters": generator.parse_pattern,
    "words": partial(generator.parse_phrase, tokenise=partial(corpora.tokenise, kind="words")),
    "notes": partial(generator.parse_phrase, tokenise=notes.sought),
    SPACED: generator.parse_phrase,
}


def read_pattern(text: str, kind: str) -> generator.Pattern:
    """The pattern in a text, over tokens of that kind. Raises generator.PatternError.

    >>> [part.text for part in read_pattern("now, * know...", "words").parts]
    ['now', ',', '*', 'know', '...']
    """
    return _READERS[kind](text)


def of_any_length(pattern: generator.Pattern, tokens: Iterable[str]) -> generator.Pattern:
    """A pattern of notes, in which a pitch without a length stands for all `tokens` of that pitch.

    >>> pattern = of_any_length(read_pattern("C4 E4:1", "notes"), ["C4", "C4:2", "E4", "E4:2"])
    >>> [sorted(part.tokens) for part in pattern.parts]
    [['C4', 'C4:2'], ['E4']]
    """
    tokens = tuple(tokens)
    return replace(
        pattern,
        parts=tuple(
            part._replace(
                tokens=frozenset(
                    token for token in tokens if any(notes.fits(token, seeking) for seeking in part.tokens)
                )
            )
            for part in pattern.parts
        ),
    )
