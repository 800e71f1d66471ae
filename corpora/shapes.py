"""The shape of a file: how its text holds the entries, recognised by the text itself or said by whoever brings it.

Every shape is a function that tells whether a text has it, and one that reads its rows. The first that fits is taken;
a text of no other shape has an entry on each line.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from corpora import abc, columns, dictionaries, forms, marked, structured, table
from corpora.columns import Table, like_name
from corpora.errors import CorpusError
from corpora.forms import Row
from corpora.titles import HEADINGS

_COMMENTS = ("#", ";;;", "//", "%")
_FEW_COMMENTS = 0.3  # of the lines at most begin with a sign: of more it is a part of the names (#hashtag)
_BETWEEN = ",;、،，"  # between names on one line
_TABLES = (".csv", ".tsv", ".tab")


class Asked(NamedTuple):
    """A file to be read: its text, the end of its name, the column that is wanted, and its name in errors."""

    text: str
    suffix: str
    column: str | int | None
    shown: str


class Read(NamedTuple):
    """What stood in a file: rows that may be entries, a note on how they were found, lines that are none and why, and
    the kind of token if the shape says it."""

    rows: list[Row]
    note: str = ""
    left_out: Sequence[tuple[int, str]] = ()
    kind: str | None = None


class Shape(NamedTuple):
    """A shape: whether a file has it (a suffix and a text), and what reads it."""

    fits: Callable[[str, str], bool]
    read: Callable[[Asked], Read]


def shape_of(suffix: str, text: str) -> str:
    """The shape that a file of that suffix looks like.

    >>> shape_of(".csv", "name,year"), shape_of("", "Mew\\nMewtwo"), shape_of("", "Mew,F,2\\nMuk,M,1\\nSeel,F,1")
    ('csv', 'lines', 'csv')
    """
    return next(name for name, shape in SHAPES.items() if shape.fits(suffix, text))


def read(form: str | None, asked: Asked) -> Read:
    """The rows of a file in that form, or in the one that it looks like; raises CorpusError."""
    if form == "lines":
        return Read(list(enumerate(forms.lines(asked.text), 1)))
    return SHAPES[form or ("csv" if asked.column is not None else shape_of(asked.suffix, asked.text))].read(asked)


def _of_column(found: Table, asked: Asked, before: str = "") -> Read:
    rows, note = columns.column(found, asked.column, asked.shown)
    return Read(rows, ", ".join(filter(None, (before, note))))


def _json(asked: Asked) -> Read:
    try:
        found = structured.of_json(asked.text)
    except (ValueError, RecursionError) as error:
        what = f"the file {asked.shown} is not JSON ({error})"
        raise CorpusError(what, "JSON has texts in quotation marks and brackets in pairs", "check it") from error
    return _of_column(found, asked, "read as JSON")


def _code(asked: Asked) -> Read:
    return _of_column(structured.of_code(asked.text), asked, "read as a list in code, the texts in quotation marks")


def _html(asked: Asked) -> Read:
    return _of_column(marked.of_html(asked.text), asked, "read as HTML, the texts between its tags")


def _list(asked: Asked) -> Read:
    found, others = marked.of_list(asked.text)
    read = _of_column(found, asked, "read as a list, without its marks")
    return read._replace(left_out=others)


def _abc(asked: Asked) -> Read:
    return Read(abc.melodies(asked.text), "read as ABC, a melody a line of music", kind="notes")


def _dictionary(asked: Asked) -> Read:
    return Read(dictionaries.words(asked.suffix, asked.text, asked.shown), "read as a dictionary, its words alone")


def _is_csv(suffix: str, text: str) -> bool:
    return suffix.lower() in _TABLES or table.is_table(text)


def _csv(asked: Asked) -> Read:
    found, left_out = table.table(asked.text), []
    if asked.suffix.lower() not in _TABLES:
        found, left_out = _without_comments(found)
    told = asked.suffix.lower() in _TABLES or asked.column is not None
    return _of_column(found, asked, "" if told else "read as a table")._replace(left_out=left_out)


def _without_comments(found: Table) -> tuple[Table, list[tuple[int, str]]]:
    comments = _comments([(line, cells[0]) for line, cells in found.rows if cells])
    rows = [(line, cells) for line, cells in found.rows if line not in comments]
    return found._replace(rows=rows), [
        (line, f"begins with {sign}, as a comment does") for line, sign in comments.items()
    ]


def _is_commas(suffix: str, text: str) -> bool:
    """Whether many names stand on each line, with one sign between them.

    >>> _is_commas("", "Mew, Muk, Seel, Onix, Abra, Zubat"), _is_commas("", "Hello, my dear, good morning, how are you")
    (True, False)
    """
    filled = [row for row in forms.lines(text[:200_000]) if row.strip()]
    if not filled or any(sum(sign in row for row in filled) > 0.5 * len(filled) for sign in "|\t"):
        return False
    pieces = [_pieces(row) for row in filled]
    cells = [piece for row in pieces for piece in row if piece]
    if len(cells) < 6 * len(filled) or sum(len(row) >= 4 for row in pieces) < 0.8 * len(filled):
        return False
    return sum(like_name(cell) == 1.0 and len(cell.split()) < 4 for cell in cells) >= 0.9 * len(cells)


def _commas(asked: Asked) -> Read:
    rows = [(i, piece) for i, row in enumerate(forms.lines(asked.text), 1) for piece in _pieces(row)]
    return Read(rows, "read as names with a sign between them, more than one a line")


def _pieces(row: str) -> list[str]:
    """The names on a line, by the sign that is most often between them, else by spaces; without what is around them."""
    row = re.sub(r"^\s*\w+\s*[:=]\s*(?=\S+[,;])|[\[\](){}]", "", row.strip())
    sign = max(_BETWEEN, key=row.count)
    return [piece.strip().strip("\"'").strip() for piece in (row.split(sign) if sign in row else row.split())]


def _prose(asked: Asked) -> Read:
    return Read(forms.sentences(asked.text), "read as prose, sentence by sentence")


def _lines(asked: Asked) -> Read:
    """An entry a line, without comments and without a head."""
    rows = list(enumerate(forms.lines(asked.text), 1))
    left_out = [(line, f"begins with {sign}, as a comment does") for line, sign in _comments(rows).items()]
    out = {line for line, _ in left_out}
    kept = [(line, row) for line, row in rows if line not in out]
    first = next(((line, row) for line, row in kept if row.strip()), (0, ""))
    if len(kept) > 2 and first[1].strip().casefold() in HEADINGS:
        left_out = [(first[0], "is the head of the list"), *left_out]
        kept = [pair for pair in kept if pair != first]
    return Read(kept, left_out=sorted(left_out))


def _comments(rows: Sequence[Row]) -> dict[int, str]:
    """The lines that are comments, with the sign that they begin with: few of all, or all of them at the top."""
    filled = [(line, row.lstrip()) for line, row in rows if row.strip()]
    found: dict[int, str] = {}
    for sign in _COMMENTS:
        begun = [line for line, row in filled if row.startswith(sign)]
        if len(begun) < len(filled) and (len(begun) <= _FEW_COMMENTS * len(filled) or _on_top(begun, filled)):
            found |= dict.fromkeys(begun, sign)
    return found


def _on_top(begun: Sequence[int], filled: Sequence[Row]) -> bool:
    """Whether the first lines of all are those."""
    return bool(begun) and len(begun) <= 0.6 * len(filled) and [line for line, _ in filled[: len(begun)]] == list(begun)


SHAPES: dict[str, Shape] = {
    "json": Shape(
        lambda suffix, text: suffix.lower() in (".json", ".jsonl", ".ndjson") or structured.is_json(text), _json
    ),
    "abc": Shape(abc.is_abc, _abc),
    "html": Shape(lambda suffix, text: marked.is_html(text), _html),
    "dictionary": Shape(dictionaries.is_dictionary, _dictionary),
    "code": Shape(lambda suffix, text: suffix.lower() not in _TABLES and structured.is_code(text), _code),
    "commas": Shape(_is_commas, _commas),
    "list": Shape(lambda suffix, text: suffix.lower() not in _TABLES and marked.is_list(text), _list),
    "csv": Shape(_is_csv, _csv),
    "prose": Shape(lambda suffix, text: forms.is_prose(text), _prose),
    "lines": Shape(lambda suffix, text: True, _lines),
}
FORMS = ("lines", "csv", "prose", *(name for name in SHAPES if name not in ("lines", "csv", "prose")))
