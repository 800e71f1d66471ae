"""Trains models in the background, one after another, and hands each over when it is ready."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from bot.names.library import Library
from bot.names.workers import POLITE, Worker, WorkerEnded
from bot.settings import Settings
from bot.strings import models as words

if TYPE_CHECKING:
    from generator.training.train import Model

Take = Callable[["Model"], None]
_MOST = 100  # waiting models: people can ask for any number of blends


class Trainer(Protocol):
    """A Worker, or a test's replacement of one."""

    def train(self, name: str, kind: str) -> Model:
        """The model of a corpus, ready for its file."""

    def stop(self) -> None:
        """Stop the training; `train` raises WorkerEnded."""


class TrainingQueue:
    """A queue of models to train, each once; `start` gives a trainer, which stops when the queue is empty.

    `failed` gets the corpus, the kind and the error of a failed training. The next question tries it again.
    """

    def __init__(self, start: Callable[[], Trainer], failed: Callable[[str, str, Exception], None]):
        self._start, self._failed = start, failed
        self._lock = threading.Lock()
        self._queue: dict[tuple[str, str], Take] = {}  # in order; the first one is in training
        self._thread: threading.Thread | None = None
        self._trainer: Trainer | None = None
        self._stopped = False

    def ask(self, name: str, kind: str, take: Take) -> bool:
        """Queue a model, which `take` gets when it is trained; False if it is queued already, or the queue is full."""
        with self._lock:
            if self._stopped or (name, kind) in self._queue or len(self._queue) >= _MOST:
                return False
            self._queue[name, kind] = take
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="training", daemon=True)
                self._thread.start()
            return True

    def stop(self) -> None:
        """Stop the training and empty the queue for good."""
        with self._lock:
            self._stopped, thread, trainer = True, self._thread, self._trainer
        if trainer:
            trainer.stop()
        if thread:
            thread.join()

    def _work(self) -> None:
        trainer = None
        try:
            while job := self._next():
                trainer = self._train(trainer, *job)
        finally:
            if trainer:
                trainer.stop()

    def _begin(self) -> Trainer:
        """A trainer that `stop` can stop. Raises WorkerEnded if `stop` came first."""
        trainer = self._start()
        with self._lock:
            self._trainer, late = trainer, self._stopped
        if late:
            trainer.stop()
            raise WorkerEnded
        return trainer

    def _next(self) -> tuple[str, str, Take] | None:
        """The first model of the queue; None if it is empty, and then the next `ask` starts a new thread."""
        with self._lock:
            if self._stopped or not self._queue:
                self._thread = self._trainer = None
                return None
            (name, kind), take = next(iter(self._queue.items()))
            return name, kind, take

    def _train(self, trainer: Trainer | None, name: str, kind: str, take: Take) -> Trainer | None:
        """Train one model and hand it over; returns the trainer, or None if it has ended."""
        try:
            trainer = trainer or self._begin()
            take(trainer.train(name, kind))
        except Exception as error:  # of any kind: other models still wait
            if trainer and isinstance(error, WorkerEnded):
                trainer = trainer.stop()
            self._tell(name, kind, error)
        finally:
            with self._lock:
                self._queue.pop((name, kind), None)
        return trainer

    def _tell(self, name: str, kind: str, error: Exception) -> None:
        if not self._stopped:
            self._failed(name, kind, error)


def library_in_background(settings: Settings, make: Callable[..., Library] = Library) -> Library:
    """A library that trains slow models in the background, in a process of low priority that ends with the queue."""
    library = make(settings)

    def failed(name: str, kind: str, error: Exception) -> None:
        library.progress(words.training_failed(f"{kind} of {name}", error))

    library.queue = TrainingQueue(lambda: Worker(make, settings, POLITE), failed)
    return library
