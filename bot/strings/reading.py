"""Errors of commands that cannot be read. The first line says what is wrong, the second what is allowed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import generator
from bot.strings.phrasing import FEW, HOLES, TOKENS, cannot_use, command, example, holes, listed, shown
from bot.text import harmless

_QUOTED = 'complete "mr. ***" pokemon'


def with_suggestions(message: str, lines: Sequence[str]) -> str:
    """Put "did you mean" between the line that says what is wrong and the one that says what is allowed."""
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
    corpora = f"{len(shelf)} corpora ({command('corpora')} lists them)"
    if 0 < len(shelf) <= FEW:
        corpora = f"the {'corpus' if len(shelf) == 1 else 'corpora'} {listed(map(shown, shelf))}"
    return f"I know {corpora}, the models {listed(map(shown, generator.MODELS))}, and what {command('help')} shows."


BUTTONS = {
    **dict.fromkeys(("more", "delete"), "below a list of names"),
    **dict.fromkeys(("send", "shuffle", "cancel"), "below a preview"),
}


def a_button(word: str) -> str:
    return f"{shown(word)} is a button, {BUTTONS[word.lower()]}, and no command.\nNames come with their buttons: for example {command('pokemon')}."


def no_hole(word: str, kind: str) -> str:
    return f"{shown(word)} has no hole for me to fill.\n{holes(kind)} For example {example('complete', kind)}."


def unquoted(pattern: str, kind: str) -> str:
    return (
        f"{shown(pattern)} is several words to me: I can't tell a pattern with spaces from other words.\n"
        f"Quotes hold it together, for example {example('complete', kind)}."
    )


PATTERN_MISSING = (
    f"Complete what? Give me a name with holes in it.\n{HOLES} "
    f"For example {command('complete mo***')} or {command('complete ...base pokemon')}."
)


_THESE = {
    "characters": ("[aeiou]", "complete m[aeiou]**"),
    "words": ("[sun|moon]", 'complete "the [sun|moon] ..." lyrics'),
    "notes": ("[C4|E4]", 'complete "[C4|E4] * G4 ..." piano'),
    "spaced": ("[sun|moon]", 'complete "the [sun|moon] ..."'),
}


def bad_pattern(text: str, position: int, reason: str, kind: str) -> str:
    these, line = _THESE[kind]
    return (
        f"I can't read the pattern {shown(text)} at character {position + 1}: {harmless(reason, 120)}.\n"
        f"{holes(kind)} `{these}` is one of these {TOKENS[kind]}s, for example {command(line)}."
    )


_BLEND = "A blend is up to 5 corpora of the same kind with + between them, and weights up to 10 if you like"


def bad_blend(word: str) -> str:
    return f"I can't blend {shown(word)}.\n{_BLEND}, for example {command('pokemon*2+ikea')}."


def blend_of_kinds(word: str, kinds: Mapping[str, str]) -> str:
    what = listed(f"`{harmless(part)}` is made of {TOKENS[kind]}s" for part, kind in kinds.items())
    return f"I can't blend {shown(word)}: {what}.\n{_BLEND}, for example {command('pokemon*2+ikea')}."


_KINDS = {"verb": "commands", "corpus": "corpora", "model": "models", "count": "numbers", "pattern": "patterns"}
_ONE_EACH = "One command, one pattern, one corpus, one model, one number of names"


def twice(kind: str, first: str, second: str) -> str:
    what = f"two {_KINDS[kind]}" if kind in _KINDS else f"`{kind}=` twice"
    return (
        f"That has {what}, {shown(first)} and {shown(second)}, and I can use one.\n"
        f"{_ONE_EACH}, in any order: {command('complete mo*** pokemon hmm 8')}."
    )


_RANGES = {
    "count": ("You can have from {} to {:,} names at once", "pokemon 8"),
    "order": ("`order=` is how many letters the Markov chain looks back, from {} to {}", "pokemon order=3"),
    "copy": (
        "`copy=` is how many letters, words or notes in a row may come from one entry, from {} to {}",
        "lyrics copy=4",
    ),
    "seed": ("`seed=` is a whole number from {} to {:,}", "pokemon seed=7"),
    "skip": ("`skip=` is how many names to pass over, from {} to {:,}", "complete mo*** skip=5"),
}


def out_of_range(key: str, word: str, least: int, most: int) -> str:
    allowed, example = _RANGES[key]
    return cannot_use(word, f"{allowed.format(least, most)}, for example {command(example)}.")


def no_affix(key: str, word: str) -> str:
    return (
        f"I can't use {shown(word)}: nothing comes after it.\n"
        f"`{key}=` takes a piece of a name, holes and all, for example {command(f'pokemon {key}=b*s')}."
    )


def bad_sort(word: str, sorts: Sequence[str]) -> str:
    allowed = listed(map(shown, sorts), "or")
    return cannot_use(word, f"`sort=` is {allowed}, for example {command('complete mo*** sort=score')}.")


def bad_switch(key: str, word: str) -> str:
    return cannot_use(word, f"{_SWITCHED[key]}.")


_SWITCHED = {
    "sayable": f"`sayable=on` leaves out names that cannot be said, `sayable=off` lets them in, for example {command('draw mo*** sayable=off')}",
    "raw": f"`raw=on` gives names as they are drawn, `raw=off` the best of many, which is the usual, for example {command('pokemon raw=on')}",
}


def bad_length(word: str, most: int) -> str:
    return cannot_use(
        word,
        f"`length=` is a number of letters from 1 to {most}, or a range of them, for example {command('pokemon length=6-8')}; "
        "for lyrics it counts words and signs, for melodies notes.",
    )


def bad_wild(word: str, least: float, most: float) -> str:
    return cannot_use(
        word,
        f"`wild=` is how bold the names are, from {least:g} (tame) to {most:g} (wild) with two decimals at most; "
        f"1 is the usual, for example {command('pokemon wild=1.3')}.",
    )


RAW_WITHOUT_CHOICE = (
    "`raw=` goes with `generate` alone, which chooses the best of many draws unless you say `raw=on`: `draw` never does, and `complete` ranks.\n"
    f"For example {command('generate mo*** raw=on')}."
)


def bad_metre(word: str, metres: Sequence[str]) -> str:
    allowed = listed(map(shown, metres), "or")
    return cannot_use(
        word, f"`metre=` is the time signature of a tune, {allowed}, for example {command('piano metre=3/4')}."
    )


def metre_without_notes(corpus: str, kind: str) -> str:
    return (
        f"`metre=` is for tunes, and `{harmless(corpus)}` is made of {TOKENS[kind]}s.\n"
        f"For example {command('piano metre=3/4')}."
    )


def order_without_chain(model: str) -> str:
    return f"`order=` does not go with `{model}`.\nIt is how many letters a `markov` or a `chain` looks back."


SEED_WITHOUT_DRAWS = (
    "`seed=` does not go with `complete`, whose names are the likeliest ones and the same each time.\n"
    f"Names are drawn by `draw` and take a seed, for example {command('draw mo*** seed=7')}."
)
SORT_WITHOUT_NAMES = (
    f"`sort=` goes with a list of names, and `why` gives none.\nFor example {command('complete mo*** sort=score')}."
)
SAYABLE_WITHOUT_NAMES = (
    f"`sayable=` goes with a list of names, and `why` gives none.\nFor example {command('complete mo*** sayable=on')}."
)
SKIP_WITHOUT_RANKS = (
    "`skip=` goes with `complete` alone: names that are drawn have no order to skip in.\n"
    f"For example {command('complete mo*** skip=5')}."
)
YOU_TYPED = "You typed "
WHY_WHAT = f"Why what? Give me a name with holes in it.\n{HOLES} For example {command('why *u*a')} or {command('why ...base pokemon')}."
WHY_DRAWS_NOTHING = (
    "`seed=` does not go with `why`, which draws nothing: it weighs all that fits.\n"
    f"Names are drawn by `draw` and take a seed, for example {command('draw *u*a seed=7')}."
)
