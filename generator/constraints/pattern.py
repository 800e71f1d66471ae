r"""Patterns: `mo***`, `...base`, `[aeiou]*a`.

*          exactly one unknown token
... or …   any number of tokens, none included
[aeiou]    one of these; [^xyz] none of these; [a-f] a range
\          makes the next character literal
others     themselves, regardless of case and accent
"""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

LONGEST = 64  # places in a pattern: longer than any name; bounds the cost of a query
LONGEST_TEXT = 400  # characters as typed: 64 places, most of them classes


class PatternError(ValueError):
    """A pattern that cannot be parsed: the text, the position and the reason."""

    def __init__(self, text: str, position: int, reason: str):
        super().__init__(f"{reason} (at character {position + 1} of {text[:80]!r})")
        self.text, self.position, self.reason = text, position, reason


class Part(NamedTuple):
    """One place of a pattern, or one gap.

    kind: "letter", "class", "not", "hole", "gap", or "exact", which cannot be typed: a letter whose case and accent
    matter. text: the part as written. tokens: those that a letter or a class names; empty for a hole and a gap.
    """

    kind: str
    text: str
    tokens: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Pattern:
    """A parsed pattern: a part for each place or gap."""

    text: str
    parts: tuple[Part, ...]

    @cached_property
    def holes(self) -> int:
        """The number of holes and classes."""
        return sum(part.kind in ("hole", "class", "not") for part in self.parts)

    @cached_property
    def gaps(self) -> int:
        """The number of gaps."""
        return sum(part.kind == "gap" for part in self.parts)

    @property
    def shortest(self) -> int:
        """The least number of tokens that fill it."""
        return len(self.parts) - self.gaps

    @property
    def longest(self) -> int | None:
        """The greatest number of tokens that fill it; None if it has a gap."""
        return None if self.gaps else len(self.parts)


def parse_pattern(text: str) -> Pattern:
    r"""Parse a pattern over characters.

    Raises PatternError if it is empty, has more than 64 places or 400 characters, or holds an unclosed or empty class.

    >>> [part.kind for part in parse_pattern(r"m[ou]*\*...").parts]
    ['letter', 'class', 'hole', 'letter', 'gap']
    """
    if len(text) > LONGEST_TEXT:
        raise PatternError(text, LONGEST_TEXT, f"a pattern has at most {LONGEST_TEXT} characters")
    if not text:
        raise PatternError(text, 0, "the pattern is empty")
    parts: list[Part] = []
    position = 0
    while position < len(text):
        part, after = _read_part(text, position)
        if not (part.kind == "gap" and parts and parts[-1].kind == "gap"):  # two gaps in a row are one
            parts.append(part)
        if sum(p.kind != "gap" for p in parts) > LONGEST:
            raise PatternError(text, position, f"a pattern has at most {LONGEST} places")
        position = after
    return Pattern(text, tuple(parts))


def _read_part(text: str, at: int) -> tuple[Part, int]:
    """The part at a position, and the position after it."""
    if text[at] == "*":
        return Part("hole", "*"), at + 1
    if text[at] == "…":
        return Part("gap", "..."), at + 1
    if text.startswith("...", at):
        return Part("gap", "..."), at + 3
    if text[at] == "[":
        return _read_class(text, at)
    letter, after = _read_letter(text, at)
    return Part("letter", text[at:after], frozenset([letter])), after


def _read_letter(text: str, at: int) -> tuple[str, int]:
    """The letter at a position, without its backslash, and the position after it."""
    if text[at] != "\\":
        return text[at], at + 1
    if at + 1 == len(text):
        raise PatternError(text, at, "a backslash at the end has nothing to make literal")
    return text[at + 1], at + 2


def _read_class(text: str, at: int) -> tuple[Part, int]:
    """The class at an opening bracket, and the position after its closing bracket."""
    begin = at + 1
    negated = text.startswith("^", begin)
    begin += negated
    letters: set[str] = set()
    position = begin
    while position < len(text) and text[position] != "]":
        first, position = _read_letter(text, position)
        last = first
        if text.startswith("-", position) and position + 1 < len(text) and text[position + 1] != "]":
            last, position = _read_letter(text, position + 1)
        letters.update(_range(text, at, first, last))
    if position >= len(text):
        raise PatternError(text, at, "a [ has no ] after it")
    if not letters:
        raise PatternError(text, at, "there is no letter between the brackets")
    return Part("not" if negated else "class", text[at : position + 1], frozenset(letters)), position + 1


def _range(text: str, at: int, first: str, last: str) -> list[str]:
    """The letters of a range, both ends included."""
    if not ord(first) <= ord(last) <= ord(first) + 1000:
        raise PatternError(text, at, f"the range {first}-{last} is not in the order of the alphabet")
    return [chr(code) for code in range(ord(first), ord(last) + 1)]
