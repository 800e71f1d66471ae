"""What every test stands on: no secret, no proxy and no setting of the developer's machine reaches it."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from hypothesis import settings

from tests.helpers.checkout import ROOT, once, shelf_is_built

# A slow machine is no failure, and CI must not meet another example each time it runs.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")
# A shell lets what it starts with & ignore Ctrl-C, and so would every process that a test starts and interrupts.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    """A developer's tokens and AWS profile must neither pass a test nor fail it."""
    for name in list(os.environ):
        if name.startswith(("SLACK_", "AWS_", "TECHNAME_", "LAMBDA_")):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def models(tmp_path_factory) -> Path:
    """A folder with the models of two whole corpora at least, for the programs that tests start; trained once for all
    processes of the session where `make models` has not built the shelf's."""
    from bot.names.library import Library
    from bot.settings import Settings

    def fill(folder: Path) -> None:
        if shelf_is_built():
            shutil.copytree(ROOT / "models", folder, dirs_exist_ok=True)
            return
        library = Library(Settings(models_dir=folder), progress=lambda line: None)
        for name in ("pokemon", "tech"):
            library.model(name, "mix")

    return once(tmp_path_factory, "models", fill)


@pytest.fixture(scope="session")
def dynamodb():
    """A server that speaks DynamoDB's protocol, started once; its tests bring a table each."""
    from tests.fakes.dynamodb import DynamoDb

    server = DynamoDb()
    yield server
    server.close()
