"""Processes that train models: beside a bot that answers, or on all cores for `make models`.

Training holds Python's interpreter lock for most of its time, so that a thread of it would slow every answer; a process
does not. A trained model comes back over a pipe and the asking process writes the file: a process that is ended
half-way leaves nothing behind.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from multiprocessing import resource_tracker
from typing import TYPE_CHECKING

from bot.settings import Settings

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from bot.names.library import Library
    from generator.training.train import Model

POLITE = 10  # niceness beside a bot that answers
_CONTEXT = multiprocessing.get_context("spawn")  # a fork would copy the locks of other threads as they happen to be


class TrainingFailed(RuntimeError):
    """A model could not be trained; the message says why."""


class WorkerEnded(TrainingFailed):
    """A process ended before its model was trained: somebody killed it, or the system did for want of memory."""


class Worker:
    """A process that trains what it is asked for, one model after another; it ends with the process that started it.

    `make` builds the library in it: the class Library, or one like it that can be pickled.
    """

    def __init__(self, make: Callable[..., Library], settings: Settings, niceness: int = 0):
        self.pipe, theirs = _CONTEXT.Pipe()
        open_to_all = replace(
            settings, signing_secret=None, bot_token=None, app_token=None
        )  # training needs no secrets
        self._process = _CONTEXT.Process(target=_serve, args=(theirs, make, open_to_all, niceness), daemon=True)
        with _no_interrupts():
            self._process.start()
        theirs.close()

    def train(self, name: str, kind: str) -> Model:
        """The model of a corpus, ready for its file. Raises TrainingFailed."""
        self.ask(name, kind)
        return self.answer()

    def ask(self, name: str, kind: str) -> None:
        """Begin to train a model; `pipe` can be read when there is an answer."""
        with suppress(OSError):  # that the process has ended is what the answer says
            self.pipe.send((name, kind))

    def answer(self) -> Model:
        """Wait for the model that was asked for. Raises TrainingFailed."""
        try:
            model, trouble = self.pipe.recv()
        except (EOFError, OSError):
            raise WorkerEnded(_ended(self._process)) from None
        if trouble:
            raise TrainingFailed(trouble)
        return model

    def stop(self) -> None:
        """End the process at once, whatever it trains."""
        self._process.terminate()
        self._process.join()


def cores() -> int:
    """How many processes may run at a time here."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _ended(process: multiprocessing.Process) -> str:
    process.join(1.0)  # its pipe closes a moment before it ends
    return f"the process that trained it has ended (exit code {process.exitcode})"


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """A process that is started meanwhile is deaf to Ctrl-C, from its first moment: whoever started it ends it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # its first start lets Ctrl-C through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, make: Callable[..., Library], settings: Settings, niceness: int) -> None:
    """Train until nobody asks any more."""
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # read when numpy is imported: these products are too small to share, and waiting threads spin
    os.nice(niceness)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    library = make(settings, progress=_silent)
    with suppress(EOFError, OSError):  # the other side has gone
        while True:
            pipe.send(_trained(library, *pipe.recv()))


def _end_with_parent() -> None:
    """End where the process that started this one was killed, in the middle of a training too."""
    multiprocessing.parent_process().join()
    os._exit(1)


def _trained(library: Library, name: str, kind: str) -> tuple[Model | None, str | None]:
    """The model, or the trouble with it in words: not every exception survives a pipe."""
    try:
        return library.made(name, kind), None
    except Exception as error:  # of whatever kind: it is raised where the model was asked for
        return None, f"{type(error).__name__}: {error}"


def _silent(line: str) -> None:
    """Progress is told by the process that asked."""
