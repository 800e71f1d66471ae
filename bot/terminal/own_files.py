"""A user's own files: a corpus, read as the options of the command line say, or a model (`--model-file`)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import corpora
import generator
from bot.commands.patterns import SPACED
from bot.commands.queries import Q
from bot.errors import BadInput
from bot.names.library import Library
from bot.settings import Settings
from bot.strings import models as words
from corpora.style import STYLES

if TYPE_CHECKING:
    from generator.training.train import Model

FILE_OPTIONS = ("kind", "column", "form", "encoding")  # say what a file holds, if the guess is wrong


def reader(asked: argparse.Namespace) -> Callable[[str], corpora.Corpus]:
    """Give the function that reads a corpus from a file as the options say; it raises CorpusError."""
    given = {option: getattr(asked, option) for option in FILE_OPTIONS}
    return partial(corpora.read, **{option: said for option, said in given.items() if said is not None})


def load_model(path: str) -> Model:
    """Load the model in a file. Raises BadInput if this version cannot read it."""
    try:
        return checked(generator.load(path), path)
    except OSError as error:
        raise BadInput(words.model_unreadable(path, error)) from None
    except generator.ModelFileError as error:
        raise BadInput(words.not_a_model_file(path, error.reason)) from None


def checked(model: Model, path: str) -> Model:
    """Give the model back. Raises BadInput if a token of it is empty or not printable, as a terminal might obey it."""
    for token in model.vocabulary.tokens:
        if not (token and token.isprintable()):
            raise BadInput(words.unseen_token(path, token))
    return model


class FileLibrary(Library):
    """A library that answers with the model of one file, for every corpus. The file's path is a corpus too.

    The model's provenance says how its names are written and how long they are. If the corpus that it was trained on
    is on the shelf, unchanged, that corpus's names are known; else no names are, unless a corpus is named.
    """

    def __init__(self, settings: Settings, path: str, read: Callable[[str], corpora.Corpus] | None = None):
        super().__init__(settings, read=read)
        self.file, self.loaded = path, load_model(path)

    def asked(self, request: Q) -> Q:
        """Put the kind and order of this model into the request."""
        return replace(request, model=self.loaded.kind, order=self.loaded.order)

    def trained(self, name: str, kind: str, order: int | None = None) -> Model:
        return self.loaded

    def kind(self, name: str) -> str:
        return SPACED if isinstance(self.corpus(name), Spaced) else super().kind(name)

    def corpus(self, name: str) -> corpora.Corpus:
        if name != self.file:
            return super().corpus(name)
        home = self._home()
        return super().corpus(home.name) if home else _unlisted(self.file, self.loaded)

    def lengths(self, name: str) -> tuple[int, int]:
        if self.corpus(name).entries:
            return super().lengths(name)
        said = self.loaded.provenance.get("lengths")
        if (
            isinstance(said, list)
            and len(said) == 2
            and all(type(n) is int and 1 <= n <= generator.LONGEST for n in said)
        ):
            return min(said), max(said)
        return 1, generator.LONGEST

    def _home(self) -> corpora.Card | None:
        """Find the card of the corpus that the model was trained on, if it is on the shelf unchanged."""
        said = self.loaded.provenance
        cards = [card for card in self.shelf() if (card.name, card.sha256) == (said.get("corpus"), said.get("sha256"))]
        return cards[0] if cards else None


class Spaced(corpora.Corpus):
    """A corpus whose tokens are written with spaces between them."""

    def write(self, tokens) -> str:
        return " ".join(tokens)


def _unlisted(path: str, model: Model) -> corpora.Corpus:
    """Make a corpus without entries, which writes names as the model's provenance says."""
    said, name = model.provenance, Path(path).name
    kind = said.get("kind") if said.get("kind") in STYLES else "characters"
    style = said.get("style") if said.get("style") in STYLES[kind] else list(STYLES[kind])[-1]
    card = corpora.Card(name, name, name, kind, style, name, licence="", date="", count=0, sha256="", samples=())
    return (Spaced if "kind" not in said and model.vocabulary.of_words else corpora.Corpus)(card, ())
