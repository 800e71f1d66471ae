"""A bot with small corpora and models of its own: a fraction of the shelf, trained once a session."""

import os
import shutil
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import pytest

import corpora
from bot.answers.answer import answer
from bot.commands.who import Who
from bot.context import Context
from bot.names.library import Library, kept
from bot.settings import Settings
from bot.slack.blocks.render import render
from bot.slack.lambda_handler import make_handler
from bot.slack.socket_mode import connected
from bot.store.dynamodb import DynamoStore
from bot.store.sqlite import MEMORY, SqliteStore
from corpora import cards
from tests.fakes.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.fakes.typist import ROOT
from tests.helpers.http import SECRET


class SmallLibrary(Library):
    """The shelf with every twelfth name of each corpus."""

    @kept
    def corpus(self, name: str) -> corpora.Corpus:
        whole = super().corpus(name)
        if not self._ships(name):
            return whole
        entries = whole.entries[::12]
        card = replace(whole.card, count=len(entries), sha256=cards.digest(entries))
        return corpora.Corpus(card, entries)


@pytest.fixture(scope="session")
def settings(tmp_path_factory) -> Settings:
    return Settings(
        signing_secret=SECRET,
        bot_token="xoxb-made-up",
        slack_api_url="http://127.0.0.1:9/api/",
        models_dir=tmp_path_factory.mktemp("models"),
    )


@pytest.fixture(scope="session")
def library(settings) -> Library:
    return SmallLibrary(settings, progress=lambda line: None)


@pytest.fixture(scope="session")
def handler(settings, library):
    return make_handler(settings, library)


@pytest.fixture
def answered(library):
    """What one person is answered in one channel, without Slack: `answered(text) -> Message`."""
    store, ana = SqliteStore(MEMORY), Who("T0TEAM", "C0NAMES", "U0ANA", "ana")
    return lambda text: render(answer(Context(library, store, ana, time.time()), text))


@pytest.fixture
def run_with(settings) -> Settings:
    """What the bot of a workspace is run with; a test module may have its own."""
    return settings


@pytest.fixture(params=["lambda", "socket mode"])
def workspace(request, run_with, library, tmp_path):
    """A strict Slack in which people talk to the bot, in either mode; leaving it fails the test if Slack refused
    anything.

    Behind Lambda stands DynamoDB, behind Socket Mode SQLite, as they are run.
    """
    with FakeSlack() as slack:
        inside = replace(run_with, bot_token=BOT_TOKEN, app_token=APP_TOKEN, slack_api_url=slack.api_url)
        if request.param == "lambda":
            store = DynamoStore(request.getfixturevalue("dynamodb").calls())
            yield slack.through(make_handler(inside, library, store), SECRET)
        else:
            with connected(inside, library, SqliteStore(tmp_path / "store.db")):
                slack.sockets.wait()
                yield slack


@pytest.fixture
def listed(workspace):
    """Ana's list of three completions, on which nobody has voted."""
    [post] = workspace.types("ana", "names", "complete mo*** pokemon 3")
    return post


@pytest.fixture
def trained(library):
    """The models that the form's example looks at, so that no test waits for training within Slack's time."""
    for name in ("pokemon", "tech"):
        library.model(name, "mix")


@pytest.fixture
def no_network(monkeypatch):
    """Whoever opens a socket in such a test fails it."""

    def refuse(*args, **kwargs):
        raise AssertionError("the network was touched")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)


@pytest.fixture(scope="session")
def models(tmp_path_factory) -> Path:
    """Where programs started by tests keep the models of the whole shelf: those that `make models` built, if they are
    of this state."""
    folder = tmp_path_factory.mktemp("shelf-models")
    if subprocess.run(["make", "--question", "models"], cwd=ROOT, capture_output=True).returncode == 0:
        shutil.copytree(ROOT / "models", folder, dirs_exist_ok=True)
    return folder


@pytest.fixture
def environment(tmp_path, models) -> dict[str, str]:
    """The environment of a program started by a test: a home of its own and nothing of the developer's."""
    return {
        "HOME": str(tmp_path),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "XDG_STATE_HOME": str(tmp_path / "state"),
        "TECHNAME_MODELS": str(models),
    }


class Clock:
    """A clock that a test sets; unix seconds."""

    def __init__(self, now: float):
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock(1_800_000_000.0)


@pytest.fixture(params=["sqlite", "dynamodb"])
def store(request, tmp_path, clock):
    """Each sort of store, empty, over a real file and a real connection."""
    if request.param == "sqlite":
        return SqliteStore(tmp_path / "state" / "store.db", clock)
    return DynamoStore(request.getfixturevalue("dynamodb").calls(), clock)
