"""How a pattern is read: letter by letter, or with spaces between its words or notes, as the tokens of its corpus ask
for."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial

import corpora
import generator
from corpora import notes

# A model that somebody imports may have tokens of its own kind: whatever stands between spaces.
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
    """A pattern of notes, in which a pitch without a length stands for every note of that pitch among these.

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
