"""Fit the score on rated names and say how well it foretells ratings: `python -m benchmarks.panel.fit ratings.tsv
[--write]`.

The file has a header and the columns corpus, name, kind (real or made), and one or more of ratings from 1 to 5. What is
real there was held out when the names were made, so it is held out here too: each model is trained on its corpus
without. The weights are those of a ridge regression on the made-up names of all corpora; how well they foretell is
measured on each corpus with weights fitted on the others.
"""

import argparse
import csv
import json
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

import corpora
import generator
from bot.names.background_names import background
from bot.names.score import FEATURES, FILE, Reference, features, is_word, reference
from bot.names.scoring import numbered

RIDGE = 3.0  # of standardised features: as much as three more names without any


class Rated(NamedTuple):
    """The rated made-up names of a corpus: features (n, FEATURES), ratings (n, raters)."""

    corpus: str
    features: np.ndarray
    ratings: np.ndarray


def read(path: str) -> list[Rated]:
    """The rated names of each corpus in a file."""
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        _rated(name, [row for row in rows if row["corpus"] == name])
        for name in dict.fromkeys(row["corpus"] for row in rows)
    ]


def _rated(name: str, rows: Sequence[dict[str, str]]) -> Rated:
    known = {generator.key(row["name"]) for row in rows if row["kind"] == "real"}
    made = [row for row in rows if row["kind"] != "real"]
    sequences = [s for s in corpora.load(name).training if generator.key("".join(s)) not in known]
    model = generator.train(
        "mix", sequences, np.random.default_rng(0), background=background(corpora.load(name).sequences)
    )
    names = [row["name"] for row in made]
    real = reference(generator.held_out_nats(model), list(map(len, sequences)), sequences)
    columns = [column for column in rows[0] if column.startswith("rating")]
    ratings = np.array([[float(row[column]) for column in columns] for row in made])
    return Rated(name, _features(model, real, names), ratings)


def _features(model: generator.Model, real: Reference, names: Sequence[str]) -> np.ndarray:
    tokens, ids = numbered(names)
    nats = generator.log_probs(generator.judge(model), names) / (np.array(list(map(len, names))) + 1)
    return features(real, nats, ids, tokens, np.array(list(map(is_word, names)), dtype=float))


def ridge(x: np.ndarray, y: np.ndarray) -> tuple[float, np.ndarray]:
    """The intercept and the weights that foretell y from x."""
    mean, spread = x.mean(axis=0), x.std(axis=0)
    scaled = (x - mean) / np.where(spread > 0, spread, 1.0)
    weights = np.linalg.solve(scaled.T @ scaled + RIDGE * np.eye(x.shape[1]), scaled.T @ (y - y.mean())) / np.where(
        spread > 0, spread, 1.0
    )
    return float(y.mean() - mean @ weights), weights


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    """Spearman's rank correlation, ties at their mean rank."""
    return float(np.corrcoef(_ranks(a), _ranks(b))[0, 1])


def _ranks(values: np.ndarray) -> np.ndarray:
    _, which, count = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(count)
    return (last - (count - 1) / 2)[which]


def left_out(rated: Sequence[Rated], columns: Sequence[int] | None = None) -> list[float]:
    """Spearman on each corpus of a score that was fitted on the others."""

    def taken(one: Rated) -> np.ndarray:
        return one.features if columns is None else one.features[:, columns]

    found = []
    for one in rated:
        others = [other for other in rated if other is not one]
        intercept, weights = ridge(
            np.concatenate([*map(taken, others)]), np.concatenate([other.ratings.mean(axis=1) for other in others])
        )
        found.append(spearman(intercept + taken(one) @ weights, one.ratings.mean(axis=1)))
    return found


def rows(rated: Sequence[Rated]) -> Iterator[tuple[str, list[float]]]:
    """What was measured on each corpus, in words, and how much."""
    yield "score, fitted on the other corpora", left_out(rated)
    yield "log p a token alone", left_out(rated, [0, 1])
    if rated[0].ratings.shape[1] > 1:
        yield "two raters", [spearman(one.ratings[:, 0], one.ratings[:, 1]) for one in rated]


def fitted(rated: Sequence[Rated]) -> dict:
    """The weights on all corpora, and how well they do, as score.json has them."""
    intercept, weights = ridge(
        np.concatenate([one.features for one in rated]), np.concatenate([one.ratings.mean(axis=1) for one in rated])
    )
    names, raters = sum(len(one.ratings) for one in rated), rated[0].ratings.shape[1]
    return {
        "fitted": f"ridge {RIDGE:g} on the mean of {raters} blind ratings from 1 to 5 of {names} made-up names; see docs/choosing.md",
        "spearman": {one.corpus: round(rho, 2) for one, rho in zip(rated, left_out(rated), strict=True)},
        "intercept": round(intercept, 3),
        "weights": dict(zip(FEATURES, weights.round(3).tolist(), strict=True)),
    }


def main() -> None:
    """Print what was measured and the weights; with --write, put them where the score reads them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ratings")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    rated = read(asked.ratings)
    print(
        f"| Spearman with the mean rating, made-up names | {' | '.join(one.corpus for one in rated)} | mean |\n|{'---|' * (len(rated) + 2)}"
    )
    for what, found in rows(rated):
        print(f"| {what} | {' | '.join(f'{rho:.2f}' for rho in found)} | {np.mean(found):.3f} |")
    text = json.dumps(fitted(rated), indent=2) + "\n"
    print(text)
    if asked.write:
        FILE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
