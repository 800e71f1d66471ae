"""How a text holds its entries: one a line, in a column of CSV, or as the sentences of prose. Each comes with the line it begins on."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from .errors import CorpusError

FORMS = ("lines", "csv", "prose")
Row = tuple[int, str]

_TABLES = (".csv", ".tsv", ".tab")
_DELIMITERS = ",;\t|"
# What a column of names is called, where nobody says which one is meant.
_TITLES = ("name", "names", "title", "entry", "word", "text", "line", "lyrics", "sentence", "label", "term")
_CLOSERS = "[\"'”’»)\\]]*"
# The end of a sentence, if what follows does not say otherwise; an empty line; the full stop of scripts that leave no space.
_END = re.compile(rf"[.!?…]+{_CLOSERS}(?=\s)|\n[ \t]*\n|[。！？]+[」』]*")
_ABBREVIATED = re.compile(r"\b(?:[A-Za-z]|mr|mrs|ms|dr|prof|st|jr|sr|vs|etc|e\.g|i\.e|no|vol|fig|bzw|z\.B|d\.h|ca|mme|mlle)\.$", re.IGNORECASE)


def lines(text: str) -> list[str]:
    """Lines as an editor counts them; `splitlines` would also end one at a form feed and at other signs."""
    return re.split(r"\r\n|\r|\n", text)


def guess(suffix: str, text: str) -> str:
    """The form that a file of that suffix looks like.

    >>> guess(".csv", "name,year"), guess("", "Mew\\nMewtwo"), guess("", "It was late. Nobody said a word to the man. Then he left.")
    ('csv', 'lines', 'prose')
    """
    if suffix.lower() in _TABLES:
        return "csv"
    filled = [line for line in lines(text[:200_000]) if line.strip()]
    words = sum(len(line.split()) for line in filled)
    within = sum(len(re.findall(rf"[.!?…]{_CLOSERS}\s+[^\sa-z]|[。！？](?=.)", line)) for line in filled)
    return "prose" if within >= 0.2 * max(1, len(filled)) and (words >= 8 * len(filled) or "。" in text) else "lines"


def sentences(text: str) -> list[Row]:
    """The sentences of prose, each on one line, with the line that it begins on."""
    text = "\n".join(lines(text))
    found, begin, line, counted = [], 0, 1, 0
    for end in [*_ends(text), len(text)]:
        sentence = text[begin:end]
        first = begin + len(sentence) - len(sentence.lstrip())
        line, counted = line + text.count("\n", counted, first), first
        if sentence.strip():
            found.append((line, " ".join(sentence.split())))
        begin = end
    return found


def _ends(text: str) -> Iterator[int]:
    """Where sentences end: a full stop behind an abbreviation, or before a small letter, is none."""
    for match in _END.finditer(text):
        follows = text[match.end():match.end() + 40].lstrip().lstrip("\"'“‘«([—–- ")[:1]
        dot = match[0].startswith(".") and len(match[0]) == 1
        if not (dot and _ABBREVIATED.search(text, max(0, match.start() - 12), match.end())) and not follows.islower():
            yield match.end()
        elif match[0].startswith("\n"):
            yield match.end()


def column(text: str, wanted: str | int | None, shown: str) -> tuple[list[Row], str]:
    """The cells of one column of CSV, and a note that says which it took; raises CorpusError where there is no such column.

    A column is given by its name in the first row, or by its number from 1.
    """
    table = _table(text)
    if not table:
        return [], ""
    width = max(len(cells) for _, cells in table)
    head = [cell.strip() for cell in table[0][1]]
    at, headed = _find(table, head, wanted)
    if at is None or not 0 <= at < width:
        there = ", ".join(head)[:120]
        raise CorpusError(f"the file {shown} has no column {str(wanted)[:32]!r}", f"there are {width}: {there}", "give a name or a number")
    called = head[at] if headed and at < len(head) else str(at + 1)
    note = f"column {called[:32]} of {width}" + (", whose first row is its head" if headed else "") if width > 1 or headed else ""
    return [(line, " ".join(cells[at].split("\n")) if at < len(cells) else "") for line, cells in table[headed:]], note


def _table(text: str) -> list[tuple[int, list[str]]]:
    """The rows of CSV with the line that each begins on, delimited by the sign that splits most of the first rows alike."""
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
        raise CorpusError(f"line {line} is not CSV ({error})", "CSV has one row a line and quotes in pairs", "check the quotes") from error
    return rows


def _alike(sample: Sequence[str], sign: str) -> int:
    """How many rows a delimiter splits into the same number of cells, two at the least."""
    widths = Counter(len(cells) for cells in csv.reader(sample, delimiter=sign) if len(cells) > 1)
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
    return any(
        not _number(first[i]) and first[i].strip() and len(below) > 1 and all(i < len(cells) and _number(cells[i]) for cells in below)
        for i in range(len(first))
    )


def _wordiest(table: list[tuple[int, list[str]]]) -> int:
    """The column with the most different cells that are no numbers; of equals the first."""
    rows = [cells for _, cells in table[:500]]
    columns = range(max(map(len, rows)))
    return max(columns, key=lambda i: len({cells[i] for cells in rows if i < len(cells) and not _number(cells[i])}))


def _number(cell: str) -> bool:
    return re.fullmatch(r"[-+]?[\d.,:/ %-]+", cell.strip()) is not None
