"""The best few of many draws, unlike one another: what `generate` gives.

A pool of draws is scored (see score), and from the best on each is taken unless something is wrong with it (see
faults). Where that leaves too few, those with the least wrong come next. So a list is varied, is full where enough
names fit, and is the same for the same seed.

The best of all names come up in nearly every pool, and would be in nearly every list: the likelihood trap (Zhang et al.
2021). So names take turns: one that comes up with probability p has its turn in a list with RARE / (RARE + p), and
without it stands behind all others.
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
from bot.names.score import totals
from bot.names.scoring import judge
from bot.names.screen import Screen

if TYPE_CHECKING:
    import numpy

    from generator.training.train import Model

DRAWS = 100  # for each name
DRAWS_OF_LINES = 40  # for each line: of so many words a likelihood takes long
MOST_DRAWS = 20_000
RARE = 1e-5  # a name no likelier than that comes up too seldom to tire anybody
# Entries: a smaller corpus has fewer good names, which come again sooner, by the cube of how much smaller it is
SMALL = 500
RARE_LINE = 1e-3  # lines and tunes are so many that only what stands in nearly every pool need wait


class Chosen(NamedTuple):
    """The names chosen, best first, and how many draws they were chosen from."""

    found: tuple[generator.Found, ...]
    draws: int


def choose(
    request: NamesQuery,
    library: Library,
    model: Model,
    constraint: generator.Constraint,
    seed: int,
    shown: Collection[str],
    screen: Screen,
    turns: bool = True,
) -> Chosen:
    """The best few of the draws of a seed, none of those that were shown; without `turns` whatever is best. Raises
    generator.Tangled."""
    size = min((DRAWS_OF_LINES if library.kind(request.corpus) == "words" else DRAWS) * request.count, MOST_DRAWS)
    pool = generator.pool(model, constraint, size, seed, library.known(request.corpus), request.count + len(shown))
    if not len(pool.ids):
        return Chosen((), 0)
    total, ranked = _ranked(pool, request, library, model, seed if turns else None)
    tokens = _spelt(pool)
    seen, write = set(map(identity.key, shown)), library.corpus(request.corpus).write
    fresh = (place for place in ranked if not (seen and identity.key(write(tokens(place))) in seen))
    faults = Faults(library, request.corpus, shown, screen)
    places = pick(
        fresh, request.count, lambda place, most: faults(tokens(place), most), lambda place: faults.take(tokens(place))
    )
    best_first = sorted(places, key=lambda place: (-total[place], place))
    return Chosen(tuple(generator.Found(tokens(place), None) for place in best_first), len(pool.ids))


def _ranked(
    pool: generator.Sample, request: NamesQuery, library: Library, model: Model, seed: int | None
) -> tuple[list[float], list[int]]:
    """The scores of a pool's names, and their places, the best first of those whose turn it is, then of the others;
    ties as they were drawn.

    Without a seed it is everybody's turn.
    """
    import numpy

    judged, lengths = judge(request, library), (pool.ids >= 0).sum(axis=1)
    total = totals(judged.reference, judged.nats(pool.ids, pool.vocabulary), pool.ids, pool.vocabulary.tokens)
    prob = (
        numpy.exp(generator.token_nats(model, pool.ids) * (lengths + 1))
        if seed is not None
        else numpy.zeros(len(total))
    )
    return total.tolist(), numpy.lexsort(
        (-total, waits(prob, rare(request, library), numpy.random.default_rng(seed)))
    ).tolist()


def waits(prob: numpy.ndarray, rare: float, rng: numpy.random.Generator) -> numpy.ndarray:
    """Which names have no turn, bool (n,), by their probabilities."""
    return rng.random(len(prob)) * (rare + prob) >= rare


def rare(request: NamesQuery, library: Library) -> float:
    """How probable a name may be that has its turn in every other list; whoever wants tame names wants likely ones."""
    corpus = library.corpus(request.corpus)
    sooner = max((SMALL / max(len(corpus.entries), 1)) ** 3, 1.0)
    return (RARE * sooner if library.kind(request.corpus) == "characters" else RARE_LINE) ** request.wild


def _spelt(pool: generator.Sample) -> Callable[[int], Sequence[str]]:
    """The tokens of a pool's name, by its place."""

    @cache
    def tokens(place: int) -> Sequence[str]:
        ids = pool.ids[place]
        return pool.vocabulary.decode(ids[ids >= 0].tolist())

    return tokens


def pick(
    candidates: Iterable[int], count: int, fault: Callable[[int, int], int], take: Callable[[int], None]
) -> list[int]:
    """At most so many candidates, which come best first: those without a fault, then those with the least, until there
    are enough.

    `fault` is told how grave a fault may be for now, and how grave a candidate's is may grow with what is taken.

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
