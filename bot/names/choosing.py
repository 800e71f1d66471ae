"""The best few of many draws, unlike one another: what `generate` gives.

A pool of draws is scored (see score). From the best on, each name without a fault is taken (see faults), then those
with the least faults until the list is full. So a list is varied, is full if enough names fit, and is the same for the
same seed.

The best names are drawn into nearly every pool, and would be in nearly every list: the likelihood trap (Zhang et al.
2021). So names take turns. A name of probability p has its turn with probability RARE / (RARE + p); without a turn it
comes after all others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import generator
from bot.commands.queries import NamesQuery
from bot.names import identity
from bot.names.faults import NEVER, Faults
from bot.names.library import Library
from bot.names.profanity import ProfanityFilter
from bot.names.score import totals
from bot.names.scoring import judge

if TYPE_CHECKING:
    import numpy

    from generator.training.train import Model

DRAWS = 100  # for each name
DRAWS_OF_LINES = 40  # for each line: the likelihood of many words takes long
MOST_DRAWS = 20_000
RARE = 1e-5  # a rarer name is drawn too seldom to tire anybody
SMALL = 500  # entries: a smaller corpus has fewer good names, which return sooner by the cube of the ratio
RARE_LINE = 1e-3  # lines and tunes are so many that only those in nearly every pool need wait


class Chosen(NamedTuple):
    """The chosen names, best first, and the number of draws that they were chosen from."""

    found: tuple[generator.Found, ...]
    draws: int


def choose(
    query: NamesQuery,
    library: Library,
    model: Model,
    constraint: generator.Constraint,
    seed: int,
    shown: Collection[str],
    filter: ProfanityFilter,
    turns: bool = True,
) -> Chosen:
    """The best few of the draws of a seed, without those that were shown. Raises generator.Tangled.

    Without `turns` the best names come in every list.
    """
    draws = DRAWS_OF_LINES if library.kind(query.corpus) == "words" else DRAWS
    size = min(draws * query.count, MOST_DRAWS)
    pool = generator.pool(model, constraint, size, seed, library.known(query.corpus), query.count + len(shown))
    if not len(pool.ids):
        return Chosen((), 0)
    total, ranked = _ranked(pool, query, library, model, seed if turns else None)
    tokens = _decoder(pool)
    seen, write = set(map(identity.key, shown)), library.corpus(query.corpus).write
    unseen = (place for place in ranked if not (seen and identity.key(write(tokens(place))) in seen))
    faults = Faults(library, query.corpus, shown, filter)
    places = pick(
        unseen, query.count, lambda place, most: faults(tokens(place), most), lambda place: faults.take(tokens(place))
    )
    best_first = sorted(places, key=lambda place: (-total[place], place))
    return Chosen(tuple(generator.Found(tokens(place), None) for place in best_first), len(pool.ids))


def _ranked(
    pool: generator.Sample, query: NamesQuery, library: Library, model: Model, seed: int | None
) -> tuple[list[float], list[int]]:
    """The scores of a pool's names, and their places: first the names with a turn, best first, then the others; ties
    keep the order of drawing.

    Without a seed every name has its turn.
    """
    import numpy

    judged = judge(query, library)
    total = totals(judged.reference, judged.nats(pool.ids, pool.vocabulary), pool.ids, pool.vocabulary.tokens)
    if seed is None:
        return total.tolist(), numpy.argsort(-total, kind="stable").tolist()
    prob = numpy.exp(generator.token_nats(model, pool.ids) * ((pool.ids >= 0).sum(axis=1) + 1))
    waiting = waits(prob, rare(query, library), numpy.random.default_rng(seed))
    return total.tolist(), numpy.lexsort((-total, waiting)).tolist()


def waits(prob: numpy.ndarray, rare: float, rng: numpy.random.Generator) -> numpy.ndarray:
    """The names that have no turn, drawn by their probabilities: bool (n,)."""
    return rng.random(len(prob)) * (rare + prob) >= rare


def rare(query: NamesQuery, library: Library) -> float:
    """The probability of a name that has its turn in every other list; for tame queries it is greater."""
    corpus = library.corpus(query.corpus)
    sooner = max((SMALL / max(len(corpus.entries), 1)) ** 3, 1.0)
    return (RARE * sooner if library.kind(query.corpus) == "characters" else RARE_LINE) ** query.wild


def _decoder(pool: generator.Sample) -> Callable[[int], Sequence[str]]:
    """A function that gives the tokens of the name at a place of a pool."""

    @cache
    def tokens(place: int) -> Sequence[str]:
        ids = pool.ids[place]
        return pool.vocabulary.decode(ids[ids >= 0].tolist())

    return tokens


def pick(
    candidates: Iterable[int], count: int, fault: Callable[[int, int], int], take: Callable[[int], None]
) -> list[int]:
    """The first `count` candidates: those without a fault, then those with the least grave faults.

    `fault` gives the gravity of a candidate's fault, which may grow with the list, or stops looking beyond the gravity
    that is allowed now.

    >>> pick([4, 7, 5, 6], 3, lambda n, most: n % 2, lambda n: None)
    [4, 6, 7]
    """
    chosen: list[int] = []
    for most in range(NEVER):
        passed = []
        for place in candidates:
            if len(chosen) == count:
                return chosen
            if fault(place, most) > most:
                passed.append(place)
            else:
                take(place)
                chosen.append(place)
        candidates = passed
    return chosen
