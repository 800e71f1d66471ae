"""Corpora and trained models, loaded on first use and cached.

The mixture of each corpus on the shelf, and the hidden Markov model in it, take seconds to train, so they have files:
`make models` builds them, and the package has them all. On a developer's machine the first use builds a missing or
damaged file; on Lambda nothing does. A chain alone trains in a fraction of a second, so chains, also of blends, are
trained on first use anywhere. With a TrainingQueue nobody waits for a slow training (see fallback).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import corpora
import generator
from bot.commands.queries import DRAWN
from bot.errors import BadInput
from bot.names import lines, own_models
from bot.names.background_names import KIND, background
from bot.names.cache import Cache, kept
from bot.names.derived import Derived
from bot.names.memory import give_back, resident
from bot.names.parts import part_of
from bot.names.progress import now_and_then, on_stderr
from bot.settings import Settings
from bot.strings import models as words

if TYPE_CHECKING:
    from bot.names.training_queue import TrainingQueue
    from generator.training.train import Model

FILED = ("mix", "hmm")  # the kinds of model that have files
ADAPTED = ("mix", "markov")  # the kinds that a background is mixed into
_BLENDS = 8  # cached blends: all would not fit into memory
_MARGIN = 50_000_000  # bytes
_TEMPERED = 3  # cached models of other temperatures: each is as large as its original
_SEED = 0  # of training, so that the same corpus gives the same model everywhere


class ModelMissing(RuntimeError):
    """The package lacks a model, or has a damaged one; the message names its file."""


class _NotThere(Exception):
    """No usable file holds the model."""


class Library(Derived):
    """Corpora by shelf name (or path, if the edge allows paths) and their models. Thread-safe."""

    def __init__(
        self,
        settings: Settings,
        progress: Callable[[str], None] | None = None,
        read: Callable[[str], corpora.Corpus] | None = None,
        queue: TrainingQueue | None = None,
    ):
        self.settings = settings
        self.progress = progress or on_stderr
        self.read = read or corpora.read  # a user's file
        self.queue = queue  # trains in the background; without a queue the asker waits
        self._cache = Cache()
        self._tempered = Cache(_TEMPERED)
        self._names: dict[str, None] = {}  # the corpora and blends in the cache, the latest used last
        self._floor = 0  # bytes that were still resident when all that could be forgotten was
        self._lock = threading.Lock()  # guards the two

    def close(self) -> None:
        """Stop the training in the background."""
        if self.queue:
            self.queue.stop()

    def shelf(self) -> tuple[corpora.Card, ...]:
        """The cards of the available corpora; opens no data.

        On Lambda those whose mixture is in the package: a model of another would take too long.
        """
        cards = corpora.shelf()
        if not self.settings.on_lambda:
            return cards
        return tuple(card for card in cards if self.path(card.name, "mix").is_file())

    def kinds(self) -> dict[str, str]:
        """The corpora on the shelf, with the kinds of their tokens."""
        return {card.name: card.kind for card in self.shelf()}

    def kind(self, name: str) -> str:
        """The kind of a corpus's tokens, by which patterns are read (see patterns)."""
        return self.corpus(name).card.kind

    def at_hand(self, name: str, kind: str, order: int | None = None) -> bool:
        """Whether a model is in memory, or in a file that loads; trains nothing."""
        key = Library._model.key(name, kind, _said(kind, order))
        if self._cache.holds(key):
            return True
        if kind not in FILED or not self.has_file(name):
            return False
        try:
            self._cache.get(key, lambda: self._found(name, kind))
        except _NotThere:
            return False
        return True

    def take_over(self, name: str, kind: str, model: Model) -> None:
        """Cache a model that was trained elsewhere, and write its file."""
        if self.has_file(name):
            self.keep(model, self.path(name, kind))
        self.note_use(name)
        self._cache.put(Library._model.key(name, kind, None), model)

    def has_file(self, name: str) -> bool:
        """Whether the slow models of a corpus have files: those of the shelf have, those of blends have not."""
        return "+" not in name and self._ships(name)

    def note_use(self, name: str) -> None:
        """Note that a corpus is in use, and forget the blend that was used longest ago if there are too many."""
        with self._lock:
            known = self._names.pop(name, name) is None
            self._names[name] = None
            blends = [] if known else [other for other in self._names if "+" in other and self._ships(other)]
            oldest = blends[0] if len(blends) > _BLENDS else None
        if oldest:
            self._forget(oldest)

    def make_room(self, name: str) -> None:
        """Forget the corpora that were used longest ago, except this one, while the process holds too much memory."""
        if resident() <= max(self.settings.memory, self._floor):
            return
        while resident() > self.settings.memory:
            with self._lock:
                oldest = next((other for other in self._names if other != name), None)
            if oldest is None:
                self._floor = resident() + _MARGIN  # the rest is not the library's: look again when it has grown
                return
            self._forget(oldest)
            give_back()

    def _forget(self, name: str) -> None:
        """Drop what is cached of a corpus. An answer that uses it goes on with it."""
        with self._lock:
            self._names.pop(name, None)
        self._cache.drop(lambda key: key[1] == name)
        self._tempered.drop(lambda key: True)

    @kept
    def corpus(self, name: str) -> corpora.Corpus:
        """The corpus of a shelf name, of a blend or of a path. Raises corpora.CorpusError."""
        return corpora.load(name) if self._ships(name) else self.read(name)

    def model(self, name: str, kind: str, order: int | None = None, wild: float = 1.0) -> Model:
        """The model of a corpus at a temperature. Raises ModelMissing on Lambda if the package lacks its file."""
        if wild == DRAWN:
            return self._drawn(name, kind, order)
        model = self.trained(name, kind, order)
        return model if wild == 1.0 else self._tempered.get((model, wild), lambda: generator.temper(model, wild))

    @kept
    def _drawn(self, name: str, kind: str, order: int | None) -> Model:
        return generator.temper(self.trained(name, kind, order), DRAWN)

    def trained(self, name: str, kind: str, order: int | None = None) -> Model:
        """The model of a corpus as it was trained. Raises ModelMissing."""
        order = _said(kind, order)
        return self._of_lines(name, kind, order) if self.kind(name) == "words" else self._model(name, kind, order)

    @kept
    def _of_lines(self, name: str, kind: str, order: int | None) -> Model:
        return lines.with_ends(self.corpus(name), self._model(name, kind, order))

    @kept
    def _model(self, name: str, kind: str, order: int | None) -> Model:
        in_mixture = kind == "markov" and order is None and "+" not in name and self.at_hand(name, "mix")
        if in_mixture and (chain := self._chain_of(name)):
            return chain
        if not self._ships(name):
            return own_models.trained(self, name, kind, order)
        if kind not in FILED:
            return self.train(name, kind, order)
        if "+" in name:
            return self._blended(name, kind)
        part = self._part(name) if kind == "hmm" else None
        return part or self._filed(name, kind)

    def _filed(self, name: str, kind: str) -> Model:
        """The model in its file, which is built first if it is missing and may be built."""
        path = self.path(name, kind)
        model = self._load(path, name, self.progress)
        if model is None and self.settings.on_lambda:
            raise ModelMissing(words.model_missing(path))
        return model or self._build(path, name, kind)

    def _found(self, name: str, kind: str) -> Model:
        """The model in its file, or in the file of the mixture. Raises _NotThere."""
        if kind == "hmm" and not self.at_hand(name, "mix"):
            raise _NotThere
        part = self._part(name) if kind == "hmm" else None
        model = part or self._load(self.path(name, kind), name)
        if model is None:
            raise _NotThere
        return model

    def _part(self, name: str) -> Model | None:
        """The hidden Markov model in a corpus's mixture, which saves training it twice."""
        return part_of(self._model(name, "mix", None), "hmm")

    def _chain_of(self, name: str) -> Model | None:
        """The chain in a corpus's mixture if it is adapted to a background: a `markov` is trained in the same way."""
        mix = self._model(name, "mix", None)
        return part_of(mix, "markov") if "background" in mix.provenance else None

    def _blended(self, name: str, kind: str) -> Model:
        """A slow model of a blend. Raises BadInput on Lambda, which has no time to train it."""
        if self.settings.on_lambda:
            raise BadInput(words.no_time_for(name, kind), [f"{name} markov"])
        return self.train(name, kind, None)

    def path(self, name: str, kind: str) -> Path:
        """The file of a model."""
        return self.settings.models_dir / f"{name}.{kind}.npz"

    def build_all(self, names: Iterable[str] | None = None) -> None:
        """Train the slow models of these corpora, or of the shelf, on all cores and write their files (`make models`).

        Raises TrainingFailed if a model could not be built, after the others are built.
        """
        from bot.names.building import build

        build(self, [card.name for card in corpora.shelf()] if names is None else list(names))

    def files(self, name: str) -> tuple[Path, ...]:
        """The existing files of a corpus's models, which go into the package."""
        return tuple(path for path in (self.path(name, kind) for kind in FILED) if path.is_file())

    def _ships(self, name: str) -> bool:
        """Whether a corpus is on the shelf, or a blend of such."""
        try:
            return bool(corpora.parts(name))
        except (corpora.CorpusError, corpora.UnknownCorpus):
            return False

    def _load(self, path: Path, name: str, tell: Callable[[str], None] | None = None) -> Model | None:
        """The model in a file; None if the file is missing, damaged (which `tell` reports), or of another state of the
        corpus."""
        try:
            model = generator.load(path)
        except FileNotFoundError:
            return None
        except generator.ModelFileError as error:
            if tell:
                tell(words.model_damaged(error))
            return None
        return model if model.provenance.get("sha256") == self.corpus(name).card.sha256 else None

    def load_kept(self, path: Path, name: str) -> Model | None:
        """The model in a file, if it is one of this very corpus."""
        return self._load(path, name)

    def _build(self, path: Path, name: str, kind: str) -> Model:
        self.progress(words.building(path.name))
        model = self.made(name, kind)
        self.keep(model, path)
        return model

    def made(self, name: str, kind: str) -> Model:
        """A newly trained model, ready for its file."""
        model = self.train(name, kind, None)
        generator.prepare(model, DRAWN)  # who reads the file waits for a first draw
        return model

    def background(self, name: str) -> list[tuple[str, ...]]:
        """The names of other lists that a model of letters learns from too."""
        return background(self.corpus(name).sequences)

    def train(self, name: str, kind: str, order: int | None) -> Model:
        """A newly trained model of a corpus, with its provenance."""
        import numpy

        corpus, rng, progress = self.corpus(name), numpy.random.default_rng(_SEED), now_and_then(self.progress)
        card, read = corpus.card, self.background(name) if corpus.card.kind == KIND and kind in ADAPTED else ()
        model = generator.compact(
            generator.train(kind, corpus.training, rng, order=order, progress=progress, background=read)
        )
        model.provenance.update(
            corpus=card.name,
            sha256=card.sha256,
            names=card.count,
            kind=card.kind,
            style=card.style,
            lengths=list(self.lengths(name)),
            seed=_SEED,
        )
        if card.kind == KIND and not self._ships(name) and any(corpus.habits):
            model.provenance["habits"] = corpus.habits.as_json()
        return model

    def keep(self, model: Model, path: Path) -> None:
        """Write a model's file, whole or not at all. A full disk costs another training, not the answer."""
        try:
            generator.save(model, path)
        except OSError as error:
            self.progress(words.model_not_kept(path, error))


def _said(kind: str, order: int | None) -> int | None:
    """The order of a model, None for the usual one."""
    return None if order == generator.DEFAULT_ORDERS.get(kind) else order
