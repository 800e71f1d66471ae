"""What a background brings, corpus by corpus: `python -m benchmarks.background`, about fifteen minutes.

Every Latin corpus of the shelf in 5 folds by `mix`, without and with the background that the bot's own models have; and
lists of 40 names cut from the shelf, the rest of each foretold. No name of a corpus, however it is written, is in its
background, nor is a sister list.
"""

import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import numpy as np

import corpora
import generator
from benchmarks.machine import machine
from bot.names.background_names import KIND, background
from generator.queries.evaluation import evaluate, folds, mean_and_sd
from generator.training.background import teach
from generator.vocabulary import Vocabulary

SEED, FOLDS = 42, 5
SHORT, LISTS = 40, 20  # names of a short list, and how many such lists


def latin() -> list[str]:
    """The corpora that a background is of use to: those whose letters it is written in."""
    listed = {card.name: corpora.load(card.name).sequences for card in corpora.shelf() if card.kind == KIND}
    return [name for name, names in listed.items() if teach(Vocabulary.of(names), background(names))[1]]


def in_folds(name: str) -> tuple[float, float, float]:
    """Nats a token of a corpus in folds, without and with a background, and the standard deviation of the gain."""
    names = list(corpora.load(name).sequences)
    gains, each = [], []
    for train, test in folds(names, FOLDS):
        each.append([_nll(train, test, read) for read in ((), background(names))])
        gains.append(each[-1][0] - each[-1][1])
    without, with_ = np.mean(each, axis=0)
    return float(without), float(with_), mean_and_sd(gains)[1]


def of_few(name: str) -> tuple[float, float]:
    """Nats a token of the rest of a corpus after a list of a few of its names, without and with a background."""
    names = random.Random(SEED).sample(corpora.load(name).sequences, corpora.card(name).count)
    return tuple(_nll(names[:SHORT], names[SHORT:], read) for read in ((), background(names)))


def _nll(train: list, test: list, read) -> float:
    return evaluate(generator.train("mix", train, np.random.default_rng(SEED), background=read), test, train).nll


def rows() -> Iterator[tuple[str, str, str, str]]:
    """A row a corpus: what, without, with, and the gain."""
    names = latin()
    with ProcessPoolExecutor() as pool:
        found = []
        for name, (without, with_, sd) in zip(names, pool.map(in_folds, names), strict=True):
            found.append(without - with_)
            yield f"`{name}`, {FOLDS} folds", f"{without:.3f}", f"{with_:.3f}", f"{without - with_:.3f} ± {sd:.3f}"
        yield f"all {len(names)}", "", "", f"mean {np.mean(found):.3f}, least {min(found):.3f}"
        short = [name for name in names if corpora.card(name).count > 4 * SHORT][:LISTS]
        found = []
        for name, (without, with_) in zip(short, pool.map(of_few, short), strict=True):
            found.append(without - with_)
            yield (
                f"{SHORT} names of `{name}`, the rest foretold",
                f"{without:.3f}",
                f"{with_:.3f}",
                f"{without - with_:.3f}",
            )
        yield f"all {len(short)} lists of {SHORT}", "", "", f"mean {np.mean(found):.3f}, least {min(found):.3f}"


if __name__ == "__main__":
    print(f"{machine()}\n\n| nats a token, `mix` | without | with a background | gain |\n|---|---|---|---|", flush=True)
    for row in rows():
        print("| " + " | ".join(row) + " |", flush=True)
