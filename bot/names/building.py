"""`make models`: trains the models of many corpora on all cores, the longest training first."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, NamedTuple

import corpora
import generator
from bot.names.library import Library
from bot.names.parts import part_of
from bot.names.workers import TrainingFailed, Worker, WorkerEnded, cores
from bot.strings import models as words

if TYPE_CHECKING:
    from generator.training.train import Model

# A small corpus is trained on several times, with another tenth held out each time (see generator.training.tuning).
_FOLDS, _IN_TURN = 10, 4_000


class Job(NamedTuple):
    """A model to build."""

    name: str
    kind: str

    def file(self, library: Library) -> str:
        """The name of its file."""
        return library.path(*self).name


def build(library: Library, names: Sequence[str]) -> None:
    """Build the models of these corpora and write their files. Raises TrainingFailed after the others are built."""
    jobs = [Job(name, "mix") for name in sorted(dict.fromkeys(names), key=lambda name: -_cost(library, name))]
    _Site(library, jobs).build()


def _cost(library: Library, name: str) -> int:
    """The tokens that training sees, a measure of its time; a broken corpus counts 0 and fails in its turn."""
    try:
        sequences = library.corpus(name).sequences
    except (corpora.CorpusError, OSError):
        return 0
    return sum(map(len, sequences)) * min(_FOLDS, max(1, _IN_TURN // max(1, len(sequences))))


class _Site:
    """Waiting jobs, and workers with one job each."""

    def __init__(self, library: Library, jobs: list[Job]):
        self.library, self.jobs = library, jobs
        self.begun, self.total = 0, len(jobs)
        self.failed: list[str] = []
        self.busy: dict[Worker, Job] = {}

    def build(self) -> None:
        try:
            for _ in range(min(cores(), self.total)):
                self._give(self._worker())
            while self.busy:
                pipes = {worker.pipe: worker for worker in self.busy}
                for pipe in wait(list(pipes)):
                    self._take(pipes[pipe])
        finally:
            for worker in list(self.busy):
                worker.stop()
        if self.failed:
            raise TrainingFailed(words.not_built(self.failed))

    def _worker(self) -> Worker:
        return Worker(type(self.library), self.library.settings)

    def _give(self, worker: Worker) -> None:
        """Give a worker the longest waiting job, or stop it if none waits."""
        if not self.jobs:
            worker.stop()
            return
        job = self.busy[worker] = self.jobs.pop(0)
        self.begun += 1
        self.library.progress(words.building_some(job.file(self.library), self.begun, self.total))
        worker.ask(*job)

    def _take(self, worker: Worker) -> None:
        """Write a worker's model, and give it another job."""
        job = self.busy.pop(worker)
        try:
            self._write(job, worker.answer())
        except TrainingFailed as error:
            self.failed.append(job.file(self.library))
            self.library.progress(words.training_failed(job.file(self.library), error))
            worker = self._worker() if isinstance(error, WorkerEnded) and self.jobs else worker
        self._give(worker)

    def _write(self, job: Job, model: Model) -> None:
        try:
            generator.save(model, self.library.path(*job))
        except OSError as error:
            raise TrainingFailed(str(error)) from None
        if job.kind != "mix":
            return
        if part_of(model, "hmm") is None:
            self.jobs.insert(0, Job(job.name, "hmm"))
            self.total += 1
        else:  # the HMM of an earlier mixture, which nobody reads
            self.library.path(job.name, "hmm").unlink(missing_ok=True)
