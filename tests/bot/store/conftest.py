"""A store of each sort, for the facts that hold of both."""

import pytest

from bot.store.sqlite import SqliteStore


class Clock:
    """A clock that a test sets; unix seconds."""

    def __init__(self, now: float):
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock(1_800_000_000.0)


@pytest.fixture(params=["sqlite"])
def store(request, tmp_path, clock):
    return SqliteStore(tmp_path / "state" / "store.db", clock)
