"""Milliseconds for the ten best new completions of fixed patterns, beside a markovify chain that tries until ten new
names fit.

One stream of the chain's names, five seconds long, serves all patterns: a pattern's time is when its tenth distinct new
fit came by in that stream. Looking whether a name fits is not counted, which flatters the chain.
"""

import gc
import statistics
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

import generator
from benchmarks.fixed_patterns import fixed_patterns

WANTED = 10
PATIENCE = 5.0  # seconds a pattern
ORDER = 3  # of the chain, as in the talk
BLOCK = 2_000  # names of the stream between two looks at the clock
REACH = {
    "pokemon": {False: "p99 ≤ 3 ms", True: "p99 ≤ 8 ms"},
    "names.txt": {False: "p50 ≤ 2.5, p99 ≤ 12 ms (aim 1.7, 8)", True: "p99 ≤ 25 ms"},
}


class Subject(NamedTuple):
    """What is measured: a model from its file, the names it was trained on, others, and what it must not make."""

    name: str
    model: generator.Model
    trained: Sequence[str]
    held_out: Sequence[str]
    acceptor: generator.Acceptor | None
    file: str

    def constraint(self, pattern: str) -> generator.Constraint:
        """A pattern under the default constraints but for novelty, which queries take by themselves."""
        return generator.constrain(generator.parse_pattern(pattern), self.model.vocabulary, acceptor=self.acceptor)


def rows(subject: Subject) -> Iterator[tuple[str, ...]]:
    """Completions, draws and posteriors for one model, as rows of: what, measured, beside it, aim, file."""
    known = generator.Known([tuple(name) for name in subject.trained])
    gc.collect()
    gc.freeze()  # as the deployed handler does once all is loaded
    measured = {classes: _completed(subject, known, classes) for classes in (False, True)}
    stream = _stream(subject.trained)  # its million names would be in the way of what is measured after it
    for classes, (patterns, timed) in measured.items():
        yield (
            f"ten best new completions, {subject.name} `mix`, 200 patterns{' with letter classes' if classes else ''}",
            f"{_percentiles([ms for ms, _ in timed])}; {_exactness([answer for _, answer in timed])}",
            _rejection(subject, patterns, known, stream),
            REACH[subject.name][classes],
            subject.file,
        )
    del stream
    patterns = fixed_patterns(subject.trained, subject.held_out)
    draws = [_timed(_draw, subject, pattern, known)[0] for pattern in patterns]
    yield (
        f"100 draws of new names, {subject.name} `mix`, the same patterns",
        _percentiles(draws),
        "",
        "measured",
        subject.file,
    )
    posteriors = [_timed(_posterior, subject, pattern)[0] for pattern in patterns]
    yield (
        f"posterior of every hole, {subject.name} `mix`, the same patterns",
        _percentiles(posteriors),
        "",
        "measured",
        subject.file,
    )


def _completed(subject: Subject, known: generator.Known, classes: bool) -> tuple[list[str], list]:
    """The patterns, and for each the milliseconds and the answer of a second time, when what is kept is there."""
    patterns = fixed_patterns(subject.trained, subject.held_out, classes)
    for pattern in patterns:
        _complete(subject, pattern, known)
    return patterns, [_timed(_complete, subject, pattern, known) for pattern in patterns]


def _complete(subject: Subject, pattern: str, known: generator.Known) -> generator.Completions:
    return generator.complete(subject.model, subject.constraint(pattern), WANTED, known)


def _draw(subject: Subject, pattern: str, known: generator.Known) -> generator.Draws:
    return generator.draw(subject.model, subject.constraint(pattern), 100, np.random.default_rng(0), known)


def _posterior(subject: Subject, pattern: str) -> generator.Posterior:
    return generator.posterior(
        subject.model, generator.constrain(generator.parse_pattern(pattern), subject.model.vocabulary)
    )


def _timed(query, *asked):
    start = time.perf_counter()
    answer = query(*asked)
    return (time.perf_counter() - start) * 1000, answer


def _percentiles(spent: Sequence[float]) -> str:
    return f"p50 {statistics.median(spent):.2f} ms, p99 {np.quantile(spent, 0.99):.2f} ms"


def _exactness(answers: Sequence[generator.Completions]) -> str:
    """The share that is exact, how far off the others can be, and how many patterns found nothing."""
    gaps = [answer.gap for answer in answers]
    empty = sum(not answer.found for answer in answers)
    exact = np.mean([answer.exact for answer in answers])
    return f"{exact:.1%} exact, gap p50 {np.median(gaps):.2g}, p99 {np.quantile(gaps, 0.99):.2g} nats" + (
        f", {empty} without a name" if empty else ""
    )


def _stream(trained: Sequence[str]) -> tuple[list[str], float]:
    """Names as a compiled markovify chain makes them for five seconds, and the milliseconds of each."""
    import markovify

    chain = markovify.Chain([list(name) for name in trained], ORDER).compile()
    names: list[str] = []
    start = time.perf_counter()
    while time.perf_counter() - start < PATIENCE:
        names += ["".join(chain.walk()) for _ in range(BLOCK)]
    return names, (time.perf_counter() - start) * 1000 / len(names)


def _rejection(
    subject: Subject, patterns: Sequence[str], known: generator.Known, stream: tuple[list[str], float]
) -> str:
    """How long the chain takes until ten distinct new names fit, and how often five seconds are not enough."""
    names, each = stream
    new, first = np.unique(np.array(names), return_index=True)
    keep = [i for i, name in enumerate(new.tolist()) if tuple(name) not in known]
    by_length: dict[int, tuple[np.ndarray, np.ndarray]] = {}
    for length in {len(new[i]) for i in keep}:
        mine = [i for i in keep if len(new[i]) == length]
        by_length[length] = subject.model.vocabulary.encode("".join(new[mine])).reshape(-1, length), first[mine]
    spent, nothing = [], 0
    for pattern in patterns:
        when = _fits(subject.constraint(pattern), by_length)
        nothing += not len(when)
        spent.append(float(when[WANTED - 1]) * each if len(when) >= WANTED else PATIENCE * 1000)
    late = sum(ms >= PATIENCE * 1000 for ms in spent)
    return (
        f"markovify order {ORDER}, {len(names):,} tries: p50 {statistics.median(spent):,.0f} ms; "
        f"{late} of {len(patterns)} patterns not done in {PATIENCE:.0f} s, {nothing} without any name"
    )


def _fits(constraint: generator.Constraint, by_length: dict[int, tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """After how many tries each name that fits came by, ascending."""
    found = [np.empty(0, dtype=int)]
    for length in constraint.lengths:
        if length in by_length:
            ids, tries = by_length[length]
            nodes = np.full(len(ids), constraint.starts[length])
            for column in ids.T:
                nodes = np.where(column >= 0, constraint.children[nodes, column], 0)
            found.append(tries[nodes != 0])
    return np.sort(np.concatenate(found)) + 1
