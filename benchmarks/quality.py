"""The quality of the models, beside published figures: `python -m benchmarks.quality [names.txt]`.

names.txt is the file of karpathy/makemore, split as in the lectures: random.seed(42), shuffle, 80/10/10. Settings are
tuned on the dev part, and the test part is used once. The shelf's pokemon, in lower case, are judged in 5 folds. All
models have the background of the bot's own models, without the names of the list at hand. The models are saved under
build/quality, so that other benchmarks measure the same files; the table has their hashes.
"""

import hashlib
import random
import sys
import time
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np

import corpora
import generator
from benchmarks.table import print_table
from benchmarks.told_apart import new_names, novel, told_apart
from bot.names.background_names import background
from generator.queries.evaluation import evaluate, folds, mean_and_sd
from generator.queries.masked import evaluate_masked

KEPT = Path("build/quality")
SEED, FOLDS = 42, 5
REACH = {"markov": "≤ 1.975", "hmm": "≤ 2.11", "mix": "≤ 1.945 (aim 1.937)"}
PUBLISHED = (
    ("bigram (makemore)", "2.45"),
    ("MLP (makemore)", "2.10–2.17"),
    ("WaveNet-like (makemore)", "1.99"),
    ("transformer (makemore)", "about 1.92"),
)


def makemore_split(path: str) -> tuple[list[str], list[str], list[str]]:
    """Train, dev and test names of the lectures."""
    names = Path(path).read_text(encoding="utf-8").splitlines()
    random.Random(SEED).shuffle(names)
    first, second = int(0.8 * len(names)), int(0.9 * len(names))
    return names[:first], names[first:second], names[second:]


def rows(names_file: str) -> Iterator[tuple[str, ...]]:
    """Give rows of: what, measured, reach, the model's file."""
    train, dev, test = makemore_split(names_file)
    read = background([*train, *dev, *test])
    for what, figure in PUBLISHED:
        yield f"names.txt test NLL: {what}, published", figure, "", ""
    yield from markovify_rows(train, test)
    for kind in ("markov", "hmm", "mix"):
        start = time.perf_counter()
        model = generator.train(kind, train, np.random.default_rng(SEED), held_out=dev, background=read)
        seconds, file = time.perf_counter() - start, _kept(model, f"names.{kind}.npz")
        scores = evaluate(model, test, train)
        yield (
            f"names.txt test NLL: `{kind}`, trained in {seconds:.0f} s",
            f"{scores.nll:.4f} (novel only {scores.novel_nll:.4f})",
            REACH[kind],
            file,
        )
    yield from more_rows(model, train, test, "names.txt", ("≥ .155 / ≥ .387", "≤ .58 (aim .55)"), file)


def more_rows(model: generator.Model, train: list[str], test: list[str], name: str, reach: tuple[str, str], file: str):
    """Give rows on masked completion, on generated names, and on how well a classifier tells them apart."""
    masked = evaluate_masked(model, test, 0.5, np.random.default_rng(SEED))
    yield (
        f"{name} masked completion, `mix`: whole name / letters",
        f"{masked.whole:.3f} / {masked.letters:.3f}",
        reach[0],
        file,
    )
    yield f"{name}: 1,000 new names, verbatim / distinct", *_thousand(model, train), file
    mean, sd = told_apart(model, train, test)
    yield (
        f"{name}: told apart from {len(novel(train, test)):,} novel names (AUC), `mix`",
        f"{mean:.3f} ± {sd:.3f}",
        reach[1],
        file,
    )


def _thousand(model: generator.Model, train: list[str]) -> tuple[str, str]:
    made = new_names(model, train, 1000, SEED)
    return f"{len(set(made) & set(train))} / {len(set(made)) / len(made):.1%}", "none / ≥ 99%"


def shelf_pokemon() -> list[str]:
    """The shelf's pokemon in lower case."""
    return [entry.lower() for entry in corpora.load("pokemon").entries]


def first_fold(names: list[str]) -> tuple[list[str], list[str]]:
    """Give the training names and the held-out names of the fold whose model is kept."""
    return folds(names, FOLDS)[0]


def fold_rows(names: list[str]) -> Iterator[tuple[str, ...]]:
    """Give rows on pokemon in 5 folds, of which the first model is kept, and on a 60/40 split for the classifier."""
    read = background(names)
    for kind, reach in (("markov", ""), ("hmm", ""), ("mix", "≤ 2.50 (aim 2.46)")):
        models = [
            generator.train(kind, train, np.random.default_rng(SEED), background=read)
            for train, _ in folds(names, FOLDS)
        ]
        scores = [
            evaluate(model, test, train).nll for model, (train, test) in zip(models, folds(names, FOLDS), strict=True)
        ]
        mean, sd = mean_and_sd(scores)
        yield (
            f"pokemon {FOLDS} folds NLL: `{kind}`",
            f"{mean:.4f} ± {sd:.4f}",
            reach,
            _kept(models[0], f"pokemon.{kind}.npz") + ", first fold",
        )
    values = [_apart_once(names, read, seed) for seed in range(5)]
    yield (
        "pokemon, five splits 60/40: told apart from novel names (AUC), `mix`",
        f"{np.mean(values):.3f} ± {np.std(values, ddof=1):.3f}",
        "≤ .63 (aim .60)",
        "",
    )


def _apart_once(names: list[str], read: list, seed: int) -> float:
    shuffled = random.Random(seed).sample(names, len(names))
    cut = int(0.6 * len(names))
    model = generator.train("mix", shuffled[:cut], np.random.default_rng(seed), background=read)
    return told_apart(model, shuffled[:cut], shuffled[cut:])[0]


def markovify_rows(train: list[str], test: list[str]) -> Iterator[tuple[str, ...]]:
    """Give rows on markovify's chains: nats a token with a floor of 1e-6, and the share of novel names that they cannot make."""
    import markovify

    known = set(train)
    for order in (1, 2, 3):
        peer = markovify.Chain([list(name) for name in train], order)
        logs = [[_log_prob(peer, order, name, i) for i in range(len(name) + 1)] for name in test]
        nll = -sum(map(sum, logs)) / sum(map(len, logs))
        unseen = [min(log) for name, log in zip(test, logs, strict=True) if name not in known]
        yield (
            f"names.txt test NLL: markovify order {order}, floor 1e-6",
            f"{nll:.3f}",
            "",
            f"{np.mean(np.array(unseen) <= np.log(1e-6)):.1%} of unseen names impossible",
        )


def _log_prob(peer, order: int, name: str, at: int) -> float:
    """Give the log of markovify's probability of the token at a place, with a floor."""
    state = tuple(["___BEGIN__"] * order + list(name))[at : at + order]
    choices = peer.model.get(state, {})
    token = name[at] if at < len(name) else "___END__"
    return float(np.log(max(choices.get(token, 0) / max(sum(choices.values()), 1), 1e-6)))


def _kept(model: generator.Model, name: str) -> str:
    """Save a model; give its size and the first digits of its hash."""
    KEPT.mkdir(parents=True, exist_ok=True)
    generator.save(model, KEPT / name)
    content = (KEPT / name).read_bytes()
    return f"{name}, {len(content) / 1e6:.1f} MB, sha256 {hashlib.sha256(content).hexdigest()[:12]}"


def main(argv: list[str]) -> None:
    """Print the table."""
    found = chain(fold_rows(shelf_pokemon()), rows(argv[0]) if argv else ())
    print_table(("what", "measured", "reach", "model file"), found)


if __name__ == "__main__":
    main(sys.argv[1:])
