"""A team's own file as a corpus: whatever its shape (see shapes.py), of characters, words or notes."""

import os
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from corpora import notes, shapes
from corpora import tokens as kinds
from corpora.cards import Card, digest
from corpora.corpus import Corpus
from corpora.decode import decode
from corpora.errors import CorpusError
from corpora.forms import Row
from corpora.style import guess
from corpora.tokens import JOINERS, JOINING, KINDS, tokenise

LARGEST = 4_000_000  # bytes in a file
MOST = 100_000  # entries in a file
LONGEST = 64  # tokens in an entry, as many as a pattern may have places
FEW = 20  # entries that make a start
LITTLE = 100  # entries from which names are worth reading
_CALLED = {"characters": "names", "words": "lines", "notes": "melodies"}

_FORM = "a corpus is a text file with one name a line, CSV, or prose"
_LIMITS = f"a corpus has at most {LARGEST:,} bytes and {MOST:,} entries of up to {LONGEST} tokens"
_ODD = ',;|/\\<>{}[]"=:_@'  # signs of tables and of code
# White space, and marks around a name: of its direction, or of the beginning of a file.
_AROUND = " \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u2028\u2029\ufeff" + (
    "\u200e\u200f\u061c\u202a\u202b\u202c\u2066\u2067\u2068\u2069"
)
_NOISE = re.compile(f"\u00ad|(?<![{JOINING}])[{JOINERS}]|[{JOINERS}](?![{JOINING}])")
TAB = "\t"
# Spaces of every width: in lists copied from a page they stand for a plain one.
_SPACES = re.compile("[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")


def read(
    path: str | os.PathLike[str],
    kind: str | None = None,
    form: str | None = None,
    column: str | int | None = None,
    encoding: str | None = None,
) -> Corpus:
    """The corpus in a user's file; raises CorpusError.

    What is not said is guessed: `kind` of tokens (characters, words, notes), `form` of the file (lines, csv, prose; a
    `column` makes it CSV), and `encoding`. Entries are stripped and composed (NFC). Blank lines are passed over. A line
    that is no entry, or the same again whatever its case, is left out, and `dropped` says why; `notes` say what was
    guessed, and that it is little.
    """
    _known("kind", kind, KINDS)
    _known("form", form, shapes.FORMS)
    text, guessed = decode(_data(path), _shown(path), encoding)
    found = shapes.read(form, shapes.Asked(text, Path(path).suffix, column, _shown(path)))
    cleaned = [(number, _clean(row)) for number, row in found.rows]
    kind = kind or found.kind or kinds.guess([entry for _, entry in cleaned if entry][:1000])
    entries, faults = _sift(cleaned, kind)
    dropped = tuple(sorted((*found.left_out, *faults)))
    _check(path, entries, dropped, kind)
    remarks = filter(None, [guessed, found.note, _odd(entries, kind), _how_few(len(entries))])
    return Corpus(_card(path, entries, kind), entries, dropped, notes=tuple(remarks))


def _known(what: str, given: str | None, there: Iterable[str]) -> None:
    if given is not None and given not in there:
        raise CorpusError(
            f"there is no {what} {given[:32]!r}",
            f"there are {', '.join(there)}",
            "give one, or none to have it guessed",
        )


def _data(path: str | os.PathLike[str]) -> bytes:
    """What stands in a file; never reads more than one byte over the limit, whatever the file says of its size."""
    try:
        with open(os.path.expanduser(path), "rb") as file:
            data = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:  # ValueError: a path with a NUL in it
        raise CorpusError(f"the file {_shown(path)} cannot be read ({_why(error)})", _FORM, "check the path") from error
    if len(data) > LARGEST:
        raise CorpusError(f"the file {_shown(path)} is larger than {LARGEST:,} bytes", _LIMITS, "give a part of it")
    return data


def _sift(rows: Iterable[Row], kind: str) -> tuple[tuple[str, ...], tuple[tuple[int, str], ...]]:
    """The entries in rows, each once, and the number and reason of each line that was left out."""
    first: dict[tuple[str, ...], int] = {}  # tokens -> the line that they first stood on
    entries: list[str] = []
    dropped: list[tuple[int, str]] = []
    for number, entry in rows:
        if not entry:
            continue
        tokens = tokenise(entry, kind)
        if reason := _fault(entry, tokens, kind, first):
            dropped.append((number, reason))
        else:
            first[tokens] = number
            entries.append(notes.write(tokens) if kind == "notes" else entry)
    return tuple(entries), tuple(dropped)


def _clean(row: str) -> str:
    """A row as an entry: composed, with single plain spaces, and without what is no part of its spelling.

    Noise are spaces and marks of direction around it, soft hyphens, and joiners where no letters join. Between letters
    that join (Persian, Sinhala) a joiner is spelling.

    >>> _clean("\\u200fדוד\\u200f") == "דוד", _clean("می\\u200cرود") == "می\\u200cرود", _clean("M\\u200cew")
    (True, True, 'Mew')
    """
    row = unicodedata.normalize("NFC", _NOISE.sub("", row))
    return _SPACES.sub(" ", row.strip(_AROUND)).strip(_AROUND)


def _fault(entry: str, tokens: tuple[str, ...], kind: str, first: dict[tuple[str, ...], int]) -> str:
    """Why an entry cannot be kept, or an empty text."""
    if char := next((c for c in entry if not c.isprintable() and c not in JOINERS), ""):
        return (
            f"has a character that cannot be seen (U+{ord(char):04X}){' (a table? --form csv)' if char == TAB else ''}"
        )
    if len(tokens) > LONGEST:
        return f"has {len(tokens)} {kind}, more than {LONGEST}"
    if not any(map(str.isalnum, entry)):
        return "has no letter or digit"
    if kind == "notes" and (wrong := [t for t in tokens if not notes.note(t)]):
        return f"has {wrong[0][:16]!r}, which is no note like C4, F#4:0.5 or R:2"
    if tokens in first:
        return f"is the same {'name' if kind == 'characters' else 'entry'} as on line {first[tokens]}"
    return ""


def _check(
    path: str | os.PathLike[str], entries: tuple[str, ...], dropped: tuple[tuple[int, str], ...], kind: str
) -> None:
    """Raises CorpusError where nothing was kept, or too much."""
    if not entries:
        reason = f": line {dropped[0][0]} {dropped[0][1]}" if dropped else ""
        what = f"the file {_shown(path)} has no names in it{reason}"
        raise CorpusError(what, _FORM, f"add some, {FEW} or more for names worth reading")
    if len(entries) > MOST:
        raise CorpusError(f"the file {_shown(path)} has {len(entries):,} entries", _LIMITS, "give a part of it")


def _odd(entries: tuple[str, ...], kind: str) -> str:
    """A note where a sign stands in most names that hardly belongs there: the file may have a shape of its own."""
    if kind != "characters" or len(entries) < 3:
        return ""
    odd = [sign for sign in _ODD if sum(sign in entry for entry in entries) > 0.5 * len(entries)]
    return (
        f"most entries have {odd[0]} in them: if that is no part of a name, say --form csv, list, code or commas"
        if odd
        else ""
    )


def _how_few(count: int) -> str:
    """A note where there is little to learn from."""
    if count < FEW:
        some = "1 entry is" if count == 1 else f"{count} entries are"
        return f"{some} too few to learn much from: {FEW} make a start, some hundreds make good names"
    return f"{count} entries are a start: some hundreds make better names" if count < LITTLE else ""


def _card(path: str | os.PathLike[str], entries: tuple[str, ...], kind: str) -> Card:
    """The card of a user's file: named after it, told from others by the hash of what it holds."""
    step = max(1, len(entries) // 5)
    return Card(
        name=_name(path),
        title=_shown(path),
        line=f"{_CALLED[kind]} from {_shown(path)}",
        kind=kind,
        style=guess(entries[:1000], kind),
        source=_shown(path),
        licence="yours",
        date="",
        count=len(entries),
        sha256=_digest(entries, kind),
        samples=entries[::step][:5],
    )


def _digest(entries: tuple[str, ...], kind: str) -> str:
    """The hash of what a model learns: of the same entries read as words it is another than as characters."""
    return digest(entries) if kind == "characters" else digest((f"#{kind}", *entries))


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
