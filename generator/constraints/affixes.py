"""`begins=`, `ends=` and `contains=` as further patterns that a name must fill."""

from collections.abc import Callable

from generator.constraints.pattern import Part, Pattern, parse_pattern

GAP = Part("gap", "...")


def affixes(
    begins: str | None = None,
    ends: str | None = None,
    contains: str | None = None,
    read: Callable[[str], Pattern] = parse_pattern,
) -> list[Pattern]:
    """A pattern for each affix that is given: `contains=base` is `...base...`.

    read: parses each affix, which may have holes and classes.

    Raises PatternError as `read` does.

    >>> [[part.text for part in pattern.parts] for pattern in affixes(begins="m*", contains="se")]
    [['m', '*', '...'], ['...', 's', 'e', '...']]
    """
    asked = ((begins, False, True), (ends, True, False), (contains, True, True))
    return [_amid(read(text), before, after) for text, before, after in asked if text is not None]


def _amid(pattern: Pattern, before: bool, after: bool) -> Pattern:
    """A pattern with a gap before it, after it or both."""
    parts = (
        [GAP] * (before and pattern.parts[0] != GAP) + [*pattern.parts] + [GAP] * (after and pattern.parts[-1] != GAP)
    )
    return Pattern(pattern.text, tuple(parts))
