"""Decide again after a conflict: the loop around every read, decision and write."""

from collections.abc import Callable
from typing import TypeVar

from bot.store import Conflict, Unavailable

ATTEMPTS = 50  # each conflict means that somebody else's write went through
Result = TypeVar("Result")


def again(decide: Callable[[], Result]) -> Result:
    """Call `decide`, which reads, decides and writes, until its write meets no conflict; what it gives.

    Raises Unavailable where that never comes to be.

    >>> outcomes = iter([Conflict("round"), Conflict("round"), None])
    >>> def decide():
    ...     trouble = next(outcomes)
    ...     if trouble: raise trouble
    ...     return "written"
    >>> again(decide)
    'written'
    """
    for _ in range(ATTEMPTS):
        try:
            return decide()
        except Conflict as conflict:
            last = conflict
    raise Unavailable(f"Others were always quicker: {ATTEMPTS} attempts to write {last} met a conflict.") from last
