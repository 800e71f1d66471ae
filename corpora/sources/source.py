"""What a list on the shelf is made by: the part of its card that no file can tell, its packages, and what picks its
entries."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from corpora.sources.packages import Package

HERE = Path(__file__).parent
TYPED = HERE / "typed"
BY_HAND = "typed by hand"

Files = dict[Package, dict[str, bytes]]


@dataclass(frozen=True)
class Source:
    """How one list is made. `entries` gives its lines from the files of its packages: an entry, maybe with a tab and
    its origin."""

    title: str
    line: str
    samples: tuple[str, ...]
    licence: str
    entries: Callable[[Files], list[str]]
    packages: tuple[Package, ...] = ()
    own: str = ""  # what was made here: `typed by hand`, `written for techname`
    kind: str = "characters"
    style: str = "capitalised"
    date: str = "2026-11-23"

    @property
    def source(self) -> str:
        """All that it is made from, as its card says it."""
        return ", ".join([*map(str, self.packages), *filter(None, [self.own])])

    def about(self) -> dict:
        """Its card, but for what is counted; in the order of the index."""
        return {
            "title": self.title,
            "line": self.line,
            "kind": self.kind,
            "style": self.style,
            "licence": self.licence,
            "date": self.date,
            "samples": list(self.samples),
            "source": self.source,
        }


def typed(name: str) -> list[str]:
    """What stands in typed/NAME.txt: names with commas or line ends between them; a line with # in front is a
    remark."""
    lines = (TYPED / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    names = (part.strip() for line in lines if not line.startswith("#") for part in line.split(","))
    return [name for name in names if name]


def tidy(names: Iterable[str], allowed: str, shortest: int = 3, longest: int = 24) -> list[str]:
    """The names that are all of what is allowed (a regular expression), of a sane length, each once, in alphabetical
    order."""
    wanted = re.compile(allowed)
    first: dict[str, str] = {}
    for name in names:
        if wanted.fullmatch(name) and shortest <= len(name) <= longest:
            first.setdefault(name.lower(), name)
    return [first[key] for key in sorted(first)]
