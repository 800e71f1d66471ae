"""What a user's file says, whatever it was written in.

A library that guesses encodings would cost its import and its wheels for files that are rare by now: UTF-8 proves itself,
UTF-16 shows its mark or its zeros, Windows-1252 is the likeliest of the others, and whoever knows better says so.
"""

import codecs

from .errors import CorpusError

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
          codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\f\r")
_FORM = "a corpus is a text file"


def decode(data: bytes, shown: str, encoding: str | None = None) -> tuple[str, str]:
    """The text in these bytes of a file that is `shown` in errors, and a note if it took a guess; raises CorpusError."""
    if encoding:
        return _as(data, encoding, shown), ""
    for mark, marked in _MARKS.items():
        if data.startswith(mark):
            return _as(data, marked, shown), ""
    try:
        return data.decode("utf-8"), ""
    except UnicodeDecodeError as error:
        return _guessed(data, shown, 1 + data[:error.start].count(b"\n"))


def _as(data: bytes, encoding: str, shown: str) -> str:
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except LookupError as error:  # also what is a codec of bytes, such as base64
        raise CorpusError(f"no encoding is called {encoding[:32]!r}", "one is a name like utf-8, cp1252 or shift_jis", "give another") from error
    except UnicodeError as error:
        raise CorpusError(f"the file {shown} is not {encoding[:32]}", _FORM, "give its encoding, or save it as UTF-8") from error


def _guessed(data: bytes, shown: str, line: int) -> tuple[str, str]:
    """The text of bytes that are not UTF-8 from a line on, and a note that says what was taken for what."""
    zeros = [data[i::2].count(0) for i in (0, 1)]
    if max(zeros) * 5 > len(data) * 2 and len(data) % 2 == 0:
        encoding, called = ("utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"), "UTF-16"
    elif _CONTROLS.intersection(data):
        raise CorpusError(f"the file {shown} is no text (line {line})", _FORM, "save it as UTF-8")
    else:
        encoding, called = "cp1252", "Windows-1252"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CorpusError(f"the file {shown} is not UTF-8 (line {line})", _FORM, "give its encoding, or save it as UTF-8") from error
    return text, f"not UTF-8 (line {line}), read as {called}: if letters look wrong, give its encoding"
