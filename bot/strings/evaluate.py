"""What `techname evaluate` says: options, mistakes, progress, figures."""

from __future__ import annotations

from collections.abc import Iterator

from bot.strings.cli import OPTION_HELP
from bot.strings.phrasing import many, shown

HELP = {
    "file": "names, one a line: judged in folds, each by models trained on the others",
    "train": "names to train on, one a line",
    "test": "names to judge by",
    "dev": "names to tune settings on; without it a part of the training names is held out for that, and then trained on too",
    "background": "on, unless you say off: the shelf and English words are read besides, without any name of these files",
    "folds": "how many folds, 5 if you don't say; names are shuffled with seed 42, name i is in fold i mod that",
    "order": OPTION_HELP["order"],
    "masked": "also hide each letter with this probability and fill in, for example 0.5",
    "seed": "a whole number, 42 if you don't say, for training and for what is hidden",
    "json": "one object on stdout and nothing else",
}
WHAT = (
    "Evaluate what? Give me a file to split into folds, or a file to train on and one to test on.\n"
    "For example `techname evaluate names.txt --folds 5` or `techname evaluate --train a.txt --test b.txt --dev c.txt --model mix --json`."
)


_NUMBERS = {
    "folds": "a whole number from 2",
    "masked": "a probability above 0 and up to 1, such as 0.5",
    "order": "a whole number from 1 to 6",
    "seed": "a whole number from 0",
}


def bad_evaluate_number(option: str, text: str) -> str:
    return f"`--{option}` cannot be {shown(text)}. It is {_NUMBERS[option]}."


def too_many_folds(count: int, names: int) -> str:
    return f"{many(names, 'name')} cannot make {count} folds: every fold needs a name. Give me a longer file or a smaller `--folds`."


def nothing_masked(error: Exception) -> str:
    return f"With `--masked` {error}."


def fold_done(number: int, count: int, nll: float | None) -> str:
    return f"fold {number} of {count}: " + ("a name has probability zero" if nll is None else f"{nll:.4f} nats a token")


def figures(result: dict, indent: str = "") -> Iterator[str]:
    """What was measured, a line a figure."""
    for key, value in result.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from figures(value, indent + "  ")
        elif not isinstance(value, list):
            yield (
                f"{indent}{key.replace('_', ' ')}: {value:.4f}"
                if isinstance(value, float)
                else f"{indent}{key.replace('_', ' ')}: {value}"
            )
