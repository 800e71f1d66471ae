"""Text for a terminal: safe characters, widths, colours, line breaks and tables."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

STYLES = {"bold": "1", "dim": "2", "italic": "3", "underline": "4", "code": "36", "strike": "9"}
# Controls, format characters (they turn the reading direction or hide), lone surrogates, line separators.
UNSAFE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
NO_BREAK = "\N{NO-BREAK SPACE}"  # shown as a space at which no line breaks


class Span(NamedTuple):
    """A piece of text in one style: a key of STYLES, or "" for plain."""

    text: str
    style: str = ""


@dataclass(frozen=True)
class Screen:
    """The width of a terminal in columns (None: any) and whether it may be coloured."""

    width: int | None = None
    colour: bool = False

    def paint(self, text: str, style: str) -> str:
        """Put a text in that style, if there is colour.

        >>> Screen(colour=True).paint("Kingar", "bold")
        '\\x1b[1mKingar\\x1b[0m'
        """
        if not (self.colour and style and text.strip()):
            return text
        return f"\x1b[{STYLES[style]}m{text}\x1b[0m"

    def lines(self, spans: Iterable[Span], indent: str = "", hanging: int = 0) -> Iterator[str]:
        """Break spans into lines that fit, after `indent`, and all but the first `hanging` columns further in.

        Lines break at spaces; a word wider than the screen stays whole.

        >>> list(Screen(width=14).lines([Span("- already out there: Moltres")], "  ", 2))
        ['  - already', '    out there:', '    Moltres']
        """
        line, used = "", columns(indent)
        margin = used
        for piece, style in _pieces(spans):
            full = self.width is not None and margin < used and used + columns(piece.rstrip()) > self.width
            if full or piece == "\n":
                yield (indent + line).rstrip()
                indent = indent if hanging == 0 else indent + " " * hanging
                line, used, margin, hanging = "", columns(indent), columns(indent), 0
            if used > margin or not piece.isspace():
                line, used = line + self.paint(piece.replace(NO_BREAK, " "), style), used + columns(piece)
        yield (indent + line).rstrip()


def clean(text: str) -> str:
    r"""Remove the characters that move the cursor, change colours or turn the reading direction.

    >>> clean("Kin\x1b[31mgar\u202e!")
    'Kin[31mgar!'
    """
    text = text.replace("\t", " ")
    return "".join(c for c in text if c == "\n" or unicodedata.category(c) not in UNSAFE)


def columns(text: str) -> int:
    r"""Count the columns that a text needs: two for a wide character, none for a combining one.

    >>> columns("名前"), columns("e\u0301")
    (4, 1)
    """
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in text)


def table(rows: Iterable[Iterable[str]], right: Iterable[int] = ()) -> list[str]:
    """Write rows in columns, two spaces apart; the columns at the `right` are aligned there.

    >>> table([("Kingar", "61"), ("Mew", "7")], right=[1])
    ['Kingar  61', 'Mew      7']
    """
    rows, right = [list(row) for row in rows], set(right)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    aligned = "  ".join(f"{{:{'>' if place in right else '<'}{width}}}" for place, width in enumerate(widths))
    return [aligned.format(*row).rstrip() for row in rows]


def _pieces(spans: Iterable[Span]) -> Iterator[Span]:
    """Give words, the spaces between them, and newlines; a no-break space is part of a word."""
    for text, style in spans:
        for piece in re.findall(r"\n| +|[^ \n]+", clean(text)):
            yield Span(piece, style)
