"""A user's own file on the command line: the options that say what it holds where the guess is wrong."""

import argparse
from collections.abc import Callable
from functools import partial

import corpora
from bot.strings import cli as words

OPTIONS = ("kind", "column", "form", "encoding")


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options of whoever brings a file."""
    for option in OPTIONS:
        parser.add_argument(f"--{option}", help=words.OPTION_HELP[option])


def reader(asked: argparse.Namespace) -> Callable[[str], corpora.Corpus]:
    """What reads a file as these options say; it raises CorpusError."""
    return partial(
        corpora.read, **{option: getattr(asked, option) for option in OPTIONS if getattr(asked, option) is not None}
    )
