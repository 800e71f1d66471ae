"""Tables as text: CSV with whatever sign between its cells, columns apart by spaces, pipes of Markdown.

CleverCSV (0.8.5) was tried for finding the delimiter. It finds it where there is one, but takes a space, a letter or a
mark of direction for one in every plain list, knows nothing of heads and columns of names, and costs 0.2 s of import
and 5 MB with what it needs. So the delimiter is the sign that splits most rows alike.
"""

import csv
import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile

from corpora.columns import Table, has_head, is_typed
from corpora.errors import CorpusError
from corpora.forms import lines

DELIMITERS = "\t|;,"  # of those that split alike the first: a cell has a comma in it rather than a tab
ALIKE = 0.9  # of the rows of a table have the same number of cells
_SAMPLE = 200  # rows
_SEP = re.compile(r"sep=(.)", re.IGNORECASE)  # Excel's own first line, which is no row
_RULE = re.compile(r"[\s|+:=-]*[-=]{2,}[\s|+:=-]*")  # a line that is drawn: |---|---|
_APART = re.compile(r"\s{2,}|\t")


def is_table(text: str) -> bool:
    """Whether a text without the name of one looks like a table.

    >>> is_table("Mew,F,20\\nMuk,M,19\\nSeel,M,18"), is_table("Mew, the cat\\nMuk\\nSeel")
    (True, False)
    """
    rows = [row for row in _sample(text) if not _RULE.fullmatch(row)]
    if len(rows) < 2:
        return False
    if _SEP.fullmatch(rows[0].strip()):
        return True
    if sum("\t" in row for row in rows) >= ALIKE * len(rows):
        return True
    return len(rows) > 2 and any(_splits(rows, sign) for sign in (";", "|", ",", ""))


def _splits(rows: Sequence[str], sign: str) -> bool:
    """Whether a sign, or the empty one for spaces, makes cells of rows: as many of each, short, and not all names.

    A name may have a comma in it, and two spaces for one; then nothing but names stands on either side.
    """
    cut = [list(map(str.strip, cells)) for cells in (_by_spaces(rows) if not sign else _cells(rows, sign))]
    width, times = Counter(map(len, cut)).most_common(1)[0]
    if width < 2 or times < ALIKE * len(rows):
        return False
    cells = [cell for row in cut for cell in row if cell]
    if not cells or sum(len(cell.split()) > 4 for cell in cells) > 0.1 * len(cells):
        return False
    columns = list(zip(*(row for row in cut if len(row) == width), strict=True))
    return sign in (";", "|") or any(map(_is_no_name, columns)) or has_head(Table([(1, row) for row in cut]))


def _is_no_name(column: Sequence[str]) -> bool:
    """Whether a column holds something else than names: numbers, dates, codes, a few values again and again."""
    filled = [cell for cell in column if cell]
    if not filled:
        return False
    odd = sum(is_typed(cell) or len(cell) == 1 for cell in filled)
    return odd > 0.8 * len(filled) or (len(filled) > 3 and len(set(filled)) <= 0.5 * len(filled))


def table(text: str) -> Table:
    """The table in a text; raises CorpusError where a quotation mark is not closed."""
    rows = lines(text)
    if said := _SEP.fullmatch(rows[0].strip()):
        return Table(_read(rows[1:], said[1], 1))
    sample = [row for row in _sample(text) if not _RULE.fullmatch(row)]
    sign = max(DELIMITERS, key=lambda sign: _alike(sample, sign))
    if not _alike(sample, sign) and len(sample) > 2 and _splits(sample, ""):
        return Table([(i, list(cells)) for i, cells in enumerate(_by_spaces(rows), 1) if any(cells)])
    if sign == "|":
        return _of_pipes(rows)
    return Table(_read(rows, sign))


def _sample(text: str) -> list[str]:
    """The first rows of a text that hold something."""
    return [row for row in lines(text[:200_000]) if row.strip()][:_SAMPLE]


def _of_pipes(rows: Sequence[str]) -> Table:
    """A table of pipes; in Markdown a drawn line follows the head."""
    found = [(i, row.strip()) for i, row in enumerate(rows, 1) if row.strip()]
    before = sum(1 for _ in takewhile(lambda pair: not _RULE.fullmatch(pair[1]), found))
    cells = [(i, row.strip("|").split("|")) for i, row in found if not _RULE.fullmatch(row)]
    return Table(cells, True if 0 < before < len(found) else None)


def _by_spaces(rows: Sequence[str]) -> list[tuple[str, ...]]:
    """Rows cut where two spaces stand, or between a name and the numbers around it."""
    apart = [tuple(_APART.split(row.strip())) for row in rows]
    return [_by_numbers(row[0]) if len(row) == 1 else row for row in apart]


def _by_numbers(row: str) -> tuple[str, ...]:
    """A row as its name and its numbers, if it has two numbers or more.

    >>> _by_numbers("SMITH 1.006 1.006 1"), _by_numbers("Porygon 2")
    (('SMITH', '1.006', '1.006', '1'), ('Porygon 2',))
    """
    words = row.split()
    name = [i for i, word in enumerate(words) if not is_typed(word)]
    if not name or len(words) - (name[-1] - name[0] + 1) < 2:
        return (row,)
    return (*words[: name[0]], " ".join(words[name[0] : name[-1] + 1]), *words[name[-1] + 1 :])


def _read(rows: Sequence[str], sign: str, before: int = 0) -> list[tuple[int, list[str]]]:
    """The rows of CSV, each with the line that it begins on, of which some stand before these."""
    found, at = [], 0
    while at < len(rows):
        reader = csv.reader((f"{rows[i]}\n" for i in range(at, len(rows))), delimiter=sign, strict=True)
        first = begin = at
        try:
            for cells in reader:
                found.append((begin + before + 1, cells))
                begin = first + reader.line_num
            at = len(rows)
        except csv.Error as error:
            if first + reader.line_num - begin > 1 or "end of data" in str(error):
                raise _open(begin + before + 1, "a quotation mark is never closed") from error
            found.append((begin + before + 1, _loosely(rows[begin], sign, begin + before + 1)))
            at = begin + 1
    return [(line, cells) for line, cells in found if any(cell.strip() for cell in cells)]


def _loosely(row: str, sign: str, line: int) -> list[str]:
    """One row with quotation marks in the middle of a cell (`"The Rock" Johnson`)."""
    try:
        return next(csv.reader([row], delimiter=sign))
    except csv.Error as error:
        raise _open(line, str(error)) from error


def _open(line: int, why: str) -> CorpusError:
    return CorpusError(
        f"line {line} is not CSV ({why})", "CSV has one row a line and quotes in pairs", "check the quotes"
    )


def _alike(sample: Sequence[str], sign: str) -> int:
    """How many rows a delimiter splits into the same number of cells, two at the least."""
    widths = Counter(len(cells) for cells in _cells(sample, sign) if len(cells) > 1)
    return max(widths.values(), default=0)


def _cells(rows: Sequence[str], sign: str) -> list[list[str]]:
    try:
        return list(csv.reader(rows, delimiter=sign))
    except csv.Error:  # the reader of the rows says what is wrong with them
        return [row.split(sign) for row in rows]
