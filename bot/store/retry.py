"""Retrying after a conflict: the loop around every read, decision and write."""

from collections.abc import Callable
from typing import TypeVar

from bot.store import Conflict, Unavailable, deadline

ATTEMPTS = 50  # each conflict means that another write succeeded
Result = TypeVar("Result")


def retry_on_conflict(decide: Callable[[], Result]) -> Result:
    """Call `decide`, which reads, decides and writes, until its write meets no conflict, and give its result.

    Raises Unavailable after too many conflicts, or if there is one after the deadline of the request.

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
        if deadline.is_over():
            break
    raise Unavailable(f"Others were always quicker: every attempt to write {last} met a conflict.") from last
