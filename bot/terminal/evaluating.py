"""`techname evaluate`: how well a kind of model predicts names that it was not trained on."""

import argparse
import json
import sys
import unicodedata
from pathlib import Path

import generator
from bot.errors import BadInput
from bot.names.background_names import KIND, background
from bot.names.library import ADAPTED
from bot.strings import cli as words
from bot.strings import reading
from corpora import KINDS

FOLDS, SEED = 5, 42


def evaluate(asked: argparse.Namespace) -> None:
    """Print the scores of a model, as JSON or a line a figure. Raises BadInput."""
    _check(asked)
    result = _in_folds(asked) if asked.file else _on_test(asked)
    print(json.dumps(result, ensure_ascii=False, indent=2) if asked.json else "\n".join(words.figures(result)))


def _check(asked: argparse.Namespace) -> None:
    """Read every number and refuse every contradiction before anything is trained."""
    if bool(asked.file) == bool(asked.train or asked.test) or (not asked.file and not (asked.train and asked.test)):
        raise BadInput(words.EVALUATE_WHAT)
    if (asked.file and asked.dev) or (asked.folds and not asked.file):
        raise BadInput(words.EVALUATE_WHAT)
    if asked.kind not in KINDS:
        raise BadInput(words.not_a_kind(asked.kind, list(KINDS)))
    if asked.model not in generator.MODELS:
        raise BadInput(words.not_a_model(asked.model, list(generator.MODELS)))
    asked.folds = _number(asked.folds, "folds", int, 2) or FOLDS
    asked.masked = _number(asked.masked, "masked", float, 1e-6, 1.0)
    asked.order = _number(asked.order, "order", int, generator.ORDERS[0], generator.ORDERS[-1])
    seed = _number(asked.seed, "seed", int, 0)
    asked.seed = SEED if seed is None else seed
    if asked.order and asked.model != "markov":
        raise BadInput(reading.order_without_chain(asked.model))


def _number(text: str | None, option: str, kind: type, least: float, most: float = float("inf")):
    """Read the number of an option; None if it is not given. Raises BadInput."""
    if text is None:
        return None
    try:
        number = kind(text)
    except ValueError:
        number = None
    if number is None or not least <= number <= most:
        raise BadInput(words.bad_evaluate_number(option, text))
    return number


def read_names(path: str, kind: str = "characters") -> list[tuple[str, ...]]:
    """Read the names of a file, one a line: stripped, in NFC, with duplicates, without empty lines. Raises BadInput."""
    try:
        text = Path(path).expanduser().read_text(encoding="utf-8-sig")
    except (OSError, ValueError) as error:
        raise BadInput(words.names_unreadable(path, error)) from None
    tokens = tuple if kind == "characters" else KINDS[kind]
    names = [tokens(unicodedata.normalize("NFC", line.strip())) for line in text.split("\n")]
    names = [name for name in names if name]
    if not names:
        raise BadInput(words.no_names(path))
    return names


def _on_test(asked: argparse.Namespace) -> dict:
    """Train on one file and judge by another."""
    train, test, dev = (read_names(path, asked.kind) if path else None for path in (asked.train, asked.test, asked.dev))
    read = _background(asked, [*train, *test, *(dev or [])])
    return {
        "model": asked.model,
        "train": len(train),
        "dev": len(dev) if dev else None,
        **_judge(asked, train, test, dev, read),
    }


def _in_folds(asked: argparse.Namespace) -> dict:
    """Judge a model of each fold by the names left out: means and standard deviations over the folds."""
    from generator.queries import evaluation

    names = read_names(asked.file, asked.kind)
    if asked.folds > len(names):
        raise BadInput(words.too_many_folds(asked.folds, len(names)))
    each, read = [], _background(asked, names)
    for train, test in evaluation.folds(names, asked.folds):
        each.append(_judge(asked, train, test, None, read))
        print(words.fold_done(len(each), asked.folds, each[-1]["nll"]), file=sys.stderr, flush=True)
    result = {"model": asked.model, "folds": asked.folds} | _summary(each)
    if asked.masked:
        result["masked"] = _summary([fold["masked"] for fold in each])
    return result | {"each": each}


def _summary(each: list[dict]) -> dict:
    """Give the mean and standard deviation (`…_sd`) of every measure, and the sum of every count."""
    from generator.queries.evaluation import mean_and_sd

    summary = {}
    for key, first in each[0].items():
        values = [fold[key] for fold in each]
        if isinstance(first, int):
            summary[key] = sum(values)
        elif not isinstance(first, dict):
            summary[key], summary[f"{key}_sd"] = mean_and_sd(values)
    return summary


def _background(asked: argparse.Namespace, names: list) -> list:
    """Give the background lists without any of these names; nothing if they are off or the model takes none."""
    return background(names) if asked.background == "on" and asked.kind == KIND and asked.model in ADAPTED else []


def _judge(asked: argparse.Namespace, train: list, test: list, dev: list | None, read: list) -> dict:
    """Train on `train`, tune on `dev` (or on a part of `train` that is held out), and score `test`."""
    import numpy

    from generator.queries.evaluation import evaluate as score
    from generator.queries.masked import evaluate_masked

    rng = numpy.random.default_rng(asked.seed)
    model = generator.train(asked.model, train, rng, asked.order, held_out=dev, background=read)
    result = score(model, test, train)._asdict()
    if asked.masked:
        try:
            result["masked"] = evaluate_masked(model, test, asked.masked, rng)._asdict()
        except ValueError as error:
            raise BadInput(words.nothing_masked(error)) from None
    return result
