"""The results of a query, ready to be rendered or printed."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.commands.queries import NamesQuery, Why
from bot.names.score import Score
from bot.names.similarity import Similar


class Name(NamedTuple):
    """A new name as its corpus would write it.

    `log_prob` is in nats under the model. It and `score` are None unless asked for. `near` is a similar existing name.
    """

    name: str
    log_prob: float | None
    score: Score | None = None
    near: Similar | None = None


@dataclass(frozen=True)
class Batch:
    """New names, and the known ones that fit the same pattern. Fewer names than asked for means that no more fit.

    known, known_count: a few of the fitting known names, and how many there are.
    seed: that of the draws, None for completions.
    exact, gap: if not exact, a completion left out may be likelier than the last one listed by at most `gap` nats.
    many_lengths: completions are ranked within each length and share the list.
    kind: the kind of the corpus's tokens.
    dropped: how many rude names were found and left out.
    said: every name had to be sayable (see Query.only_sayable).
    awaited: the model that was asked for, if another one answered while it is trained.
    drawn: how many draws the names were chosen from, 0 if they were not chosen.
    """

    request: NamesQuery
    names: tuple[Name, ...]
    known: tuple[str, ...] = ()
    known_count: int = 0
    seed: int | None = None
    exact: bool = True
    gap: float = 0.0
    many_lengths: bool = False
    kind: str = "characters"
    dropped: int = 0
    said: bool = False
    awaited: str | None = None
    drawn: int = 0

    @property
    def asked(self) -> NamesQuery:
        """The query with the model that was asked for, whichever model answered."""
        return replace(self.request, model=self.awaited) if self.awaited else self.request


class Place(NamedTuple):
    """A hole of a pattern or its `...`, as written, and what may stand there with its probability, likeliest first:
    tokens for a hole, numbers of tokens for a gap."""

    text: str
    likely: tuple[tuple[str | int, float], ...]


class Reasons(NamedTuple):
    """The posterior of a pattern: its holes and gaps in order, and the kind of the tokens; `awaited` as in Batch."""

    request: Why
    places: tuple[Place, ...]
    kind: str = "characters"
    awaited: str | None = None
