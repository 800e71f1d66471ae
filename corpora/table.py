"""One column of CSV: which it is, what splits the rows, and whether the first row is a head."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from corpora.errors import CorpusError
from corpora.forms import Row, lines

_DELIMITERS = ",;\t|"
# What a column of names is called, where nobody says which one is meant.
_TITLES = ("name", "names", "title", "entry", "word", "text", "line", "lyrics", "sentence", "label", "term")


def column(text: str, wanted: str | int | None, shown: str) -> tuple[list[Row], str]:
    """The cells of one column of CSV, and a note that says which it took; raises CorpusError where there is no such
    column.

    A column is given by its name in the first row, or by its number from 1.
    """
    table = _table(text)
    if not table:
        return [], ""
    width = max(len(cells) for _, cells in table)
    head = [cell.strip() for cell in table[0][1]]
    at, headed = _find(table, head, wanted)
    if at is None or not 0 <= at < width:
        what = f"the file {shown} has no column {str(wanted)[:32]!r}"
        raise CorpusError(what, f"there are {width}: {', '.join(head)[:120]}", "give a name or a number")
    called = head[at] if headed and at < len(head) else str(at + 1)
    note = (
        f"column {called[:32]} of {width}" + (", whose first row is its head" if headed else "")
        if width > 1 or headed
        else ""
    )
    return [(line, " ".join(cells[at].split("\n")) if at < len(cells) else "") for line, cells in table[headed:]], note


def _table(text: str) -> list[tuple[int, list[str]]]:
    """The rows of CSV with the line that each begins on, delimited by the sign that splits most of the first rows
    alike."""
    sample = lines(text)[:200]
    best = max(_DELIMITERS, key=lambda sign: _alike(sample, sign))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=best)
    rows, line = [], 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        what = f"line {line} is not CSV ({error})"
        raise CorpusError(what, "CSV has one row a line and quotes in pairs", "check the quotes") from error
    return rows


def _alike(sample: Sequence[str], sign: str) -> int:
    """How many rows a delimiter splits into the same number of cells, two at the least."""
    try:
        widths = Counter(len(cells) for cells in csv.reader(sample, delimiter=sign) if len(cells) > 1)
    except csv.Error:  # whoever reads the rows says what is wrong with them
        return 0
    return max(widths.values(), default=0)


def _find(table: list[tuple[int, list[str]]], head: list[str], wanted: str | int | None) -> tuple[int | None, bool]:
    """The place of the column that is wanted, and whether the first row is its head."""
    folded = [cell.casefold() for cell in head]
    titled = any(title in folded for title in _TITLES) or _numbers_below(table)
    if wanted is None:
        named = [folded.index(title) for title in _TITLES if title in folded]
        return (named or [_wordiest(table)])[0], titled
    if isinstance(wanted, str) and wanted.strip().casefold() in folded:
        return folded.index(wanted.strip().casefold()), True
    return (int(wanted) - 1 if str(wanted).strip().isdecimal() else None), titled


def _numbers_below(table: list[tuple[int, list[str]]]) -> bool:
    """Whether a column has words in the first row and numbers alone below it."""
    first, below = table[0][1], [cells for _, cells in table[1:200]]

    def numbers(i: int) -> bool:
        return all(i < len(cells) and _number(cells[i]) for cells in below)

    return len(below) > 1 and any(first[i].strip() and not _number(first[i]) and numbers(i) for i in range(len(first)))


def _wordiest(table: list[tuple[int, list[str]]]) -> int:
    """The column with the most different cells that are no numbers; of equals the first."""
    rows = [cells for _, cells in table[:500]]
    columns = range(max(map(len, rows)))
    return max(columns, key=lambda i: len({cells[i] for cells in rows if i < len(cells) and not _number(cells[i])}))


def _number(cell: str) -> bool:
    return re.fullmatch(r"[-+]?[\d.,:/ %-]+", cell.strip()) is not None
