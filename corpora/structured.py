"""Data as programs write it: JSON, one object a line too, and lists in the code of PHP, Python and others."""

import json
import re
from collections.abc import Iterator
from typing import Any

from corpora.columns import Table

_COMMENT = re.compile(r"^\s*(?:/{2}|#|--).*$|/\*[\s\S]*?\*/|<\?php|\?>", re.MULTILINE)
_QUOTED = re.compile(r"""(?<!\w)(['"])((?:\\.|(?!\1)[^\\\n])*)\1""")
_PAIR = re.compile(rf"{_QUOTED.pattern}\s*(?:=>|:)\s*(?:(['\"])((?:\\.|(?!\3)[^\\\n])*)\3|(-?[\d.]+))")


def is_json(text: str) -> bool:
    """Whether a text is JSON with texts in it, or has an object or a list on each line.

    >>> is_json('["Mew"]'), is_json("[back] Mew"), is_json('{"name": "Mew"}\\n{"name": "Muk"}')
    (True, False, True)
    """
    if text.lstrip()[:1] not in ("[", "{"):
        return False
    try:
        _data(text)
        return True
    except (ValueError, RecursionError):
        return False


def of_json(text: str) -> Table:
    """The texts in JSON: those of its lists, or, if it is made of objects, a table with a column a key."""
    data = _data(text)
    records = _records(data)
    if records:
        keys = list(dict.fromkeys(key for record in records for key in record))
        rows = [keys, *([_said(record.get(key)) for key in keys] for record in records)]
        return Table(_placed(rows, text), True)
    if isinstance(data, list) and len(data) > 1 and all(isinstance(row, list) for row in data):
        return Table(_placed([[_said(cell) for cell in row] for row in data], text))
    if pairs := _pairs(data):
        return Table(_placed(pairs, text), False)
    return Table(_placed([[entry] for entry in _texts(data)], text), False)


def _data(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        rows = [json.loads(row) for row in text.splitlines() if row.strip()]
        if not all(isinstance(row, (dict, list, str)) for row in rows):
            raise
        return rows


def _lists(data: Any) -> Iterator[list]:
    """All lists in some data, wherever they stand."""
    if isinstance(data, list):
        yield data
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from _lists(inner)


def _records(data: Any) -> list[dict]:
    """The objects of the longest list of objects, what is nested in them beside it; columns that are lists, as
    objects."""
    longest = max(
        (found for found in _lists(data) if found and all(isinstance(one, dict) for one in found)), key=len, default=[]
    )
    if longest:
        return [_flat(record) for record in longest]
    columns = data if isinstance(data, dict) else {}
    same = len({len(column) for column in columns.values() if isinstance(column, list)}) == 1
    if len(columns) > 1 and same and all(isinstance(column, list) for column in columns.values()):
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    return []


def _flat(record: dict, before: str = "") -> dict:
    """An object without objects in it: `name.en` for what was nested."""
    flat: dict = {}
    for key, value in record.items():
        flat |= _flat(value, f"{before}{key}.") if isinstance(value, dict) else {f"{before}{key}": value}
    return flat


def _pairs(data: Any) -> list[list[str]]:
    """The keys and values of an object that has a single text or number for each of many keys, in two columns."""
    if not isinstance(data, dict):
        return []
    if len(data) == 1:
        return _pairs(next(iter(data.values())))
    plain = all(isinstance(value, (str, int, float)) for value in data.values())
    return [[key, _said(value)] for key, value in data.items()] if plain else []


def _texts(data: Any) -> list[str]:
    """The texts in all lists."""
    return [entry for found in _lists(data) for entry in found if isinstance(entry, str)]


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ",".join(map(_said, value))
    return value if isinstance(value, str) else "" if value is None else str(value)


def _placed(rows: list[list[str]], text: str) -> list[tuple[int, list[str]]]:
    """Rows with the line that each stands on, as far as its first text is found there."""
    placed, at, line = [], 0, 1
    for row in rows:
        where = [text.find(f'"{cell}"', at) for cell in row if cell]
        found = min((place for place in where if place >= 0), default=at)
        line, at = line + text.count("\n", at, found), found
        placed.append((line, row))
    return placed


def is_code(text: str) -> bool:
    """Whether a text is a list in some code: quoted texts, and little but signs around them.

    >>> is_code("return ['Mew', 'Muk', 'Seel'];"), is_code('"Go," he said. "Now?" "No," said Tom.')
    (True, False)
    """
    bare = _COMMENT.sub("", text[:200_000])
    quoted = [found[2] for found in _QUOTED.finditer(bare)]
    rest = _QUOTED.sub("", bare)
    if len(quoted) < 3 or not re.search(r"[\[({]", rest):
        return False
    return sum(map(str.isalpha, rest)) <= 40 + 0.1 * len("".join(quoted)) and rest.count(",") >= 0.5 * len(quoted) - 1


def of_code(text: str) -> Table:
    """The quoted texts of a list in some code; keys and values in two columns."""
    bare = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    pairs = [(found.start(), [_bare(found[2]), _bare(found[4] or found[5] or "")]) for found in _PAIR.finditer(bare)]
    quoted = [(found.start(), [_bare(found[2])]) for found in _QUOTED.finditer(bare)]
    rows = pairs if len(pairs) * 2 >= 0.8 * len(quoted) and len(pairs) > 2 else quoted
    found, line, counted = [], 1, 0
    for at, row in rows:
        line, counted = line + bare.count("\n", counted, at), at
        found.append((line, row))
    return Table(found, False)


def _bare(quoted: str) -> str:
    """A quoted text without the signs that keep its quotation marks."""
    return re.sub(r"\\(.)", r"\1", quoted)
