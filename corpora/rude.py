"""What a workplace must never see: whether a text is rude, and the finite lists that say so.

Two tiers. Stems are rude wherever they stand, in the middle of a word, over spaces and signs; words are rude only as a
whole word. Both are compared after folding: no case, accents or signs, digits and look-alikes as the letters that they
stand for, y as i. A letter may be said longer than it is written: three times and more, or the first or last twice,
where other letters join. Allowed words (`Scunthorpe`) take their own letters out of it, and names of people and places
are passed over whole. A sign within a word hides nothing, and a capital within a word begins another.

The lists are made by sources/rude.py and stored folded, in rot13, so that nobody reads them by accident.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

from corpora.cards import HERE

_ACCENTS = "\u0300\u0301\u0302\u0303\u0308\u030a\u0327"  # grave, acute, circumflex, tilde, diaeresis, ring, cedilla
_REPEATED = re.compile(r"(.)\1", re.DOTALL)
OTHER = "~"  # a letter that is like none of ours
LONGER = 3  # times: a letter that is said longer than it is written
START = 3  # letters, repeats taken out, that every stem has at least: by these it is found
_USUAL = frozenset("-'’&/")  # signs between the words of real names
_MASKS = "#*%^@"  # signs that stand for a letter that is not said
_LOOKALIKES = re.compile("[@$!|+€£¢]")  # signs that are read as letters, and may be signs all the same
_MASKED = re.compile(rf"(?<=[^\W\d_])[{re.escape(_MASKS)}](?=[^\W\d_])")
FOLDER = HERE / "data" / "rude"
_READ_AS = str.maketrans(
    {
        "y": "i",
        **dict(zip("013456789@$!|+€£¢", "oieasgtbgasiitelc", strict=True)),
        **dict(zip("øðđłħıŧ", "oddlhit", strict=True)),
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        **dict(
            zip("аеорсухіѕјкмнтвαεικνορτυχ", "aeopcixisjkmhtbaeiknoptix", strict=True)
        ),  # Cyrillic and Greek look-alikes
    }
)


class Lists(NamedTuple):
    """All that is looked for, folded: stems; whole words; short words, which are rude alone and with an ending; what is
    harmless; names of people and places, which are harmless as whole words or as several in a row.

    made: what no made-up name should hold either, though real ones do (`Peacock`); no text is judged by it.
    """

    stems: tuple[str, ...]
    words: tuple[str, ...]
    short: tuple[str, ...]
    endings: tuple[str, ...]
    allowed: tuple[str, ...]
    names: tuple[str, ...]
    made: tuple[str, ...]

    @property
    def whole(self) -> list[str]:
        """All whole words, each short one with every ending."""
        return [*self.words, *self.short, *(word + ending for word in self.short for ending in self.endings)]


@cache
def lists() -> Lists:
    """The lists, read when first asked for."""
    return Lists(
        *(
            tuple(codecs.decode((FOLDER / f"{name}.txt").read_text(encoding="ascii"), "rot13").split())
            for name in Lists._fields
        )
    )


def fold(text: str) -> str:
    """The letters that a text is read as: a to z, and ~ for those of other scripts and accents; spaces and signs are
    passed over.

    >>> fold("Qüéry-1"), fold("ひ"), fold("š")
    ('querii', '~', '~')
    """
    text = text.lower() if text.isascii() else "".join(map(_bare, unicodedata.normalize("NFC", text).casefold()))
    read = "".join(OTHER if char > "~" and char.isalpha() else char for char in text.translate(_READ_AS))
    return "".join(char for char in read if "a" <= char <= "z" or char == OTHER)


@cache
def _bare(char: str) -> str:
    """A letter without the accent that one of our languages writes on it; one with another accent is another letter."""
    letter, *marks = unicodedata.normalize("NFKD", char)
    accented = any(unicodedata.category(mark) == "Mn" for mark in marks)
    return (
        OTHER
        if accented and "".join(marks) not in _ACCENTS
        else letter + "".join(mark for mark in marks if mark not in _ACCENTS)
    )


def bounds(char: str) -> bool:
    """Whether a whole word ends at a character: at all that is no letter, digit or mark, nor read as a letter.

    >>> [bounds(char) for char in "-'a$"]
    [True, True, False, False]
    """
    return not (char.isalnum() or unicodedata.category(char)[0] == "M" or fold(char))


def is_rude(text: str) -> bool:
    """Whether a text must not be shown at work.

    >>> is_rude("Scunthorpe"), is_rude("Pikachu"), is_rude("MibbitChat")
    (False, False, False)
    """
    text = _without_joints(text)
    words = _without_names(list(_words_of(text)))
    pieces = [fold(word) for word in words]
    return any(map(_is_rude, {*words, *(set(_spelt_out(pieces)) - set(pieces))})) or _hides(text)


def _is_rude(word: str) -> bool:
    found = _Runs.of(fold(word))
    return _holds_stem(found, _inside(word)) or _is_listed(fold(word), found)


def _without_joints(text: str) -> str:
    """A text without characters that take no room (zero-width spaces and joiners, soft hyphens)."""
    return text if text.isascii() else "".join(char for char in text if unicodedata.category(char) != "Cf")


def _without_names(words: list[str]) -> list[str]:
    """Words without the names of people and places among them, of one word or of up to three."""
    kept, at = [], 0
    while at < len(words):
        size = next((size for size in (3, 2, 1) if fold("".join(words[at : at + size])) in _names()), 0)
        kept += [] if size else [words[at]]
        at += size or 1
    return kept


def _words_of(text: str) -> Iterator[str]:
    """The words of a text. A ! that ends a word is a sign; within one it is read as a letter."""
    ended = "".join(" " if char == "!" and not text[i + 1 : i + 2].isalnum() else char for i, char in enumerate(text))
    for bound, chars in groupby(ended, bounds):
        word = "".join(chars)
        if not bound and not fold(word).isdecimal() and not word.isdecimal():  # a number is no word
            yield word


def _spelt_out(pieces: list[str]) -> Iterator[str]:
    """What words make together where single letters stand among them (`d u l l`); others are no word together (`push
    it`)."""
    joined = ""
    for before, piece in zip(["", *pieces], pieces, strict=False):
        if joined and 1 not in (len(before), len(piece)):
            yield joined
            joined = ""
        joined += piece
    yield joined


def holds_stem(text: str) -> bool:
    """Whether some word of a text has a stem in it, wherever it stands: what no letters before or after make better."""
    text = _without_joints(text)
    words = _without_names(list(_words_of(text)))
    return any(_holds_stem(_Runs.of(fold(word)), _inside(word)) for word in words) or _hides(text)


def _holds_stem(found: "_Runs", inside: dict[int, bool]) -> bool:
    """Whether a word holds a stem, given the places at which another word begins in it (see _inside)."""
    return any(not _is_allowed(span, found) and not _is_by_chance(span, inside, found) for span in _stems_in(found))


def _stems_in(found: "_Runs") -> Iterator[tuple[int, int]]:
    """Where stems stand."""
    for at in range(len(found.letters) - START + 1):
        for stem in _stems().get(found.letters[at : at + START], ()):
            yield from found.spans(stem, at)


def _inside(word: str) -> dict[int, bool]:
    """Where a capital begins another word within one (`MibbitChat`), as places among its letters without repeats; and
    whether the words on both sides are ones that everybody knows."""
    capitals = [i for i in range(1, len(word)) if word[i - 1].islower() and word[i].isupper()]
    if not capitals:
        return {}
    from corpora.english import common

    parts = [word[begin:end].lower() for begin, end in zip([0, *capitals], [*capitals, len(word)], strict=True)]
    known = [part in common() for part in parts]
    places = [len(_Runs.of(fold(word[:at])).letters) for at in capitals]
    return {place: known[i] and known[i + 1] for i, place in enumerate(places)}


def _is_by_chance(span: tuple[int, int], inside: dict[int, bool], found: "_Runs") -> bool:
    """Whether a stem stands there only because two words meet: it begins and ends in the middle of them, or both are
    words that everybody knows (`BitCheck`)."""
    crossed = [place for place in inside if span[0] < place < span[1]]
    if not crossed:
        return False
    edges = {0, len(found.letters), *inside}
    return all(inside[place] for place in crossed) or not edges.intersection(span)


def _hides(text: str) -> bool:
    """Whether signs within a word hide a rude one: between its letters (`d.ull`) or in place of a vowel (`d#ll`)."""
    for chunk in text.split():
        if chunk.isalnum():
            continue
        if _is_parted(chunk) or _is_parted(_LOOKALIKES.sub(".", chunk)):
            return True
        if any(_is_whole(filled, to_the_end="@" in chunk) for filled in _filled(chunk)):
            return True
    return False


def _is_parted(chunk: str) -> bool:
    """Whether letters are rude together that signs part, from the beginning of a part; to the end of one, if the signs
    are such as real names have (`Jean-Luc`)."""
    parts, signs = [], ""
    for bound, chars in groupby(chunk, bounds):
        piece = "".join(chars)
        signs += piece.strip() if bound else ""
        parts += [] if bound else [fold(piece)]
    parts = [part for part in parts if part]
    if len(parts) < 2:
        return False
    found = _Runs.of("".join(parts))
    edges = {0, *(len(_Runs.of("".join(parts[:i])).letters) for i in range(1, len(parts) + 1))}
    usual = set(signs) <= _USUAL
    for begin, end in _stems_in(found):
        crosses = any(begin < edge < end for edge in edges)
        if crosses and begin in edges and (not usual or end in edges) and not _is_allowed((begin, end), found):
            return True
    return not usual and _among(found, _words())


def _filled(chunk: str) -> Iterator[str]:
    """A word with each vowel in the place of its signs, if those stand between letters."""
    if _MASKED.search(chunk) and sum(char in _MASKS for char in chunk) <= 3:
        for vowel in "aeiou":
            yield _MASKED.sub(vowel, chunk)


def _is_whole(word: str, to_the_end: bool) -> bool:
    """Whether a word is rude from its beginning, if need be to its end, and no name."""
    for piece in map(fold, _words_of(word)):
        found = _Runs.of(piece)
        least = len(found.letters) if to_the_end else 0
        if piece not in _names() and (
            _is_listed(piece, found) or any(begin == 0 and end >= least for begin, end in _stems_in(found))
        ):
            return True
    return False


def _is_listed(word: str, found: "_Runs") -> bool:
    return (_among(found, _words()) or _is_coined(word, found)) and not _is_allowed((0, len(found.letters)), found)


def _is_coined(word: str, found: "_Runs") -> bool:
    """Whether a word is a short one with an ending."""
    if not any(found.letters[:at] in _short() for at in range(2, len(found.letters) + 1)):
        return False
    parts = ((_Runs.of(word[:at]), _Runs.of(word[at:])) for at in range(2, len(word) + 1))
    return any(_among(short, _short()) and _among(ending, _endings()) for short, ending in parts)


def _is_allowed(span: tuple[int, int], found: "_Runs") -> bool:
    """Whether what stands there is part of an allowed word."""
    return any(first <= span[0] and span[1] <= last for word in _allowed() for first, last in found.spans(word))


def _among(found: "_Runs", listed: dict[str, list["_Runs"]]) -> bool:
    """Whether a word is listed, or a listed one said longer."""
    return any(found.at(0, other) for other in listed.get(found.letters, ()))


class _Runs(NamedTuple):
    """A folded text without repeats, and how often each letter stands in a row."""

    letters: str
    counts: tuple[int, ...]

    @classmethod
    def of(cls, folded: str) -> "_Runs":
        """The runs of a folded text.

        >>> _Runs.of("debugger")
        _Runs(letters='debuger', counts=(1, 1, 1, 1, 2, 1, 1))
        """
        if not _REPEATED.search(folded):  # as nearly all are
            return cls(folded, (1,) * len(folded))
        counts, last = [], ""
        for letter in folded:
            if letter == last:
                counts[-1] += 1
            else:
                counts.append(1)
            last = letter
        return cls("".join(letter for i, letter in enumerate(folded) if letter != folded[i - 1 : i]), tuple(counts))

    def at(self, place: int, other: "_Runs") -> bool:
        """Whether the letters from a place on are those of the other: each as often, or said longer."""
        said, last = self.counts[place:], len(other.counts) - 1
        return all(
            said[i] == asked or said[i] >= (max(asked, LONGER) if 0 < i < last else asked)
            for i, asked in enumerate(other.counts)
        )

    def spans(self, other: "_Runs", first: int = 0) -> Iterator[tuple[int, int]]:
        """Where the other stands in this one, from a place on."""
        place = self.letters.find(other.letters, first)
        while place >= 0:
            if self.at(place, other):
                yield place, place + len(other.letters)
            place = self.letters.find(other.letters, place + 1)


@cache
def _stems() -> dict[str, list[_Runs]]:
    """The stems by their first letters."""
    return _grouped(lists().stems, lambda runs: runs.letters[:START])


@cache
def _allowed() -> tuple[_Runs, ...]:
    return tuple(map(_Runs.of, lists().allowed))


@cache
def _names() -> frozenset[str]:
    return frozenset(lists().names)


@cache
def _words() -> dict[str, list[_Runs]]:
    return _grouped(lists().words)


@cache
def _short() -> dict[str, list[_Runs]]:
    return _grouped(lists().short)


@cache
def _endings() -> dict[str, list[_Runs]]:
    return _grouped(("", *lists().endings))


def _grouped(listed: Iterable[str], by: Callable[[_Runs], str] = lambda runs: runs.letters) -> dict[str, list[_Runs]]:
    found: dict[str, list[_Runs]] = {}
    for runs in map(_Runs.of, listed):
        found.setdefault(by(runs), []).append(runs)
    return found
