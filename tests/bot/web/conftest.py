"""The web edge over the tests' small library, asked in this process."""

import pytest
from starlette.testclient import TestClient

from bot.web.app import make_app


@pytest.fixture(scope="session")
def app(settings, library):
    """The page and the API, with no limit on the rate."""
    return make_app(settings, library)


@pytest.fixture
def client(app) -> TestClient:
    """A client that asks the app; a fault of ours comes back as 500, as over a socket."""
    return TestClient(app, raise_server_exceptions=False)
