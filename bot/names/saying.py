"""What English words hold at their starts, inside and at their ends, for the acceptor of what can be said (see
generator.constraints.sayable).

To count the runs of 10,000 words takes longer than a first answer has, so they come counted: `python -m
bot.names.saying` writes them anew.
"""

from __future__ import annotations

from functools import cache

import generator
from corpora import english

FILE = english.PATH.with_name("runs.txt")
ENOUGH = 3  # words


@cache
def common_runs() -> frozenset[tuple[str, str]]:
    """Where a run stands in English words, and its letters.

    >>> ("start", "str") in common_runs(), ("start", "ng") in common_runs(), ("end", "ng") in common_runs()
    (True, False, True)
    """
    return frozenset(tuple(line.split("\t")) for line in FILE.read_text(encoding="ascii").splitlines())


def count() -> frozenset[tuple[str, str]]:
    """The same, counted."""
    return generator.held_runs(english.common(), ENOUGH)


if __name__ == "__main__":
    FILE.write_text("".join(f"{where}\t{run}\n" for where, run in sorted(count())), encoding="ascii")
