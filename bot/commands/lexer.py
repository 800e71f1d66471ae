"""A line becomes words, and each word is known by its form: a verb, a corpus, a model, a number of names, `key=value`,
or a pattern, which has a hole."""

import re
from collections.abc import Collection
from typing import NamedTuple

import generator
from bot.commands.options import COUNT, option_name
from bot.commands.queries import OPTIONS
from bot.commands.quoting import OpenQuote, split
from bot.commands.request import VERBS
from bot.commands.shelf import is_corpus, name, plain
from bot.errors import BadInput
from bot.strings import reading as words

_HOLE = re.compile(r"\*|\.\.\.|\[")
_OPTION = re.compile(r"-*([a-z][a-z_-]*)=(.*)", re.IGNORECASE | re.DOTALL)
NAMED = ("corpus", "model", "count")  # corpus=tech says what tech alone says
# Flags of the command line that add nothing: the next word says it all.
_NEEDLESS = {"-n", "--count", "--corpus", "--model", "--pattern"}


class Word(NamedTuple):
    """One word as typed, and its kind."""

    kind: str  # "verb" | "corpus" | "model" | "count" | "pattern" | "preview" | "unknown" | one of OPTIONS
    text: str


def split_line(line: str) -> list[str]:
    """Split a line at its spaces, with `--seed 7` read as `seed=7`. Raises BadInput for a quote that never closes.

    >>> split_line("--seed 7 -n 3 pokemon")
    ['seed=7', '3', 'pokemon']
    """
    try:
        typed = iter(split(line))
    except OpenQuote as error:
        raise BadInput(words.open_quote(str(error))) from None
    read = []
    for word in typed:
        key = option_name(word.lstrip("-"))
        if word.startswith("-") and key in OPTIONS:
            read.append(f"{key}={next(typed, '')}")
        elif word.lower() not in _NEEDLESS:
            read.append(word)
    return read


def classified(word: str, shelf: Collection[str]) -> Word:
    """A word with its kind; one that names its kind, as corpus=tech does, becomes its value.

    >>> classified("corpus=tech", ["tech"]), classified("mo***", ["tech"])
    (Word(kind='corpus', text='tech'), Word(kind='pattern', text='mo***'))
    """
    option = _OPTION.fullmatch(word)
    key = option[1].lower() if option else ""
    if key in (*NAMED, "pattern") and _kind(option[2], shelf) == key:
        return Word(key, option[2])
    return Word(_kind(word, shelf), word)


def _kind(word: str, shelf: Collection[str]) -> str:
    option = _OPTION.fullmatch(word)
    if plain(word).lstrip("-") == "preview" or (option and option[1].lower() == "preview"):
        return "preview"
    if option and option_name(option[1]) in OPTIONS:
        return option_name(option[1])
    if COUNT.fullmatch(word):
        return "count"
    if is_corpus(word, shelf):  # before patterns: the * in pokemon*2+ikea is no hole
        return "corpus"
    if _HOLE.search(word):
        return "pattern"
    if name(word, VERBS):
        return "verb"
    return "model" if name(word, generator.MODELS) else "unknown"
