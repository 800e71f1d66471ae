"""Names a second of large draws, beside the walk of a compiled markovify chain, turn by turn in the same process."""

import statistics
import time
from collections.abc import Callable, Iterator

import numpy as np

import generator
from benchmarks.completing import ORDER, Subject

NAMES = 100_000
WALKED = 20_000  # names of the chain in a turn; its speed does not depend on their number
TURNS = 7
SHORTEST = 3  # letters that a name has by default


def rows(subject: Subject) -> Iterator[tuple[str, ...]]:
    """Give rows on plain names of the mixture's chain and on names under the default conditions."""
    from bot.commands.queries import DRAWN

    model, vocabulary = generator.temper(subject.model, DRAWN), subject.model.vocabulary
    chain = next(part for part in subject.model.parts if part.kind == "markov" and part.clock is None)
    known = generator.Known([tuple(name) for name in subject.trained])
    usual = generator.constrain(None, vocabulary, (SHORTEST, max(map(len, subject.trained))), acceptor=subject.acceptor)
    anything, rng = generator.constrain(None, vocabulary), np.random.default_rng(0)
    for what, reach, aim, names in (
        (
            "plain names as text, the mixture's `markov`",
            5,
            " (aim 8)",
            lambda: generator.sample(chain, anything, NAMES, rng).texts(),
        ),
        (
            "names as asked by default, `mix`, new and not rude",
            1,
            "",
            lambda: generator.sample(model, usual, NAMES, rng, known).texts(),
        ),
    ):
        ours, walk = _side_by_side(names, subject)
        yield (
            f"{NAMES:,} {what}, {subject.name}",
            f"{ours:,.0f} names/s",
            f"markovify order {ORDER}, compiled, walks: {walk:,.0f} names/s",
            f"at least {reach} times{aim}: {ours / walk:.1f} {'✓' if ours >= reach * walk else '✗'}",
            subject.file,
        )


def _side_by_side(names: Callable[[], list[str]], subject: Subject) -> tuple[float, float]:
    """Give the medians of our names a second and of the chain's. A first draw, which fills caches, does not count."""
    import markovify

    chain = markovify.Chain([list(name) for name in subject.trained], ORDER).compile()
    names()
    turns = [(_speed(names), _speed(lambda: ["".join(chain.walk()) for _ in range(WALKED)])) for _ in range(TURNS)]
    ours, walk = zip(*turns, strict=True)
    return statistics.median(ours), statistics.median(walk)


def _speed(names: Callable[[], list[str]]) -> float:
    start = time.process_time()
    made = len(names())
    return made / (time.process_time() - start)
