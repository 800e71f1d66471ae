"""How the cost of ten best new completions grows: `python -m benchmarks.growth docs/growth.svg`.

It varies the order of a chain, the tokens of an alphabet, the holes of a pattern, the states of an HMM and the names of
a corpus. Corpora of other sizes and alphabets are drawn from a seed. The picture has a panel for each; its title gives
the exponent, from a line through the logarithms.
"""

import os

for library in ("OMP", "OPENBLAS", "MKL"):  # before numpy is imported: one core
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

import corpora
import generator
from benchmarks.table import machine
from generator.training.baum_welch import fit_rounds

SEED, WANTED, REPEATS = 1, 10, 5
PLACES = 8  # of the patterns, unless holes are what changes
ROUNDS = 3  # of EM: time does not depend on how good a model is


class Growth(NamedTuple):
    """The quantity that varies, its values, and the median milliseconds at each."""

    what: str
    values: Sequence[int]
    spent: Sequence[float]

    @property
    def exponent(self) -> float:
        """Give the k of cost ∝ value^k, over the greater half of the values, where the fixed cost of a query weighs least."""
        half = len(self.values) // 2
        return float(np.polyfit(np.log(self.values[half:]), np.log(self.spent[half:]), 1)[0])


def growths() -> Iterator[Growth]:
    """Measure all five."""
    pokemon = corpora.load("pokemon").sequences
    markov = _trained("markov", pokemon)
    yield _growth("order of the chain", range(1, 7), lambda order: _median(_trained("markov", pokemon, order), pokemon))
    yield _growth("holes of the pattern", (1, 2, 4, 8, 16, 32, 64), lambda holes: _median(markov, pokemon, holes))
    yield _growth(
        "states of the HMM", (8, 16, 32, 64, 128, 256), lambda states: _median(_hidden(pokemon, states), pokemon)
    )
    yield _growth(
        "names in the corpus", (250, 1_000, 4_000, 16_000, 64_000), lambda count: _median_of_many(markov, count)
    )
    yield _growth("tokens in the alphabet", (10, 40, 160, 640, 2_500, 5_000), lambda size: _median_of_words(size))


def _growth(what: str, values: Sequence[int], measure: Callable[[int], float]) -> Growth:
    return Growth(what, tuple(values), [measure(value) for value in values])


def _trained(kind: str, sequences: Sequence[Sequence[str]], order: int | None = None) -> generator.Model:
    return generator.train(kind, sequences, np.random.default_rng(SEED), order=order)


def _hidden(sequences: Sequence[Sequence[str]], states: int) -> generator.Model:
    return fit_rounds(sequences, generator.Vocabulary.of(sequences), SEED, ROUNDS, states)


def _median_of_many(model: generator.Model, count: int) -> float:
    """Measure a chain trained on names that another one made."""
    constraint = generator.constrain(None, model.vocabulary, (3, 12))
    names = generator.sample(model, constraint, count, np.random.default_rng(SEED)).texts()
    return _median(_trained("markov", names), names)


def _median_of_words(size: int) -> float:
    """Measure a chain of order 2 over an alphabet of that size, trained on 2,000 sequences with few frequent tokens."""
    rng = np.random.default_rng(SEED)
    places = np.minimum((size ** rng.random((2_000, PLACES))).astype(int), size - 1)
    sequences = [tuple(f"w{place}" for place in row) for row in places.tolist()]
    return _median(_trained("markov", sequences, 2), sequences, phrase=True)


def _median(
    model: generator.Model, known: Sequence[Sequence[str]], holes: int = PLACES - 1, phrase: bool = False
) -> float:
    """Give the milliseconds of a pattern of holes with a known last token: the median over likely tokens and repeats."""
    already, spent = generator.Known(known, exact=phrase), []
    for token in dict.fromkeys(sequence[-1] for sequence in known[:REPEATS]):
        text = " ".join(["*"] * holes + [token]) if phrase else "*" * min(holes, generator.LONGEST - 1) + "\\" + token
        pattern = generator.parse_phrase(text) if phrase else generator.parse_pattern(text)
        for _ in range(REPEATS):
            start = time.perf_counter()
            generator.complete(model, generator.constrain(pattern, model.vocabulary), WANTED, already)
            spent.append((time.perf_counter() - start) * 1000)
    return statistics.median(spent)


def draw(found: Sequence[Growth], path: str) -> None:
    """Write the panels as one picture."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "techname"
    from matplotlib import pyplot
    from matplotlib.ticker import NullFormatter

    figure, panels = pyplot.subplots(1, len(found), figsize=(3 * len(found), 2.8), layout="constrained")
    for panel, growth in zip(panels, found, strict=True):
        panel.loglog(growth.values, growth.spent, marker="o")
        panel.set(xlabel=growth.what, ylabel="ms", title=f"∝ n^{growth.exponent:.1f}")
        for axis, values in ((panel.xaxis, growth.values), (panel.yaxis, growth.spent)):
            ends = min(values), max(values)
            axis.set_ticks(ends, [f"{end:,}" if end == int(end) else f"{end:.2g}" for end in ends])
            axis.set_minor_formatter(NullFormatter())  # all labels would overlap
        panel.grid(alpha=0.3)
    figure.savefig(path, metadata={"Date": None})


def main(argv: list[str]) -> None:
    """Print the measurements, and draw them if a path is given."""
    print(machine())
    found = []
    for growth in growths():
        found.append(growth)
        points = ", ".join(f"{value:,}: {ms:.2f} ms" for value, ms in zip(growth.values, growth.spent, strict=True))
        print(f"{growth.what}: {points}; ∝ n^{growth.exponent:.2f}", flush=True)
    if argv:
        draw(found, argv[0])


if __name__ == "__main__":
    main(sys.argv[1:])
