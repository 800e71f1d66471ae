"""A fake Slack before an app that a test tells what to answer."""

import pytest

from tests.fakes.fake_slack import FakeSlack
from tests.fakes.told_app import App
from tests.helpers.clock import Clock
from tests.helpers.http import SECRET


@pytest.fixture
def app():
    return App()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def slack(app, clock):
    """A fake whose broken rules the test reads itself."""
    with FakeSlack(clock=clock) as fake:
        yield fake.through(app, SECRET)
        fake.broken.clear()
