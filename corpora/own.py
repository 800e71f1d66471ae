"""A user's own corpus: a text file with one name a line."""

import os
import re
import unicodedata
from pathlib import Path

from .cards import Card, digest
from .corpus import Corpus
from .errors import CorpusError
from .style import guess
from .tokens import tokenise

LARGEST = 4_000_000  # bytes in a file
MOST = 100_000  # names in a file
LONGEST = 64  # tokens in a name, as many as a pattern may have places

_FORM = "a corpus is a text file in UTF-8 with one name a line"
_LIMITS = f"a corpus has at most {LARGEST:,} bytes and {MOST:,} names of up to {LONGEST} characters"
# Spaces of every width: in lists copied from a page they stand for a plain one.
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def read(path: str | os.PathLike[str]) -> Corpus:
    """The corpus in a user's file; raises CorpusError.

    Names are stripped and composed (NFC). Blank lines are passed over. A line that is no name, or the same name again
    whatever its case, is left out, and `dropped` says why: a list of names is what is learned, not how often each is said.
    """
    text = _text(path)
    entries, dropped = _sift(_lines(text))
    if not entries:
        reason = f": line {dropped[0][0]} {dropped[0][1]}" if dropped else ""
        what = f"the file {_shown(path)} has no names in it{reason}"
        raise CorpusError(what, _FORM, "add some, 20 or more for names worth reading")
    if len(entries) > MOST:
        raise CorpusError(f"the file {_shown(path)} has {len(entries):,} names", _LIMITS, "give a part of it")
    return Corpus(_card(path, entries), entries, dropped)


def _text(path: str | os.PathLike[str]) -> str:
    """What stands in a file; never reads more than one byte over the limit, whatever the file says of its size."""
    try:
        with open(os.path.expanduser(path), "rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        raise CorpusError(f"the file {_shown(path)} cannot be read ({_why(error)})", _FORM, "check the path") from error
    if len(data) > LARGEST:
        raise CorpusError(f"the file {_shown(path)} is larger than {LARGEST:,} bytes", _LIMITS, "give a part of it")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(_lines(data[:error.start].decode("utf-8-sig", "replace")))
        raise CorpusError(f"the file {_shown(path)} is not UTF-8 (line {line})", _FORM, "save it as UTF-8") from error


def _lines(text: str) -> list[str]:
    """Lines as an editor counts them; `splitlines` would also end one at a form feed and at other signs."""
    return re.split(r"\r\n|\r|\n", text)


def _sift(lines: list[str]) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...]]:
    """The names in lines, each once, and the number and reason of each line that was left out."""
    first: dict[tuple[str, ...], int] = {}  # tokens -> the line that they first stood on
    entries: list[str] = []
    dropped: list[tuple[int, str]] = []
    for number, line in enumerate(lines, 1):
        if not (entry := _clean(line)):
            continue
        tokens = tokenise(entry)
        if reason := _fault(entry, tokens, first):
            dropped.append((number, reason))
        else:
            first[tokens] = number
            entries.append(entry)
    return tuple(entries), tuple(dropped)


def _clean(line: str) -> str:
    """A line as an entry: composed, without space around it and with single plain spaces within."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", line)).strip()


def _fault(entry: str, tokens: tuple[str, ...], first: dict[tuple[str, ...], int]) -> str:
    """Why an entry cannot be kept, or an empty text."""
    if not entry.isprintable():
        char = next(c for c in entry if not c.isprintable())
        return f"has a character that cannot be seen (U+{ord(char):04X})"
    if len(tokens) > LONGEST:
        return f"has {len(tokens)} characters, more than {LONGEST}"
    if not any(map(str.isalnum, entry)):
        return "has no letter or digit"
    if tokens in first:
        return f"is the same name as on line {first[tokens]}"
    return ""


def _card(path: str | os.PathLike[str], entries: tuple[str, ...]) -> Card:
    """The card of a user's file: named after it, told from others by the hash of what it holds."""
    step = max(1, len(entries) // 5)
    return Card(
        name=_name(path), title=_shown(path), line=f"names from {_shown(path)}", kind="characters", style=guess(entries[:1000]),
        source=_shown(path), licence="yours", date="", count=len(entries), sha256=digest(entries),
        samples=entries[::step][:5],
    )


def _name(path: str | os.PathLike[str]) -> str:
    """The file's stem made safe: lower-case ASCII letters and digits, hyphens between; `file` if nothing is left."""
    plain = unicodedata.normalize("NFKD", Path(path).stem).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall("[a-z0-9]+", plain))[:32].strip("-") or "file"


def _shown(path: str | os.PathLike[str]) -> str:
    """The file's name as it can be said: no folders, nothing that cannot be seen, not too long."""
    return "".join(c if c.isprintable() else "?" for c in Path(path).name)[:LONGEST] or '""'


def _why(error: Exception) -> str:
    """What the system says about a file, without the path that it repeats."""
    return (getattr(error, "strerror", None) or str(error)).lower()
