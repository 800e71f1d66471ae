"""The four questions to the model of a corpus: `generate`, `draw`, `complete` and `why`.

Query ── Why
  └── NamesQuery ── Complete
        └── DrawnQuery ── Generate, Draw
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeVar

import generator
from bot.commands.command import Command
from bot.commands.quoting import quote

AFFIXES = ("begins", "ends", "contains")
NO_METRE = "off"
METRES = ("4/4", "3/4", "6/8", "2/4", NO_METRE)
SORTS = ("rank", "score", "length", "name")
# A smoothed model draws at this temperature. Just below 1 a classifier tells the names from real ones least well (make
# quality); lower, names soon repeat, chosen ones too (docs/choosing.md); at 1 more names are hard to say.
DRAWN = 0.9
MOST_CHOSEN = 1_000  # names; chosen names must be unlike one another, so longer lists are drawn as they come
OPTIONS = ("order", "length", "wild", "copy", "sayable", "metre", "raw", "seed", "skip", "sort", *AFFIXES)
_IN_COMMAND = tuple(dict.fromkeys((*AFFIXES, *OPTIONS)))

Q = TypeVar("Q", bound="Query")


@dataclass(frozen=True)
class Query(Command):
    """All that is asked of a name; None stands for the corpus's usual.

    `length` is an inclusive range of tokens. `wild` is the temperature that the user chose, 1.0 as usual. `begins`,
    `ends` and `contains` are pieces of a pattern. `copy` limits the tokens in a row from one entry of the corpus.
    `metre` is one of METRES.

    >>> Complete("pokemon", pattern="mo***").command()
    'complete mo*** pokemon mix 5'
    """

    corpus: str = "tech"
    model: str = generator.DEFAULT_MODEL
    count: int = 5
    pattern: str | None = None
    order: int | None = None
    length: tuple[int, int] | None = None
    wild: float = 1.0
    begins: str | None = None
    ends: str | None = None
    contains: str | None = None
    copy: int | None = None
    metre: str | None = None

    @property
    def sought(self) -> str | None:
        """The pattern and the affixes as typed; None without either.

        >>> Draw("pokemon", pattern="mo***", ends="a").sought
        'mo*** ends=a'
        """
        said = [quote(f"{name}={value}") for name in AFFIXES if (value := getattr(self, name)) is not None]
        return " ".join([self.pattern, *said] if self.pattern else said) or None

    @property
    def only_sayable(self) -> bool:
        """Whether names that cannot be said are left out."""
        return False

    @property
    def temperature(self) -> float:
        """The temperature of the model that answers."""
        return self.wild

    def to(self, kind: type[Q], **changed: object) -> Q:
        """The query of another verb with the fields that both verbs have, some of them changed.

        >>> Draw("pokemon", pattern="mo***", seed=7).to(Complete, count=3) == Complete("pokemon", "mix", 3, "mo***")
        True
        """
        shared = {field.name: getattr(self, field.name) for field in fields(kind) if hasattr(self, field.name)}
        return kind(**{**shared, **changed})

    def words(self) -> list[str]:
        """The pattern, the corpus, the model, the count and all that is not usual: so a button keeps its meaning."""
        said = {name: value for name, value in vars(self).items() if value != getattr(type(self), name)}
        return [
            *(["preview"] if "preview" in said else []),
            *([quote(self.pattern)] if self.pattern else []),
            *(quote(self.corpus), self.model, str(self.count)),
            *(quote(f"{name}={_written(said[name])}") for name in _IN_COMMAND if name in said),
        ]


def _written(value: object) -> str:
    """The value of an option as it is typed.

    >>> _written(True), _written((6, 8)), _written(1.30)
    ('on', '6-8', '1.3')
    """
    if isinstance(value, bool):
        return "on" if value else "off"
    if isinstance(value, tuple):
        return "-".join(map(str, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


@dataclass(frozen=True)
class Why(Query, verb="why"):
    """How probable each token is in each hole of the pattern, at most `count` of them a hole."""


@dataclass(frozen=True)
class NamesQuery(Query):
    """A query that new names answer.

    `sayable` leaves out names that cannot be said, or lets them in; None as usual for the verb. `sort` is one of SORTS,
    None for the order in which names are found. `preview` shows the names to the asker first.
    """

    sayable: bool | None = None
    sort: str | None = None
    preview: bool = False

    @property
    def chosen(self) -> bool:
        """Whether the names are the best of many draws."""
        return False

    @property
    def continues(self) -> bool:
        """Whether the list goes on after names that were shown."""
        return False

    @property
    def only_sayable(self) -> bool:
        """The likeliest names are all listed unless `sayable` is on."""
        return bool(self.sayable)


@dataclass(frozen=True)
class Complete(NamesQuery, verb="complete"):
    """The likeliest names, in order, after the first `skip` ("More")."""

    skip: int = 0

    @property
    def continues(self) -> bool:
        """Whether the list goes on after names that were shown."""
        return self.skip > 0


@dataclass(frozen=True)
class DrawnQuery(NamesQuery):
    """A query that draws of its `seed` answer; without a seed any draws."""

    seed: int | None = None

    @property
    def only_sayable(self) -> bool:
        """Drawn names can all be said unless `sayable` is off."""
        return self.sayable is not False

    @property
    def temperature(self) -> float:
        """The temperature of the model that answers; a smoothed model draws at DRAWN times `wild`."""
        return self.wild if self.model == "chain" else round(self.wild * DRAWN, 3)


@dataclass(frozen=True)
class Generate(DrawnQuery, verb="generate"):
    """The best of many draws, unlike one another; with `raw` the draws as they come."""

    raw: bool = False

    @property
    def chosen(self) -> bool:
        """Whether the names are the best of many draws."""
        return not self.raw and self.count <= MOST_CHOSEN


@dataclass(frozen=True)
class Draw(DrawnQuery, verb="draw"):
    """The draws as they come, of names that fit a pattern."""


QUERIES: dict[str, type[Query]] = {kind.verb: kind for kind in (Generate, Complete, Draw, Why)}
