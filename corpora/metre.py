"""What metre the tunes of a corpus are in, and what they end on, as far as the corpus itself says: a team's own tunes
get their own.

A tune is in a signature if its bars add up from its first note on: no note crosses a bar line, and the last bar is
whole. An upbeat is no part of it. Notes alone do not tell it from a first beat, and of the shelf's 234 phrases 188 add
up without and only nine more with one.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import NamedTuple

from corpora import notes
from corpora.corpus import Corpus

# How many quarters a bar has, and a beat that no note begins within and goes on after: in 6/8 there are two in a bar,
# else a bar is one.
SIGNATURES = {
    "6/8": (Fraction(3), Fraction(3, 2)),
    "4/4": (Fraction(4), Fraction(4)),
    "3/4": (Fraction(3), Fraction(3)),
    "2/4": (Fraction(2), Fraction(2)),
}
# Of the tunes are in metre, else the corpus has none: where all notes are quarters, two thirds add up by chance
ENOUGH = 0.75
SOME = 0.05  # of the tunes, and two at least, are what makes a signature or a last note one of the corpus's
FINEST = 48  # ticks of a quarter: sixteenths of it, and thirds of those
LONGER = 10_000  # ticks, than any bar
_MAJOR, _MINOR = {0, 2, 4, 5, 7, 9, 11}, {0, 2, 3, 5, 7, 8, 10}


class Metre(NamedTuple):
    """The signatures that the tunes of a corpus are in, the most usual first, none where they are in none; and their
    tonics, 0 for C."""

    signatures: tuple[str, ...]
    tonics: frozenset[int]
    ticks: int  # that a quarter has


def learned(corpus: Corpus) -> Metre:
    """What is learned of a corpus of notes.

    >>> from .corpus import load
    >>> metre = learned(load("piano"))
    >>> metre.signatures, sorted(metre.tonics), metre.ticks
    (('4/4', '3/4'), [0, 9], 4)
    """
    return Metre(_signatures(corpus.sequences), _tonics(corpus), _ticks(corpus.sequences))


def adds_up(tune: Sequence[str], signature: str) -> bool:
    """Whether a tune is in a signature from its first note on.

    >>> adds_up(("C4:2", "D4"), "3/4"), adds_up(("C4:2", "D4:2"), "3/4"), adds_up(("C4:0.5", "D4:1.5", "E4"), "6/8")
    (True, False, False)
    """
    bar, beat = (int(quarters * FINEST) for quarters in SIGNATURES[signature])
    at = 0
    for token in tune:
        ends = at + _length(token)
        if ends > bar or (at % beat and ends > at - at % beat + beat):
            return False
        at = ends % bar
    return at == 0


@lru_cache(maxsize=4096)
def _length(token: str) -> int:
    """How long a note is, in the finest ticks; longer than any bar where it is no whole number of them."""
    ticks = notes.quarters(token) * FINEST
    return int(ticks) if ticks == int(ticks) else LONGER


def _signatures(tunes: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The fewest signatures that most tunes are in: the one with the most, then the one with the most of the others,
    and so on."""
    left, found = set(range(len(tunes))), []
    inside = {name: {i for i in left if adds_up(tunes[i], name)} for name in SIGNATURES}
    while len(most := max(inside.values(), key=lambda these: len(these & left)) & left) >= _some(tunes):
        found.append(next(name for name, these in inside.items() if these & left == most))
        left -= most
    return tuple(found) if len(left) <= (1 - ENOUGH) * len(tunes) else ()


def _some(things: Sequence) -> float:
    return max(2, SOME * len(things))


def _tonics(corpus: Corpus) -> frozenset[int]:
    """The pitches that tunes end on whose scale, major or minor, is theirs: of C, G and A those of C major and A minor,
    which are one scale."""
    lasts = [
        last
        for tune in _whole(corpus)
        if (last := next(filter(_sounding, map(notes.pitch_class, reversed(tune))), None)) is not None
    ]
    used = Counter(pitch for tune in corpus.sequences for pitch in map(notes.pitch_class, tune) if pitch is not None)
    often = [pitch for pitch, times in Counter(lasts).items() if times >= _some(lasts)]
    fits = {
        tonic: max(sum(used[(tonic + step) % 12] for step in scale) for scale in (_MAJOR, _MINOR)) for tonic in often
    }
    return frozenset(tonic for tonic, fit in fits.items() if fit == max(fits.values()))


def _sounding(pitch: int | None) -> bool:
    return pitch is not None


def _whole(corpus: Corpus) -> Iterable[Sequence[str]]:
    """The last phrase of each tune: each tune where nothing says what it is from."""
    if not corpus.origins:
        return corpus.sequences
    return dict(zip(corpus.origins, corpus.sequences, strict=True)).values()


def _ticks(tunes: Sequence[Sequence[str]]) -> int:
    """Into how many ticks a quarter falls, so that each length that two tunes have is a whole number of them; none are
    finer than FINEST."""
    having = Counter(length for tune in tunes for length in {notes.quarters(token).denominator for token in tune})
    return lcm(2, *(under for under, times in having.items() if times >= 2 and FINEST % under == 0))
