"""Notes as text: `C4` is a quarter, `F#4:0.5` an eighth, `R:2` a rest of two quarters."""

import re
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

_NOTE = re.compile(r"(?:(r)|([a-g])([#b♯♭]?)([0-8]))(?::(\d{1,3}(?:\.\d{1,6})?|\d{1,2}/\d{1,2}))?", re.IGNORECASE)
_PITCHES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
_SIGNS = {"": 0, "#": 1, "♯": 1, "b": -1, "♭": -1}


def note(text: str) -> str | None:
    """A note as it is written here: sharps only, a quarter without its length; None for what is no note.

    >>> note("Bb4:0.50"), note("e4:1"), note("r:3/2"), note("H4")
    ('A#4:0.5', 'E4', 'R:1.5', None)
    """
    found = _NOTE.fullmatch(text)
    if not found:
        return None
    rest, letter, sign, octave, length = found.groups()
    semitones = 0 if rest else _PITCHES.index(letter.upper()) + _SIGNS[sign.lower()] + 12 * int(octave)
    return _with_length("R" if rest else pitch_name(semitones), length or "1") if semitones >= 0 else None


def pitch_name(semitones: int) -> str:
    """The pitch so many semitones above C0: 48 is C4."""
    return f"{_PITCHES[semitones % 12]}{semitones // 12}"


def _with_length(pitch: str, length: str) -> str | None:
    over, _, under = length.partition("/")
    if float(over) == 0 or (under and float(under) == 0):
        return None
    quarters = f"{float(over) / float(under or 1):.4g}"
    return pitch if quarters == "1" else f"{pitch}:{quarters}"


@lru_cache(maxsize=4096)
def quarters(token: str) -> Fraction:
    """How long a note is, as its token says: a third of a quarter where that is written 0.3333.

    >>> quarters("C4"), quarters("R:1.5"), quarters("C4:0.3333")
    (Fraction(1, 1), Fraction(3, 2), Fraction(1, 3))
    """
    return Fraction(token.partition(":")[2] or "1").limit_denominator(48)


@lru_cache(maxsize=4096)
def pitch_class(token: str) -> int | None:
    """Which of the twelve pitches of an octave a note is, 0 for C; None for a rest.

    >>> pitch_class("A#4:0.5"), pitch_class("R")
    (10, None)
    """
    letters = token.partition(":")[0].rstrip("0123456789")
    return _PITCHES.index(letters) if letters in _PITCHES else None


def split(text: str) -> tuple[str, ...]:
    """The notes of a melody with spaces between them; what is no note stays as it is."""
    return tuple(note(word) or word for word in text.split())


def sought(text: str) -> tuple[str, ...]:
    """The notes that somebody seeks, with spaces between them: `C4` of whatever length, `C4:1` a quarter; a `*` stays.

    Raises ValueError for what is no note.

    >>> sought("Bb4 c4:1 R:0.50 *")
    ('A#4', 'C4:1', 'R:0.5', '*')
    """
    return tuple(word if "*" in word else _sought(word) for word in text.split())


def _sought(word: str) -> str:
    written = note(word)
    if not written:
        raise ValueError(f"{word[:16]} is no note like C4, F#4:0.5 or R:2")
    return written if ":" not in word or ":" in written else f"{written}:1"


def fits(token: str, seeking: str) -> bool:
    """Whether a note is one that somebody seeks.

    >>> fits("C4:0.5", "C4"), fits("C4:0.5", "C4:1"), fits("C4", "C4:1"), fits("C#4", "C4")
    (True, False, True, False)
    """
    return seeking in (token, token.partition(":")[0], f"{token}:1")


def write(tokens: Sequence[str]) -> str:
    """A melody as text.

    >>> write(("C4", "E4:0.5", "R"))
    'C4 E4:0.5 R'
    """
    return " ".join(tokens)
