"""The cost of training beside peers: counting a million names, an iteration of EM, and training in each call.

Every figure is the median of several processes (see alone), on one core.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

NAMES, SEED = 900_000, 0
TURNS = 3
SHARE = 10  # with 128 states hmmlearn gets every tenth name, and its time counts tenfold
CALLS, ITERATIONS = 20, 10  # in a process: of the talk's function, and of EM


def rows(pokemon: Sequence[str], names: Sequence[str] | None = None) -> Iterator[tuple[str, ...]]:
    """Give rows of: what, measured, beside it, aim, file. EM runs on `names`, or on pokemon without them."""
    with tempfile.TemporaryDirectory() as folder:
        yield _counting(_written(made_up(NAMES), folder))
        yield from _em("names.txt" if names else "pokemon", names or pokemon, folder)
        yield _naive(_written(pokemon, folder))


def made_up(count: int) -> list[str]:
    """Draw names from a seed, in the style of the shelf's `tech`."""
    import numpy as np

    import corpora
    import generator

    model = generator.train("markov", corpora.load("tech").training, np.random.default_rng(SEED))
    return generator.sample(
        model, generator.constrain(None, model.vocabulary, (3, 20)), count, np.random.default_rng(SEED)
    ).texts()


def _counting(file: Path) -> tuple[str, ...]:
    """Measure counting, smoothing and linking all orders to 6 beside markovify's chain of order 5."""
    ours, theirs = _alone("count", file), _alone("count_markovify", file)
    time, memory = (ours[what] / theirs[what] for what in ("seconds", "megabytes"))
    return (
        f"counting and smoothing all orders to 6, {NAMES:,} names from a seed ({ours['ngrams']:,} n-grams)",
        f"{ours['seconds']:.2f} s, {ours['megabytes']:.0f} MB",
        f"markovify `Chain` of order 5: {theirs['seconds']:.2f} s, {theirs['megabytes']:.0f} MB",
        f"at most .25 of the time: {time:.2f}, .6 of the memory: {memory:.2f} {'✓' if time <= 0.25 and memory <= 0.6 else '✗'}",
        "",
    )


def _em(what: str, names: Sequence[str], folder: str) -> Iterator[tuple[str, ...]]:
    """Measure an iteration of EM with 32 and 128 states beside hmmlearn's two ways, and compare the likelihoods."""
    for states, share, aim in ((32, 1, 60), (128, SHARE, None)):
        file, part = _written(names, folder), _written(names[::share], folder)
        ours = _alone("em", file, str(states), str(ITERATIONS))
        each = ours["seconds"] / ITERATIONS
        theirs = {
            way: _alone("em_hmmlearn", part, str(states), way, turns=1)["seconds"] * share for way in ("scaling", "log")
        }
        off = abs(_alone("score_hmmlearn", file, str(states), turns=1)["log_prob"] - ours["log_prob"]) / len(names)
        times = min(theirs.values()) / each
        reached = f", at least {aim} {'✓' if times >= aim else '✗'}" if aim else ""
        yield (
            f"one EM iteration, {what} ({len(names):,} names), {states} states",
            f"{each * 1000:.0f} ms",
            "hmmlearn: "
            + ", ".join(f"`{way}` {seconds:.2f} s" for way, seconds in theirs.items())
            + (f" (a {share}th of the names, times {share})" if share > 1 else ""),
            f"{times:.0f} times the faster{reached}; same likelihood to 1e-4: {off:.0e} nats a name {'✓' if off <= 1e-4 else '✗'}",
            "",
        )


def _naive(file: Path) -> tuple[str, ...]:
    """Measure the talk's first function. The row has no aim: the bot's own commands stand in another table."""
    each = _alone("naive", file, str(CALLS))["seconds"] / CALLS
    return (
        "the talk's naive function: train and sample in each call, pokemon",
        "",
        f"markovify order 3, five names: {each * 1000:.1f} ms a call",
        "",
        "",
    )


def _alone(work: str, file: Path, *settings: str, turns: int = TURNS) -> dict:
    """Give a work's result and cost, the medians of some processes."""
    runs = [_once(work, file, *settings) for _ in range(turns)]
    return runs[0] | {what: statistics.median(run[what] for run in runs) for what in ("seconds", "megabytes")}


def _once(work: str, file: Path, *settings: str) -> dict:
    one_core = {f"{library}_NUM_THREADS": "1" for library in ("OMP", "OPENBLAS", "MKL")}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.alone", work, str(file), *settings],
        env=os.environ | one_core,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    return json.loads(done.stdout)


def _written(names: Sequence[str], folder: str) -> Path:
    file = Path(folder) / f"{len(names)}.txt"
    file.write_text("\n".join(names), encoding="utf-8")
    return file
