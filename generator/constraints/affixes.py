"""What a name begins with, ends with and contains, as patterns that it must fill besides its own."""

from collections.abc import Callable

from generator.constraints.pattern import Part, Pattern, parse_pattern

GAP = Part("gap", "...")


def affixes(
    begins: str | None = None,
    ends: str | None = None,
    contains: str | None = None,
    read: Callable[[str], Pattern] = parse_pattern,
) -> list[Pattern]:
    """A pattern for each that is said: `contains=base` is `...base...`. Each may have holes and classes of its own;
    `read` reads it.

    Raises PatternError as `read` does.

    >>> [[part.text for part in pattern.parts] for pattern in affixes(begins="m*", contains="se")]
    [['m', '*', '...'], ['...', 's', 'e', '...']]
    """
    asked = ((begins, False, True), (ends, True, False), (contains, True, True))
    return [_amid(read(text), before, after) for text, before, after in asked if text is not None]


def _amid(pattern: Pattern, before: bool, after: bool) -> Pattern:
    """A pattern with anything before it, after it or both."""
    parts = (
        [GAP] * (before and pattern.parts[0] != GAP) + [*pattern.parts] + [GAP] * (after and pattern.parts[-1] != GAP)
    )
    return Pattern(pattern.text, tuple(parts))
