"""Processes that train: on all cores for `make models`, and beside a bot that answers; none outlives who started it."""

import os
import queue
import signal
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

import corpora
from bot.names import building
from bot.names.training_queue import TrainingQueue, library_in_background
from bot.names.workers import TrainingFailed, Worker, WorkerEnded
from tests.helpers.checkout import ROOT
from tests.helpers.small_library import SmallLibrary
from tests.helpers.waiting import wait_until

pytestmark = pytest.mark.slow


class Broken(SmallLibrary):
    """A library to which one corpus is a fault of ours, and another the end of its process."""

    def train(self, name, kind, order):
        if name == "ikea":
            raise ValueError("no ikea today")
        if name == "gods":
            os.kill(os.getpid(), signal.SIGKILL)
        return super().train(name, kind, order)


@pytest.fixture
def folder(settings, tmp_path):
    return replace(settings, models_dir=tmp_path / "models")


@pytest.mark.parametrize("cores", [1, 2])
def test_progress_says_how_many_of_how_many(folder, monkeypatch, cores):
    """The longest training comes first; a model alone that a mixture lacks is one more."""
    monkeypatch.setattr(building, "cores", lambda: cores)
    said = []
    SmallLibrary(folder, said.append).build_all(["pasta", "ipsum-corporate", "tech"])
    built = {file.name for file in folder.models_dir.iterdir()}
    assert {line.split(": ")[-1] for line in said} == built and len(said) == len(built)
    assert [line.split(": ")[1] for line in said[:cores]] == [
        f"building {number} of 3" for number in range(1, cores + 1)
    ]
    assert said[0].endswith("tech.mix.npz") and f"building {len(built)} of {len(built)}" in said[-1]


@pytest.mark.parametrize("cores", [1, 2])
def test_what_fails_is_told_and_all_others_are_built(folder, monkeypatch, cores):
    """An error in training, a process that is killed and a corpus that is none cost their own models alone."""
    monkeypatch.setattr(building, "cores", lambda: cores)
    said = []
    with pytest.raises(TrainingFailed, match="3 models could not be built") as caught:
        Broken(folder, said.append).build_all(["gods", "pasta", "ikea", "no-such-corpus", "spices"])
    assert all(f"{name}.mix.npz" in str(caught.value) for name in ("gods", "ikea", "no-such-corpus"))
    told = "\n".join(line for line in said if "was not built" in line)
    assert (
        "ikea.mix.npz was not built: ValueError: no ikea today" in told
        and "gods.mix.npz was not built: the process" in told
    )
    built = os.listdir(folder.models_dir)
    assert {"pasta.mix.npz", "spices.mix.npz"} <= set(built) and "ikea.mix.npz" not in built


def test_a_file_that_cannot_be_written_is_told(folder, tmp_path):
    """Else `make models` would take the shelf for built."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(TrainingFailed, match="pasta.mix.npz"):
        SmallLibrary(replace(folder, models_dir=tmp_path / "file" / "models"), print).build_all(["pasta"])


def test_a_worker_trains_what_this_process_would(folder):
    """The same bytes, whoever trains; and what goes wrong there is told here."""
    import generator

    worker, here = Worker(SmallLibrary, folder), SmallLibrary(folder, print)
    try:
        for kind in ("mix", "hmm"):
            for number, model in enumerate([worker.train("pasta", kind), here.made("pasta", kind)]):
                generator.save(model, folder.models_dir / f"{kind}.{number}")
            assert (folder.models_dir / f"{kind}.0").read_bytes() == (folder.models_dir / f"{kind}.1").read_bytes()
        with pytest.raises(TrainingFailed, match="no-such-corpus"):
            worker.train("no-such-corpus", "mix")
    finally:
        worker.stop()
    with pytest.raises(WorkerEnded):
        worker.train("pasta", "mix")


def test_a_bot_is_answered_by_what_a_process_trained(folder):
    """The real thing, without a stand-in: the model takes over, and its process has gone when nothing is left to
    train."""
    library, there = library_in_background(folder, SmallLibrary), threading.Event()
    assert library.queue.ask("pasta", "mix", lambda model: (library.take_over("pasta", "mix", model), there.set()))
    thread = library.queue._thread
    there.wait()
    thread.join()
    assert library.at_hand("pasta", "mix") and [file.name for file in folder.models_dir.iterdir()] == ["pasta.mix.npz"]
    library.close()


def test_a_process_that_does_not_start_costs_one_try():
    """The system may refuse another process: that is told, and the next who asks has it tried again."""
    told, tries, there = queue.Queue(), iter([OSError("no more processes"), Trains()]), threading.Event()

    def start():
        trainer = next(tries)
        if isinstance(trainer, Exception):
            raise trainer
        return trainer

    background = TrainingQueue(start, lambda *what: told.put(what))
    assert background.ask("pasta", "mix", print)
    assert "no more processes" in str(told.get()[2])
    while not background.ask("pasta", "mix", lambda model: there.set()):
        pass  # the first try is being put away
    there.wait()
    background.stop()
    assert not background.ask("pasta", "hmm", print) and told.empty()


class Trains:
    def train(self, name, kind):
        return "a model"

    def stop(self):
        """Nothing runs."""


_BUILDS = (
    "from tests.helpers.small_library import Endless; from bot.names.training_queue import library_in_background as background\n"
    "from bot.settings import Settings; from pathlib import Path; import sys\n"
    "library = Endless(Settings(models_dir=Path(sys.argv[1])), print)\n"
)
_IN_FRONT = _BUILDS + "library.build_all(['pasta', 'spices', 'gods'])"
_BESIDE = (
    _BUILDS
    + "library = background(library.settings, Endless); library.queue.ask('pasta', 'mix', print)\nsys.stdin.read()"
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("program", "ended_by"),
    [
        (_IN_FRONT, "interrupt"),
        (_BESIDE, "interrupt"),
        (_BESIDE, "end of input"),
        (_IN_FRONT, "kill"),
        (_BESIDE, "kill"),
    ],
)
def test_no_process_outlives_who_started_it(tmp_path, program, ended_by):
    """Ctrl-C goes to all of a terminal's processes: one says so, the others end without a word; nothing half-written is
    left."""
    started = subprocess.Popen(
        [sys.executable, "-c", program, tmp_path / "models"],
        cwd=ROOT,
        start_new_session=True,
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(tmp_path)},
        text=True,
    )
    wait_until(lambda: list(tmp_path.glob("begun.*")))
    if ended_by == "interrupt":
        os.killpg(started.pid, signal.SIGINT)
    elif ended_by == "kill":
        started.kill()
    said = started.communicate(None)[1]  # until the last process that could write there has ended
    assert started.returncode == {"interrupt": -signal.SIGINT, "end of input": 0, "kill": -signal.SIGKILL}[ended_by]
    assert said.count("KeyboardInterrupt") == (ended_by == "interrupt") and not (tmp_path / "models").exists()


def test_the_shelf_has_a_cost_each():
    """What is built first is what takes longest: small corpora are trained on several times."""
    library = type("Shelf", (), {"corpus": staticmethod(corpora.load)})
    costs = {name: building._cost(library, name) for name in ("dinosaurs", "tech", "pokemon-ja")}
    assert sorted(costs, key=costs.get) == ["pokemon-ja", "tech", "dinosaurs"]
