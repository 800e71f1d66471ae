"""Reports of slow work, line by line."""

import sys
import time
from collections.abc import Callable

_SILENT = 3.0  # seconds between two lines


def now_and_then(tell: Callable[[str], None]) -> Callable[[str], None]:
    """Pass on a line every few seconds at most, so that short trainings stay silent."""
    last = time.monotonic()

    def told(line: str) -> None:
        nonlocal last
        if time.monotonic() - last >= _SILENT:
            last = time.monotonic()
            tell(line)

    return told


def on_stderr(line: str) -> None:
    """Print a line to stderr."""
    print(line, file=sys.stderr, flush=True)
