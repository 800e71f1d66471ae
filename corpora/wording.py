"""How the words of a corpus of lines go together, as far as the corpus itself says: what makes a made-up line read as a
line."""

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

SEEN = 4  # entries with a word that never ends (begins) one, before that is no chance
BINDS = 10  # entries with a word, before it is known to bind
ENDS = 0.02  # of them at most end on a word that binds: `the`, `of`, a comma
MET = 3  # times that two words would meet by chance, before it is none that they never do


class Wording(NamedTuple):
    """Words that never begin a line, that never end one, that are nothing without what they stand with; and pairs that
    never meet."""

    never_first: frozenset[str]
    never_last: frozenset[str]
    binding: frozenset[str]
    apart: frozenset[tuple[str, str]]


def wording(lines: Sequence[Sequence[str]]) -> Wording:
    """What is learned of some lines, as tokens.

    >>> from .corpus import load
    >>> learned = wording(load("lyrics").sequences)
    >>> {"the", "of", ","} <= learned.never_last & learned.binding
    True
    >>> "me" in learned.never_first, ("a", "the") in learned.apart
    (True, True)
    """
    lines = [line for line in lines if line]
    entries = Counter(word for line in lines for word in set(line))
    first, last = Counter(line[0] for line in lines), Counter(line[-1] for line in lines)
    return Wording(
        frozenset(word for word, times in entries.items() if times >= SEEN and not first[word]),
        frozenset(word for word, times in entries.items() if times >= SEEN and not last[word]),
        frozenset(word for word, times in entries.items() if times >= BINDS and last[word] <= ENDS * times),
        frozenset(_apart(lines)),
    )


def _apart(lines: Sequence[Sequence[str]]) -> set[tuple[str, str]]:
    """Pairs of words of which the second never follows the first, though it would by chance."""
    times = Counter(word for line in lines for word in line)
    met = {pair for line in lines for pair in pairwise(line)}
    often = [word for word, n in times.most_common() if n * max(times.values()) >= MET * times.total()]
    return {(a, b) for a in often for b in often if times[a] * times[b] >= MET * times.total() and (a, b) not in met}
