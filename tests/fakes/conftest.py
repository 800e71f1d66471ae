"""A fake Slack before an app that a test tells what to answer."""

import pytest

from tests.fakes.fake_slack import FakeSlack
from tests.fakes.told_app import App
from tests.helpers.http import SECRET


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


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
