"""The text of a user's file, whatever encoding it is in.

UTF-8 proves itself, UTF-16 shows its mark or its zeros, Windows-1252 is the likeliest of the others, and a person who
knows better says so. charset-normalizer (3.5.3: kept up, MIT, 12 ms of import, 2 MB) was tried on 18 short lists of
names: it knows Cyrillic, but reads French names as Polish, Turkish ones as Baltic, Hebrew as Cyrillic, and Zoë as Zoы.
Names are too short for its statistics, so a guess is said to be one instead.
"""

import codecs

from corpora.errors import CorpusError

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# The first bytes of files that are no text, and what such a file is.
_OTHER_FILES = {
    b"PK\x03\x04": "a workbook or another zip",
    b"\xd0\xcf\x11\xe0": "an old workbook or document",
    b"%PDF": "a PDF",
    b"{\\rtf": "a document in rich text",
    b"\x1f\x8b": "compressed",
    b"SQLite format 3": "a database",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r")
_FORM = "a corpus is a text file"
_LIKELY = (
    "--encoding cp1251 (Cyrillic), cp1253 (Greek), cp1255 (Hebrew), cp1256 (Arabic), shift_jis, gbk, big5 or euc_kr"
)
_OTHERWISE = "give its encoding, or save it as UTF-8"


def decode(data: bytes, shown: str, encoding: str | None = None) -> tuple[str, str]:
    """The text in these bytes of a file that is `shown` in errors, and a note if it took a guess; raises
    CorpusError."""
    for begins, other in _OTHER_FILES.items():
        if data.startswith(begins):
            raise CorpusError(f"the file {shown} is no text but {other}", _FORM, "save it as CSV or as plain text")
    if encoding:
        return _as(data, encoding, shown), ""
    for mark, marked in _MARKS.items():
        if data.startswith(mark):
            return _as(data, marked, shown), ""
    if wide := _wide(data):
        return _as(data, wide, shown), _note("UTF-16")
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        text = _western(data, shown, 1 + data[: error.start].count(b"\n"))
        return text, _note("Windows-1252") + (f", such as {_LIKELY}" if _is_foreign(text) else "")


def _is_foreign(text: str) -> bool:
    """Whether most letters are accented ones: so reads another alphabet than the Latin one."""
    letters = [char for char in text if char.isalpha()]
    return sum(not char.isascii() for char in letters) > 0.4 * len(letters)


def _as(data: bytes, encoding: str, shown: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError as error:  # also what is a codec of bytes, such as base64
        what = f"no encoding is called {encoding[:32]!r}"
        raise CorpusError(what, "one is a name like utf-8, cp1252 or shift_jis", "give another") from error
    except UnicodeError as error:
        raise CorpusError(f"the file {shown} is not {encoding[:32]}", _FORM, _OTHERWISE) from error


def _wide(data: bytes) -> str:
    """The UTF-16 that bytes without a mark are in: every other one is zero, or most are, as in any text of Latin
    letters."""
    zeros = [data[i::2].count(0) for i in (0, 1)]
    if len(data) < 8 or len(data) % 2 or max(zeros) * 5 <= len(data) * 2:
        return ""
    return "utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"


def _western(data: bytes, shown: str, line: int) -> str:
    """The text of bytes that are not UTF-8 from a line on, taken for Windows-1252."""
    if _CONTROLS.intersection(data):
        raise CorpusError(f"the file {shown} is not text (line {line})", _FORM, "save it as UTF-8")
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise CorpusError(f"the file {shown} is not UTF-8 (line {line})", _FORM, _OTHERWISE) from error


def _note(called: str) -> str:
    return f"not UTF-8, read as {called}: if letters look wrong, give its encoding"
