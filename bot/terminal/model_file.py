"""A model that somebody brings in a file (`--model-file`), in place of one of a corpus on the shelf."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import corpora
import generator
from bot.commands.patterns import SPACED
from bot.commands.request import Request
from bot.errors import BadInput
from bot.names.library import Library
from bot.settings import Settings
from bot.strings import models as words
from corpora.habits import Habits
from corpora.style import STYLES
from corpora.tokens import JOINERS

if TYPE_CHECKING:
    from generator.training.train import Model


def load_model(path: str) -> Model:
    """The model in a file. Raises BadInput where there is none that this version reads."""
    try:
        return checked(generator.load(path), path)
    except OSError as error:
        raise BadInput(words.model_unreadable(path, error)) from None
    except generator.ModelFileError as error:
        raise BadInput(words.not_a_model_file(path, error.reason)) from None


def checked(model: Model, path: str) -> Model:
    """A model whose tokens may be shown in a terminal. Raises BadInput for one that a terminal would obey."""
    for token in model.vocabulary.tokens:
        if not token.strip(JOINERS) or not all(char.isprintable() or char in JOINERS for char in token):
            raise BadInput(words.unseen_token(path, token))
    return model


class FileLibrary(Library):
    """A library whose one model is that of a file, whatever corpus is asked for; the file's path is a corpus too.

    What is written of the corpus that the model was trained on says how its names are written and how long they are.
    Where that corpus is on the shelf, unchanged, its names are known; else none is, unless a corpus is named.
    """

    def __init__(self, settings: Settings, path: str, read: Callable[[str], corpora.Corpus] | None = None):
        super().__init__(settings, read=read)
        self.file, self.loaded = path, load_model(path)

    def asked(self, request: Request) -> Request:
        """The request as this model answers it."""
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
        """The card on the shelf of the very corpus that the model was trained on."""
        said = self.loaded.provenance
        cards = [card for card in self.shelf() if (card.name, card.sha256) == (said.get("corpus"), said.get("sha256"))]
        return cards[0] if cards else None


class Spaced(corpora.Corpus):
    """A corpus of whatever tokens stand between spaces."""

    def write(self, tokens) -> str:
        return " ".join(tokens)


def _unlisted(path: str, model: Model) -> corpora.Corpus:
    """The corpus behind a model, of which nothing is known but how its names are written."""
    said, name = model.provenance, Path(path).name
    kind = said.get("kind") if said.get("kind") in STYLES else "characters"
    style = said.get("style") if said.get("style") in STYLES[kind] else list(STYLES[kind])[-1]
    card = corpora.Card(
        name=name,
        title=name,
        line=name,
        kind=kind,
        style=style,
        source=name,
        licence="",
        date="",
        count=0,
        sha256="",
        samples=(),
    )
    habits = Habits.of_json(said.get("habits"))
    return (Spaced if "kind" not in said and model.vocabulary.of_words else corpora.Corpus)(card, (), said=habits)
