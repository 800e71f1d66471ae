"""What `techname evaluate` says: options, mistakes, progress, figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.strings.phrasing import listed, many, shown

WHAT = (
    "Evaluate what? Give me a file to split into folds, or a file to train on and one to test on.\n"
    "For example `techname evaluate names.txt --folds 5` or `techname evaluate --train a.txt --test b.txt --dev c.txt --model mix --json`."
)


def not_a_kind(word: str, kinds: Sequence[str]) -> str:
    return f"`--kind` cannot be {shown(word)}. It is {listed([f'`{kind}`' for kind in kinds], 'or')}: what a line of the file is made of."


_NUMBERS = {
    "folds": "a whole number from 2",
    "masked": "a probability above 0 and up to 1, such as 0.5",
    "order": "a whole number from 1 to 6",
    "seed": "a whole number from 0",
}


def bad_evaluate_number(option: str, text: str) -> str:
    return f"`--{option}` cannot be {shown(text)}. It is {_NUMBERS[option]}."


def unreadable(path: str, error: Exception) -> str:
    why = getattr(error, "strerror", None) or "it is not UTF-8 text"
    return f"I cannot read {shown(path)}: {why}. It is a text file with one name a line."


def no_names(path: str) -> str:
    return f"There is no name in {shown(path)}. It is a text file with one name a line."


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
