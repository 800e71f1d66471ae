"""Which column of a table holds the names, and whether the first row is its head.

A column looks like names if its cells are short texts of letters, nearly all different: no numbers, dates, addresses,
identifiers, codes or categories. A first row is a head if one of its cells is a title of a column, or unlike every cell
below it.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from corpora.errors import CorpusError
from corpora.forms import Row
from corpora.titles import AFTER_ALL, OTHERS, TITLES, WHOLE

LOOKED_AT = 500  # rows
MANY = 3  # names in a cell that holds a list of them
_NUMBER = re.compile(r"[-+]?[\d.,:/ %$€£¥'-]+(?:[eE][-+]?\d+)?")
_DATE = re.compile(r"\d{4}-\d\d?-\d\d?.*|\d\d?[./]\d\d?[./]\d{2,4}.*")
_ADDRESS = re.compile(r"\S+@\S+\.\w+|\w+:/{2}\S+|www\.\S+|(?=.*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:/\S*)?")
_IDENTIFIER = re.compile(r"(?=.*\d)(?:[0-9a-fA-F]{2,}-?){4,}|(?=(?:.*\d){2})[A-Za-z0-9_+/=-]{12,}|[A-Z]{1,3}\d+")


class Table(NamedTuple):
    """Rows of cells, each with the line that it begins on; `headed` says whether the first row is a head, None if that
    is to be found out."""

    rows: list[tuple[int, list[str]]]
    headed: bool | None = None


def column(table: Table, wanted: str | int | None, shown: str) -> tuple[list[Row], str]:
    """The cells of one column, and a note that says which one; raises CorpusError if there is no such column.

    A column is given by its name in the first row, or by its number from 1.
    """
    rows = table.rows
    if not rows:
        return [], ""
    width = max(len(cells) for _, cells in rows)
    head = [cell.strip() for cell in rows[0][1]]
    at, headed = _find(table, head, wanted)
    if at is None or not 0 <= at < width:
        what = f"the file {shown} has no column {str(wanted)[:32]!r}"
        raise CorpusError(what, f"there are {width}: {', '.join(head)[:120]}", "give a name or a number")
    cells = [(line, " ".join(row[at].split("\n"))) for line, row in rows[headed:] if at < len(row)]
    pieces = _taken_apart([cell for _, cell in cells])
    found = [(line, piece) for line, cell in cells for piece in (pieces(cell) if pieces else [cell])]
    return found, _note(head, at, width, headed)


def _note(head: Sequence[str], at: int, width: int, headed: bool) -> str:
    """The sentence on the column that was taken; empty where there was nothing to choose."""
    if headed:
        called = head[at] if at < len(head) and head[at] else str(at + 1)
        return f"column {called[:32]} of {width}, whose first row is its head"
    return f"column {at + 1} of {width}" if width > 1 else ""


def _find(table: Table, head: list[str], wanted: str | int | None) -> tuple[int | None, bool]:
    """The place of the column that is wanted, and whether the first row is its head."""
    folded = [cell.casefold() for cell in head]
    headed = has_head(table) if table.headed is None else table.headed
    if wanted is None:
        return _likeliest(table.rows[headed:], folded if headed else []), headed
    if isinstance(wanted, str) and wanted.strip().casefold() in folded:
        return folded.index(wanted.strip().casefold()), True
    return (int(wanted) - 1 if str(wanted).strip().isdecimal() else None), headed


def _likeliest(rows: Sequence[tuple[int, list[str]]], head: Sequence[str]) -> int:
    """The place of the column that looks most like names; of equals the first. A title counts besides."""
    columns = _columns(rows)
    if not columns:
        return 0
    looks = [name_likeness(cells) for cells in columns]
    for title in AFTER_ALL:
        if title in head and looks[head.index(title)] >= 0.1 * max(looks):
            return head.index(title)
    weighed = [look * _weight(head[i] if i < len(head) else "") for i, look in enumerate(looks)]
    return weighed.index(max(weighed))


def _weight(title: str) -> float:
    """How much a title speaks for the column of names, or against it."""
    words = set(re.findall(r"[^\W\d_]+", title))
    return 3.0 if words & WHOLE else 0.4 if words & OTHERS else 1.0


def _columns(rows: Sequence[tuple[int, list[str]]]) -> list[list[str]]:
    """The cells of each column, as far as they are looked at."""
    rows = rows[:LOOKED_AT]
    width = max((len(cells) for _, cells in rows), default=0)
    return [[cells[i].strip() for _, cells in rows if i < len(cells)] for i in range(width)]


def name_likeness(cells: Sequence[str]) -> float:
    """How much the cells of a column look like names, from 0 to 1.

    >>> name_likeness(["Mew", "Pikachu"]), name_likeness(["F", "F"]) < 0.1, name_likeness(["2001-01-02", "7"])
    (1.0, True, 0.0)
    """
    apart = _taken_apart(cells)
    filled = [piece for cell in cells for piece in (apart(cell) if apart else [cell]) if piece]
    if not filled:
        return 0.0
    different = len({cell.casefold() for cell in filled}) / len(filled)
    return different * sum(map(like_name, filled)) / len(filled) * min(1.0, len(filled) / len(cells))


def like_name(cell: str) -> float:
    """How much one cell looks like a name.

    >>> like_name("Mr. Mime"), like_name("AAPL") < 1, like_name("info@example.org"), like_name("d95bafc8-f2a4-d27b")
    (1.0, True, 0.0, 0.0)
    """
    if not any(map(str.isalpha, cell)) or is_typed(cell):
        return 0.0
    if any(map(str.isdecimal, cell)):
        return 0.3
    many = len(cell.split())
    if many > 4 or len(cell) == 1:
        return 0.1
    code = cell.isupper() and cell.isascii() and len(cell) <= 5
    slug = "_" in cell or (cell.islower() and "-" in cell)
    return 0.5 if code else 0.6 if slug else 1.0


def is_typed(cell: str) -> bool:
    """Whether a cell is a number, a date, an address or an identifier."""
    return any(form.fullmatch(cell) for form in (_NUMBER, _DATE, _ADDRESS, _IDENTIFIER))


def _taken_apart(cells: Sequence[str]) -> Callable[[str], list[str]] | None:
    """What takes the cells of a column apart, if most hold a list of names each."""
    apart = [cell.split(",") for cell in cells[:LOOKED_AT] if cell]
    lists = [pieces for pieces in apart if len(pieces) >= MANY]
    if not apart or len(lists) < 0.8 * len(apart):
        return None
    pieces = [piece.strip() for cell in lists for piece in cell]
    alike = sum(like_name(piece) for piece in pieces if len(piece.split()) < 4)
    return (lambda cell: [piece.strip() for piece in cell.split(",")]) if alike >= 0.8 * len(pieces) else None


def has_head(table: Table) -> bool:
    """Whether the first row of a table is a head.

    >>> has_head(Table([(1, ["Brand", "Land"]), *((i, [f"Mew{i}", "IT"]) for i in range(2, 9))]))
    True
    """
    (_, first), body = table.rows[0], table.rows[1:]
    first = [cell.strip() for cell in first]
    if any(cell.casefold() in TITLES for cell in first):
        return True
    below = _columns(body)
    if any(_is_unlike(cell, cells) for cell, cells in zip(first, below, strict=False)):
        return True
    names = max(map(name_likeness, below), default=0.0) > 0.5
    return names and len(body) >= 20 and all(map(_is_written_otherwise, first, below))


def _is_unlike(first: str, below: Sequence[str]) -> bool:
    """Whether a first cell is of another type than all below it: a word over numbers, or over values that recur."""
    filled = [cell for cell in below if cell]
    if not first or len(filled) < 2 or is_typed(first):
        return False
    if all(map(is_typed, filled)):
        return True
    counts = Counter(filled)
    return len(filled) >= 4 and first not in counts and min(counts.values()) > 1


def _is_written_otherwise(first: str, below: Sequence[str]) -> bool:
    """Whether a first cell is in small letters, or in capitals, and no cell below it is."""
    case = str.islower if first.islower() else str.isupper if first.isupper() and len(first) > 3 else None
    return bool(case) and not any(map(case, below))
