"""Every word that a user of the bot reads. `Code` stands in backticks; render shows it as code, a terminal may leave it.

What a user typed goes through `harmless` before it is put in a sentence: it may hold anything.
"""

from collections.abc import Iterable, Sequence

import generator
from bot.entities import harmless

COMMAND = "/techname"
_QUOTED = 'complete "mr. ***" pokemon'
EXAMPLES = ("pokemon", "complete mo***", "draw ...base pokemon")


def shown(text: str) -> str:
    """What somebody typed, as code in a sentence."""
    return f"`{harmless(text)}`"


def command(text: str) -> str:
    """A command as a user would type it, as code."""
    return f"`{COMMAND} {harmless(text, 200)}`"


def listed(items: Iterable[str], last: str = "and") -> str:
    """Join with commas.

    >>> listed(["a", "b", "c"], "or")
    'a, b or c'
    """
    *most, end = items
    return f"{', '.join(most)} {last} {end}" if most else end


def many(number: int, one: str) -> str:
    """A number and its noun.

    >>> many(1, "name"), many(2_000, "name")
    ('1 name', '2,000 names')
    """
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


# Reading what was typed: the first line says what is wrong, the second what is allowed


def with_suggestions(message: str, lines: Sequence[str]) -> str:
    """Ask "did you mean" between what is wrong and what is allowed."""
    wrong, *allowed = message.split("\n")
    asked = [f"Did you mean {listed(map(command, lines), 'or')}?"] if lines else []
    return "\n".join([wrong, *asked, *allowed])


def too_long(length: int, most: int) -> str:
    return (
        f"That is {length:,} characters long, and I read {most:,} at most.\n"
        f"A command is short, for example {command('complete mo***')}."
    )


def unseen(char: str) -> str:
    return (
        f"There is a character in it that nobody can see (U+{ord(char):04X}), perhaps copied along with the text.\n"
        f"Letters, digits, spaces and punctuation are fine, for example {command('complete mo***')}."
    )


def open_quote(word: str) -> str:
    return (
        f"The quote at {shown(word)} never closes.\n"
        f"Quotes hold spaces together, for example {command(_QUOTED)}; inside a word they need no partner."
    )


def unknown(word: str, shelf: Sequence[str]) -> str:
    return f"I don't know the word {shown(word)}.\n{_known(shelf)}"


def unknown_alone(word: str, shelf: Sequence[str]) -> str:
    return f"I don't know the word {shown(word)}; a piece of a name needs holes to fill.\n{_known(shelf)}"


def _known(shelf: Sequence[str]) -> str:
    corpora, models = (listed([f"`{name}`" for name in names], "or") for names in (shelf, generator.MODELS))
    return f"A corpus is {corpora}, a model is {models}; {command('help')} shows what I can do."


def no_hole(word: str, shelf: Sequence[str] = ()) -> str:
    return f"{shown(word)} has no hole for me to fill.\n{_HOLES} For example {command('complete mo***')}."


_HOLES = "`*` stands for one unknown letter, `...` for any number of them."
PATTERN_MISSING = (
    f"Complete what? Give me a name with holes in it.\n{_HOLES} "
    f"For example {command('complete mo***')} or {command('complete ...base pokemon')}."
)


def bad_pattern(text: str, position: int, reason: str) -> str:
    return (
        f"I can't read the pattern {shown(text)}: {harmless(reason, 120)}, at character {position + 1}.\n"
        f"{_HOLES} `[aeiou]` is one of these letters, for example {command('complete m[aeiou]**')}."
    )


_KINDS = {"verb": "commands", "corpus": "corpora", "model": "models", "count": "numbers", "pattern": "patterns"}
_ONE_EACH = "One command, one pattern, one corpus, one model, one number of names"


def twice(kind: str, first: str, second: str) -> str:
    what = f"two {_KINDS[kind]}" if kind in _KINDS else f"`{kind}=` twice"
    return (
        f"That has {what}, {shown(first)} and {shown(second)}, and I can use one.\n"
        f"{_ONE_EACH}, in any order: {command('complete mo*** pokemon markov 8')}."
    )


_RANGES = {
    "count": ("You can have from {} to {:,} names at once", "pokemon 8"),
    "order": ("`order=` is how many letters the Markov chain looks back, from {} to {}", "pokemon order=3"),
    "seed": ("`seed=` is a whole number from {} to {:,}", "pokemon seed=7"),
    "skip": ("`skip=` is how many names to pass over, from {} to {:,}", "complete mo*** skip=5"),
}


def out_of_range(key: str, word: str, least: int, most: int) -> str:
    allowed, example = _RANGES[key]
    return f"I can't use {shown(word)}.\n{allowed.format(least, most)}, for example {command(example)}."


def bad_length(word: str, most: int) -> str:
    return (
        f"I can't use {shown(word)}.\n"
        f"`length=` is a number of letters from 1 to {most}, or a range of them, for example {command('pokemon length=6-8')}."
    )


def order_without_chain(model: str) -> str:
    return f"`order=` does not go with `{model}`.\nIt is how many letters a `markov` chain looks back."


SEED_WITHOUT_DRAWS = (
    "`seed=` does not go with `complete`, whose names are the likeliest ones and the same each time.\n"
    f"Names are drawn by `draw` and take a seed, for example {command('draw mo*** seed=7')}."
)
SKIP_WITHOUT_RANKS = (
    "`skip=` goes with `complete` alone: names that are drawn have no order to skip in.\n"
    f"For example {command('complete mo*** skip=5')}."
)
