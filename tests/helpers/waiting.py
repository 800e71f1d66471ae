"""Waiting for what another thread or process does, where nothing tells of it."""

import time
from collections.abc import Callable


def wait_until(happened: Callable[[], bool]) -> None:
    """Look again and again, without an end of its own: the test's timeout is the end."""
    while not happened():
        time.sleep(0.02)
