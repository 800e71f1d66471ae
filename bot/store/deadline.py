"""The deadline of the request that a thread serves: after it, no call of the store is tried again."""

import math
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_ends: ContextVar[float] = ContextVar("ends", default=math.inf)


@contextmanager
def until(ends: float) -> Iterator[None]:
    """Let every call of the store in this block share one deadline, in time.monotonic() seconds.

    A call that begins after the deadline is still made, but once: a store that is well answers it in milliseconds.
    """
    token = _ends.set(min(ends, _ends.get()))
    try:
        yield
    finally:
        _ends.reset(token)


def ends() -> float:
    """The deadline, in time.monotonic() seconds; infinity if nobody waits."""
    return _ends.get()


def is_over() -> bool:
    """Whether the deadline has passed."""
    return time.monotonic() > _ends.get()
