"""A fresh machine, with no models: over Socket Mode everybody is answered while models are in training, and nobody
waits for one."""

import threading
from dataclasses import replace

import pytest

from bot.names.library import Library
from bot.names.training_queue import TrainingQueue
from bot.names.workers import TrainingFailed, WorkerEnded
from bot.slack.manifest import LIKE_THESE, OPEN_FORM
from bot.slack.socket_mode import connected
from bot.store.sqlite import SqliteStore
from tests.bot.conftest import SmallLibrary
from tests.fakes.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack


class HeldTrainer:
    """Trains what it is asked for once the test lets it, in place of a process."""

    def __init__(self, library: Library):
        self.library, self.asked = library, []
        self.begun, self.go = threading.Event(), threading.Event()
        self.trouble: Exception | None = None
        self.stopped = False

    def start(self):
        self.stopped = False
        return self

    def train(self, name, kind):
        self.asked.append((name, kind))
        self.begun.set()
        self.go.wait()
        if self.stopped:
            raise WorkerEnded("stopped")
        if self.trouble:
            raise self.trouble
        return self.library.made(name, kind)

    def stop(self):
        self.stopped = True
        self.go.set()


class Fresh(SmallLibrary):
    """A library that trains nothing of seconds but in the background, and says when a model has taken over."""

    def __init__(self, settings):
        self.said = []
        super().__init__(settings, self.said.append)
        self.trainer = HeldTrainer(SmallLibrary(settings, progress=lambda line: None))
        self.queue = TrainingQueue(self.trainer.start, lambda name, kind, error: self.failed.set())
        self.taken_over = {
            (name, kind): threading.Event() for name in ("pokemon", "ikea+pasta") for kind in ("mix", "hmm")
        }
        self.failed = threading.Event()

    def take_over(self, name, kind, model):
        super().take_over(name, kind, model)
        self.taken_over[name, kind].set()

    def train(self, name, kind, order):
        assert kind == "markov", "a listener trains a model of seconds"
        return super().train(name, kind, order)


@pytest.fixture
def fresh(settings, tmp_path):
    library = Fresh(replace(settings, models_dir=tmp_path / "models"))
    yield library
    library.close()


@pytest.fixture
def slack(settings, fresh, tmp_path):
    with FakeSlack() as slack:
        inside = replace(settings, bot_token=BOT_TOKEN, app_token=APP_TOKEN, slack_api_url=slack.api_url)
        with connected(inside, fresh, SqliteStore(tmp_path / "store.db")):
            slack.sockets.wait()
            yield slack


def names(post) -> list[str]:
    """The names of a list, as they are read aloud: without the small print."""
    return post.text.split("\n")[0].split(": ", 1)[1:]


def test_the_first_answer_is_a_markovs_and_then_the_mixture_takes_over(slack, fresh):
    """It says which model answered: asked for by its name, that gives the same names for the same seed, before and
    afterwards."""
    [first] = slack.types("ana", "names", "pokemon 3 seed=7")
    assert "pokemon · markov until mix is trained · chosen from 300 draws · seed 7" in first.text
    fresh.trainer.begun.wait()
    [by_name] = slack.types("ana", "names", "pokemon markov 3 seed=7")
    assert "pokemon · markov · chosen from 300 draws · seed 7" in by_name.text and names(by_name) == names(first)
    assert "until" in slack.types("ben", "names", "pokemon 3")[0].text and fresh.trainer.asked == [("pokemon", "mix")]
    fresh.trainer.go.set()
    fresh.taken_over["pokemon", "mix"].wait()
    [mixed] = slack.types("ana", "names", "pokemon 3 seed=7")
    assert "pokemon · mix · chosen from 300 draws · seed 7" in mixed.text
    assert names(slack.types("ana", "names", "pokemon markov 3 seed=7")[0]) == names(first)
    assert [file.name for file in fresh.settings.models_dir.iterdir()] == ["pokemon.mix.npz"]
    assert fresh.said == ["techname: training mix of pokemon in the background"]


@pytest.mark.parametrize(
    "line",
    [
        "draw pokemon 3",
        "complete mo*** pokemon 3",
        "pokemon hmm 3",
        "preview pokemon 3",
        "why mo*** pokemon",
        "ikea+pasta mix 3",
        "ikea+pasta hmm 3",
    ],
)
def test_whatever_is_asked_is_answered_meanwhile(slack, fresh, line):
    """Each verb, each kind of model that takes seconds, blends too."""
    [answer] = slack.types("ana", "names", line)
    assert f"markov until {'hmm' if 'hmm' in line else 'mix'} is trained" in str(answer.message)
    fresh.trainer.begun.wait()
    assert fresh.trainer.asked == [("ikea+pasta", line.split()[1]) if "+" in line else ("pokemon", "mix")]


@pytest.mark.parametrize("name", ["pokemon", "ikea+pasta"])
def test_the_hidden_markov_model_takes_over(slack, fresh, name):
    """That of a corpus is the one in its mixture, so the mixture is trained for it, and answers too; a blend has its
    own."""
    slack.types("ana", "names", f"{name} hmm 3")
    fresh.trainer.go.set()
    fresh.taken_over[name, "hmm" if "+" in name else "mix"].wait()
    while not fresh.at_hand(name, "hmm"):  # a mixture without one: it is trained alone
        fresh.taken_over[name, "hmm"].wait()
    assert f"{name} · hmm · chosen" in slack.types("ana", "names", f"{name} hmm 3")[0].text
    assert ("mix · chosen" in slack.types("ana", "names", f"{name} mix 3")[0].text) is (name == "pokemon")


def test_what_follows_a_list_is_of_the_model_that_was_asked_for(slack, fresh):
    """More and Surprise me below a list of the stand-in's: the mixture's once it is there; but ranks go on in the
    ranking they are of."""
    [drawn] = slack.types("ana", "names", "pokemon 3")
    [ranked] = slack.types("ana", "names", "complete m*** pokemon 3")
    [more] = slack.clicks("ana", drawn, "More")
    assert "markov until mix is trained" in more.text
    fresh.trainer.go.set()
    fresh.taken_over["pokemon", "mix"].wait()
    assert "pokemon · mix" in slack.clicks("ana", more, "More")[0].text
    assert "pokemon · mix" in slack.clicks("ana", ranked, "Surprise me")[0].text
    assert "pokemon · markov" in slack.clicks("ana", ranked, "More")[0].text


def test_opening_a_form_trains_nothing(slack, fresh):
    """Not the command's form, neither shortcut's; not even the stand-in, for a pattern read out of a message."""
    slack.types("ana", "names", "")
    assert slack.view("ana")
    slack.opens("ben", OPEN_FORM)
    said = slack.channels.put("C0NAMES", {"response_type": "in_channel", "text": "Golbase, Bulbase"}, "U0BEN")
    view = slack.opens_on("cleo", LIKE_THESE, said)
    assert view.value("pattern") == "...lbase" and "No model of tech is trained yet" in str(view.payload)
    assert not fresh.trainer.asked and not fresh.said and not any("_model" in key[0] for key in fresh._cache.keys())  # noqa: SIM118 - no mapping


def test_a_form_is_filled_in_and_sent_meanwhile(slack, fresh):
    """A pattern typed into it has names of the stand-in's below it, told as such; so have the names that it brings."""
    slack.types("ana", "names", "")
    view = slack.fills("ana", {"corpus": "pokemon", "pattern": "mo***"})
    assert "mo*** from pokemon (markov until mix is trained), for example: M" in str(view.payload)
    [posted] = slack.submits("ana", {"count": "3"})
    assert "pokemon · markov until mix is trained" in posted.text


def test_opening_a_form_over_a_damaged_file_trains_nothing(slack, fresh):
    """A file that does not load is no model at hand."""
    fresh.settings.models_dir.mkdir()
    fresh.path("tech", "mix").write_bytes(b"PK\x03\x04 no")
    said = slack.channels.put("C0NAMES", {"response_type": "in_channel", "text": "Golbase, Bulbase"}, "U0BEN")
    assert (
        "No model of tech is trained yet" in str(slack.opens_on("ana", LIKE_THESE, said).payload)
        and not fresh.trainer.asked
    )


def test_a_training_that_fails_is_tried_again(slack, fresh):
    """Meanwhile and afterwards the stand-in answers; the next who asks has it tried anew."""
    fresh.trainer.trouble = TrainingFailed("no memory")
    slack.types("ana", "names", "pokemon 3")
    fresh.trainer.go.set()
    fresh.failed.wait()
    fresh.trainer.trouble = None
    while not fresh.at_hand("pokemon", "mix"):
        assert "pokemon" in slack.types("ana", "names", "pokemon 3")[0].text
    assert "pokemon · mix" in slack.types("ana", "names", "pokemon 3")[0].text


def test_leaving_gives_up_what_is_in_training(slack, fresh):
    """Then nothing is left behind, and what is asked for afterwards is not begun."""
    slack.types("ana", "names", "pokemon 3")
    fresh.trainer.begun.wait()
    fresh.close()
    assert fresh.trainer.stopped and not fresh.settings.models_dir.exists() and not fresh.failed.is_set()
    slack.types("ana", "names", "ikea+pasta mix 3")
    assert fresh.trainer.asked == [("pokemon", "mix")]


def test_somebody_elses_training_holds_up_nobody(settings, tmp_path, monkeypatch):
    """Where whoever asks does wait, as on the command line, a warm corpus is answered all the same: by this very
    thread, which would hang."""
    library, begun, go = (
        SmallLibrary(replace(settings, models_dir=tmp_path), lambda line: None),
        threading.Event(),
        threading.Event(),
    )
    warm, train = library.model("pokemon", "markov"), library.train

    def held(name, kind, order):
        begun.set()
        go.wait()
        return train(name, kind, order)

    monkeypatch.setattr(library, "train", held)
    slow = threading.Thread(target=library.model, args=("ikea", "chain"))
    slow.start()
    begun.wait()
    assert library.model("pokemon", "markov") is warm and library.known("pokemon") and library.lengths("ikea")
    go.set()
    slow.join()
