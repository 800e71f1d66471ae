"""Patterns for measuring completions: names with hidden letters, half of them held out of training, the same in each run."""

import random
from collections.abc import Sequence

COUNT, MOST_HOLES, EVERY_WHOLE = 200, 12, 10  # every tenth pattern is all holes
SEED = 1
VOWELS = "aeiouy"
CLASSES = {"vowel": ("[aeiouy]",), "other": ("[^aeiouy]", "[b-k]", "[l-z]")}


def fixed_patterns(trained: Sequence[str], held_out: Sequence[str], classes: bool = False) -> list[str]:
    """Make 200 patterns with 1 to 12 holes; with `classes`, half of the holes are vowels, not vowels, or a range.

    >>> len(set(map(len, fixed_patterns(["bulbasaur"], ["mew"]))))
    2
    """
    rng = random.Random(SEED)
    return [_pattern(number, (trained, held_out)[number // MOST_HOLES % 2], rng, classes) for number in range(COUNT)]


def _pattern(number: int, names: Sequence[str], rng: random.Random, classes: bool) -> str:
    holes = 1 + number % MOST_HOLES
    name = rng.choice([name for name in names if holes <= len(name) <= MOST_HOLES] or list(names))
    whole = number % EVERY_WHOLE == EVERY_WHOLE - 1
    hidden = set(range(len(name)) if whole else rng.sample(range(len(name)), min(holes, len(name))))
    return "".join(
        _hidden(letter, rng, classes) if place in hidden else _known(letter) for place, letter in enumerate(name)
    )


def _known(letter: str) -> str:
    return letter if letter.isalnum() else "\\" + letter


def _hidden(letter: str, rng: random.Random, classes: bool) -> str:
    """Give a hole that the letter fits."""
    if not classes or rng.random() < 0.5 or not "a" <= letter <= "z":
        return "*"
    fitting = (
        CLASSES["vowel"] if letter in VOWELS else [c for c in CLASSES["other"] if c[1] == "^" or c[1] <= letter <= c[3]]
    )
    return rng.choice(fitting)
