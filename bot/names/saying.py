"""What can be said: the runs of letters that English words have at their starts, inside and at their ends, for the
acceptor of generator.constraints.sayable.

To count the runs of 10,000 words takes longer than a first answer may, so a file has them: `python -m bot.names.saying`
writes the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import generator
from corpora import english

FILE = english.PATH.with_name("runs.txt")
ENOUGH = 3  # words
_HOLE = generator.Part("hole", "*")


@cache
def common_runs() -> frozenset[tuple[str, str]]:
    """The common runs of English words: start, inside or end, and the letters.

    >>> ("start", "str") in common_runs(), ("start", "ng") in common_runs(), ("end", "ng") in common_runs()
    (True, False, True)
    """
    return frozenset(tuple(line.split("\t")) for line in FILE.read_text(encoding="ascii").splitlines())


def count() -> frozenset[tuple[str, str]]:
    """The common runs, counted anew."""
    return generator.held_runs(english.common(), ENOUGH)


def can_be_said(
    patterns: Sequence[generator.Pattern], length: tuple[int, int] | None, sayable: generator.Acceptor
) -> bool:
    """Whether the typed letters of patterns can be said, with any letters in the holes. Raises generator.Tangled."""
    freed = [
        replace(pattern, parts=tuple(part if part.kind in ("letter", "gap") else _HOLE for part in pattern.parts))
        for pattern in patterns
    ]
    return generator.constrain(freed, sayable.vocabulary, length, sayable).fillable


if __name__ == "__main__":
    FILE.write_text("".join(f"{where}\t{run}\n" for where, run in sorted(count())), encoding="ascii")
