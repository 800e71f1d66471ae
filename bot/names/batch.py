"""What the generator found for one request, ready to be rendered or printed."""

from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.commands.queries import NamesQuery, Why
from bot.names.score import Score
from bot.names.similarity import Similar


class Name(NamedTuple):
    """A new name as its corpus would write it, its log-probability in nats under the model and its score, each where it
    was asked for.

    `near` is what is out there already and nearly the same, if there is anything.
    """

    name: str
    log_prob: float | None
    score: Score | None = None
    near: Similar | None = None


@dataclass(frozen=True)
class Batch:
    """New names, and the known ones that fit the same pattern.

    `known` shows at most a few of the `known_count`; `seed` is None for completions; where `exact` is False, a
    completion left out may be likelier than the last one shown by at most `gap` nats. `many_lengths`: completions are
    ranked within each length and share the list. Fewer names than asked for means that no more fit. `kind`: what the
    tokens of the corpus are. `dropped`: how many more were found that are too rude to show. `said`: every name was held
    to what can be said (Query.only_sayable). `awaited` is the model that was asked for, where another answered because
    that one was in training. `drawn`: how many draws the names were chosen from, 0 where they were not chosen.
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
        """What was asked for, whatever model has answered."""
        return replace(self.request, model=self.awaited) if self.awaited else self.request


class Place(NamedTuple):
    """A hole of a pattern or its `...`, as written; what may stand there and how probably, likeliest first.

    For a hole `likely` has tokens, for a gap numbers of tokens.
    """

    text: str
    likely: tuple[tuple[str | int, float], ...]


class Reasons(NamedTuple):
    """The holes of the pattern that a request asked about, as written, and what the tokens are; `awaited` as in
    Batch."""

    request: Why
    places: tuple[Place, ...]
    kind: str = "characters"
    awaited: str | None = None
