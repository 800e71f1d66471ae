"""Retrying after a conflict: the loop around every read, decision and write."""

from collections.abc import Callable
from typing import TypeVar

from bot.store import Conflict, Unavailable

ATTEMPTS = 50  # each conflict means that another write succeeded
Result = TypeVar("Result")


def retry_on_conflict(decide: Callable[[], Result]) -> Result:
    """Call `decide`, which reads, decides and writes, until its write meets no conflict, and give its result.

    Raises Unavailable after too many conflicts.

    >>> outcomes = iter([Conflict("round"), Conflict("round"), None])
    >>> def decide():
    ...     trouble = next(outcomes)
    ...     if trouble: raise trouble
    ...     return "written"
    >>> retry_on_conflict(decide)
    'written'
    """
    for _ in range(ATTEMPTS):
        try:
            return decide()
        except Conflict as conflict:
            last = conflict
    raise Unavailable(f"Others were always quicker: {ATTEMPTS} attempts to write {last} met a conflict.") from last
