"""Patterns over words, for models whose tokens are words: `the * sat on ...`."""

from .pattern import LONGEST, LONGEST_TEXT, Part, Pattern, PatternError


def parse_phrase(text: str) -> Pattern:
    r"""Read a pattern whose words stand apart: `*` is one unknown word, `...` any number, `\*` a star.

    Raises PatternError as `parse_pattern` does.

    >>> [part.kind for part in parse_phrase("the * sat ...").parts]
    ['letter', 'hole', 'letter', 'gap']
    """
    if len(text) > LONGEST_TEXT:
        raise PatternError(text, LONGEST_TEXT, f"a pattern has at most {LONGEST_TEXT} characters")
    words = text.split()
    if not 1 <= len(words) <= LONGEST:
        raise PatternError(text, 0, f"a pattern has from 1 to {LONGEST} words")
    parts = [_part(word) for word in words]
    return Pattern(text, tuple(part for part, before in zip(parts, [None, *parts], strict=False) if part.kind != "gap" or part != before))


def _part(word: str) -> Part:
    if word in ("...", "…"):
        return Part("gap", "...")
    if word == "*":
        return Part("hole", "*")
    return Part("letter", word, frozenset([word.removeprefix("\\")]))
