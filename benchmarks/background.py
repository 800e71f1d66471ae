"""The gain of a background for each corpus: `python -m benchmarks.background`, about fifteen minutes.

It judges `mix` on every Latin corpus in 5 folds, without and with the background of the bot's own models. It also trains
on 40 names of a corpus and judges by the rest. A background has no name of its corpus, however it is written, and no
sister list.
"""

import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

import numpy as np

import corpora
import generator
from benchmarks.table import print_table
from bot.names.background_names import KIND, background
from generator.queries.evaluation import evaluate, folds, mean_and_sd
from generator.training.background import teach
from generator.vocabulary import Vocabulary

SEED, FOLDS = 42, 5
SHORT, LISTS = 40, 20  # names in a short list, and the number of such lists


def latin() -> list[str]:
    """Give the corpora in whose letters the background is written."""
    listed = {card.name: corpora.load(card.name).sequences for card in corpora.shelf() if card.kind == KIND}
    return [name for name, names in listed.items() if teach(Vocabulary.of(names), background(names))[1]]


def in_folds(name: str) -> tuple[float, float, float]:
    """Give nats a token of a corpus in folds, without and with a background, and the standard deviation of the gain."""
    names = list(corpora.load(name).sequences)
    gains, each = [], []
    for train, test in folds(names, FOLDS):
        each.append([_nll(train, test, read) for read in ((), background(names))])
        gains.append(each[-1][0] - each[-1][1])
    without, with_ = np.mean(each, axis=0)
    return float(without), float(with_), mean_and_sd(gains)[1]


def of_few(name: str) -> tuple[float, float]:
    """Train on a few names of a corpus; give nats a token of the rest, without and with a background."""
    names = random.Random(SEED).sample(corpora.load(name).sequences, corpora.card(name).count)
    return tuple(_nll(names[:SHORT], names[SHORT:], read) for read in ((), background(names)))


def _nll(train: list, test: list, read) -> float:
    return evaluate(generator.train("mix", train, np.random.default_rng(SEED), background=read), test, train).nll


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Give a row for each corpus: its name, nats without and with a background, and the gain."""
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
    print_table(("nats a token, `mix`", "without", "with a background", "gain"), rows())
