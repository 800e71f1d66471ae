"""What is told of work that takes seconds, line by line."""

import sys
import time
from collections.abc import Callable

_SILENT = 3.0  # seconds of training before it is heard of again


def now_and_then(tell: Callable[[str], None]) -> Callable[[str], None]:
    """Tell a line every few seconds at most, so that only a training that is long is heard of."""
    last = time.monotonic()

    def told(line: str) -> None:
        nonlocal last
        if time.monotonic() - last >= _SILENT:
            last = time.monotonic()
            tell(line)

    return told


def on_stderr(line: str) -> None:
    """Tell a line to whoever started the program."""
    print(line, file=sys.stderr, flush=True)
