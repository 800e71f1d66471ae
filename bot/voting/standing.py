"""A round and its shortlist with the votes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bot.context import Context
from bot.voting.identity import named
from bot.voting.round import Round
from bot.voting.votes import Entry, tally


class Standing(NamedTuple):
    """A round and its shortlist by key, the most votes first."""

    round: Round
    entries: Mapping[str, Entry] = {}

    def entry(self, name: str) -> Entry | None:
        """The shortlist's entry for a name, in any spelling of it."""
        return self.entries.get(named(name).key) if self.entries else None

    def leaders(self) -> list[Entry]:
        """The names with the most votes: several in a tie, none if nobody has voted."""
        most = max((len(entry.voters) for entry in self.entries.values()), default=0)
        return [entry for entry in self.entries.values() if most and len(entry.voters) == most]


def standing(context: Context, round: Round) -> Standing:
    """The current shortlist of a round."""
    return Standing(round, {entry.key: entry for entry in tally(context.store, context.who.team, round.key)})
