"""A bot with small corpora and models of its own: a fraction of the shelf, trained once a session."""

import os
import shlex
import time
from dataclasses import replace

import pytest

from bot import cli
from bot.answers.answer import answer
from bot.commands.who import Who
from bot.context import Context
from bot.names.library import Library
from bot.settings import Settings
from bot.slack.blocks.render import render
from bot.slack.lambda_handler import make_handler
from bot.slack.socket_mode import connected
from bot.store.dynamodb import DynamoStore
from bot.store.sqlite import MEMORY, SqliteStore
from bot.terminal import query
from tests.fakes.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.helpers.checkout import once
from tests.helpers.clock import Clock
from tests.helpers.http import SECRET
from tests.helpers.small_library import SmallLibrary


@pytest.fixture(scope="session")
def settings(tmp_path_factory) -> Settings:
    """The models are the session's: what one of its processes has trained the others load."""
    folder = once(tmp_path_factory, "small-models", lambda folder: None)
    return Settings(
        memory=10**15,
        signing_secret=SECRET,
        bot_token="xoxb-made-up",
        slack_api_url="http://127.0.0.1:9/api/",
        models_dir=folder,
    )


@pytest.fixture(scope="session")
def library(settings) -> Library:
    return SmallLibrary(settings, progress=lambda line: None)


@pytest.fixture(scope="session")
def whole_library(settings, models) -> Library:
    """The shelf as it is, for what only whole corpora show."""
    return Library(replace(settings, models_dir=models), progress=lambda line: None)


@pytest.fixture(scope="session")
def handler(settings, library):
    return make_handler(settings, library)


@pytest.fixture
def answered(library):
    """What one person is answered in one channel, without Slack: `answered(text) -> Message`."""
    store, ana = SqliteStore(MEMORY), Who("T0TEAM", "C0NAMES", "U0ANA", "ana")
    return lambda text: render(answer(Context(library, store, ana, time.time()), text))


@pytest.fixture
def techname(monkeypatch, capsys, settings, library):
    """Run a command line in this process: (status, stdout, stderr)."""
    monkeypatch.setattr(cli, "load_settings", lambda: settings)
    monkeypatch.setattr(query, "Library", lambda settings, read: library)

    def run(line: str) -> tuple[int, str, str]:
        status = cli.main(shlex.split(line))
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    return run


@pytest.fixture
def techname_in_a_folder(techname, monkeypatch, tmp_path):
    """The command line in a folder of its own, where a team's own files are."""
    monkeypatch.setattr(query, "Library", lambda settings, read: SmallLibrary(settings, read=read))
    monkeypatch.chdir(tmp_path)
    return techname


@pytest.fixture
def run_with(settings) -> Settings:
    """What the bot of a workspace is run with; a test module may have its own."""
    return settings


@pytest.fixture(params=[pytest.param("lambda", marks=pytest.mark.slow), "socket mode"])
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
    """The models that the form's example looks at."""
    for name in ("pokemon", "tech"):
        library.model(name, "mix")


@pytest.fixture(autouse=True)
def unhurried(monkeypatch):
    """A machine that is busy may be slower than Slack lets us be: tests hold what is right, not when. What takes longer
    than this the bot still gives up."""
    monkeypatch.setattr("bot.slack.post.DEADLINE", 25)
    monkeypatch.setattr("bot.slack.post._PATIENCE", 25)
    monkeypatch.setattr("bot.availability.PATIENCE", 25)


@pytest.fixture
def no_network(monkeypatch):
    """Whoever opens a socket in such a test fails it."""

    def refuse(*args, **kwargs):
        raise AssertionError("the network was touched")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)


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


@pytest.fixture
def clock() -> Clock:
    return Clock(1_800_000_000.0)


@pytest.fixture(params=["sqlite", pytest.param("dynamodb", marks=pytest.mark.slow)])
def store(request, tmp_path, clock):
    """Each sort of store, empty, over a real file and a real connection."""
    if request.param == "sqlite":
        return SqliteStore(tmp_path / "state" / "store.db", clock)
    return DynamoStore(request.getfixturevalue("dynamodb").calls(), clock)
