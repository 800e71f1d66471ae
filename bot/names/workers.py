"""Processes that train models: beside a bot that answers, or on all cores for `make models`.

Training holds Python's interpreter lock for most of its time, so a thread of it would slow every answer; a process does
not. The trained model comes back over a pipe, and the asking process writes its file: a killed process leaves nothing
behind.
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

POLITE = 10  # niceness beside an answering bot
_CONTEXT = multiprocessing.get_context("spawn")  # a fork would copy the locks of other threads as they happen to be


class TrainingFailed(RuntimeError):
    """A model could not be trained; the message says why."""


class WorkerEnded(TrainingFailed):
    """A process ended before its model was trained: somebody killed it, or the system lacked memory."""


class Worker:
    """A process that trains one model after another, and ends with its parent.

    `make` builds its library: the class Library, or another that can be pickled.
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
        """Begin to train a model; `pipe` becomes readable with the answer."""
        with suppress(OSError):  # `answer` reports an ended process
            self.pipe.send((name, kind))

    def answer(self) -> Model:
        """Wait for the model. Raises TrainingFailed."""
        try:
            model, trouble = self.pipe.recv()
        except (EOFError, OSError):
            raise WorkerEnded(_ended(self._process)) from None
        if trouble:
            raise TrainingFailed(trouble)
        return model

    def stop(self) -> None:
        """End the process at once."""
        self._process.terminate()
        self._process.join()


def cores() -> int:
    """How many processes can run at a time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _ended(process: multiprocessing.Process) -> str:
    process.join(1.0)  # its pipe closes a moment before it ends
    return f"the process that trained it has ended (exit code {process.exitcode})"


@contextmanager
def _no_interrupts() -> Iterator[None]:
    """Processes that start in this block ignore Ctrl-C from the first moment: their parent ends them."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # its first start unblocks Ctrl-C
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(pipe: Connection, make: Callable[..., Library], settings: Settings, niceness: int) -> None:
    """Train until the pipe closes."""
    os.environ.setdefault(
        "OPENBLAS_NUM_THREADS", "1"
    )  # read when numpy is imported: these products are too small to share, and waiting threads spin
    os.nice(niceness)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    library = make(settings, progress=_silent)
    with suppress(EOFError, OSError):  # the parent has closed it
        while True:
            pipe.send(_trained(library, *pipe.recv()))


def _end_with_parent() -> None:
    """End with the parent, even in the middle of a training."""
    multiprocessing.parent_process().join()
    os._exit(1)


def _trained(library: Library, name: str, kind: str) -> tuple[Model | None, str | None]:
    """The model, or its error as text: not every exception can be pickled."""
    try:
        return library.made(name, kind), None
    except Exception as error:  # of any kind: the parent raises it
        return None, f"{type(error).__name__}: {error}"


def _silent(line: str) -> None:
    """Drop progress: the parent reports it."""
