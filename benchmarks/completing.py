"""Milliseconds for the ten best new completions of fixed patterns, beside rejection with a markovify chain.

One stream of the chain's names, five seconds long, serves all patterns. The chain's time for a pattern is when the tenth
distinct new name that fits comes in that stream. Testing whether a name fits is not counted, which favours the chain.
"""

import gc
import statistics
import time
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

import generator
from benchmarks.fixed_patterns import fixed_patterns
from benchmarks.table import p50_p99

WANTED = 10
PATIENCE = 5.0  # seconds a pattern
ORDER = 3  # of the chain, as in the talk
BLOCK = 2_000  # names of the stream between two looks at the clock
REACH = {
    "pokemon": {False: "p99 ≤ 3 ms", True: "p99 ≤ 8 ms"},
    "names.txt": {False: "p50 ≤ 2.5, p99 ≤ 12 ms (aim 1.7, 8)", True: "p99 ≤ 25 ms"},
}


class Subject(NamedTuple):
    """A model to measure: its file, its training names, held-out names, and the automaton of names it must not make."""

    name: str
    model: generator.Model
    trained: Sequence[str]
    held_out: Sequence[str]
    acceptor: generator.Acceptor | None
    file: str

    def constraint(self, pattern: str) -> generator.Constraint:
        """Give a pattern under the default conditions, except novelty, which queries take as an argument."""
        return generator.constrain(generator.parse_pattern(pattern), self.model.vocabulary, acceptor=self.acceptor)


def rows(subject: Subject) -> Iterator[tuple[str, ...]]:
    """Give rows on completions, draws and posteriors of one model: what, measured, beside it, aim, file."""
    known = generator.Known([tuple(name) for name in subject.trained])
    gc.collect()
    gc.freeze()  # as the deployed handler does after loading
    measured = {classes: _completed(subject, known, classes) for classes in (False, True)}
    stream = _stream(subject.trained)  # after the completions, since its million names slow what follows
    for classes, (patterns, timed) in measured.items():
        yield (
            f"ten best new completions, {subject.name} `mix`, 200 patterns{' with letter classes' if classes else ''}",
            f"{p50_p99([ms for ms, _ in timed])}; {_exactness([answer for _, answer in timed])}",
            _rejection(subject, patterns, known, stream),
            REACH[subject.name][classes],
            subject.file,
        )
    del stream
    patterns = fixed_patterns(subject.trained, subject.held_out)
    draws = [_timed(_draw, subject, pattern, known)[0] for pattern in patterns]
    yield (
        f"100 draws of new names, {subject.name} `mix`, the same patterns",
        p50_p99(draws),
        "",
        "measured",
        subject.file,
    )
    posteriors = [_timed(_posterior, subject, pattern)[0] for pattern in patterns]
    yield (
        f"posterior of every hole, {subject.name} `mix`, the same patterns",
        p50_p99(posteriors),
        "",
        "measured",
        subject.file,
    )


def _completed(subject: Subject, known: generator.Known, classes: bool) -> tuple[list[str], list]:
    """Give the patterns, with the milliseconds and the answer of a second run, when the caches are filled."""
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


def _exactness(answers: Sequence[generator.Completions]) -> str:
    """Write the share of exact lists, the gaps of the others, and the number of patterns without a name."""
    gaps = [answer.gap for answer in answers]
    empty = sum(not answer.found for answer in answers)
    exact = np.mean([answer.exact for answer in answers])
    return f"{exact:.1%} exact, gap p50 {np.median(gaps):.2g}, p99 {np.quantile(gaps, 0.99):.2g} nats" + (
        f", {empty} without a name" if empty else ""
    )


def _stream(trained: Sequence[str]) -> tuple[list[str], float]:
    """Give the names that a compiled markovify chain makes in five seconds, and the milliseconds of each."""
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
    """Write the chain's time until ten distinct new names fit, and how often five seconds are not enough."""
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
    """Give the number of tries before each name that fits, ascending."""
    found = [np.empty(0, dtype=int)]
    for length in constraint.lengths:
        if length in by_length:
            ids, tries = by_length[length]
            nodes = np.full(len(ids), constraint.starts[length])
            for column in ids.T:
                nodes = np.where(column >= 0, constraint.children[nodes, column], 0)
            found.append(tries[nodes != 0])
    return np.sort(np.concatenate(found)) + 1
