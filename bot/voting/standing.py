"""How a round stands: its shortlist with the votes, as a message shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bot.commands.who import Who
from bot.store import Store
from bot.voting.identity import named
from bot.voting.round import Round
from bot.voting.votes import Entry, tally


class Standing(NamedTuple):
    """A round, or none yet, and its shortlist by key, the most votes first."""

    round: Round | None = None
    entries: Mapping[str, Entry] = {}

    def entry(self, name: str) -> Entry | None:
        """The name's place on the shortlist, wherever and however it is written."""
        return self.entries.get(named(name).key) if self.entries else None

    def leaders(self) -> list[Entry]:
        """The names with the most votes: several in a tie, none where there is no vote."""
        most = max((len(entry.voters) for entry in self.entries.values()), default=0)
        return [entry for entry in self.entries.values() if most and len(entry.voters) == most]


def standing(store: Store, who: Who, round: Round | None) -> Standing:
    """How that round stands now."""
    if round is None:
        return Standing()
    return Standing(round, {entry.key: entry for entry in tally(store, who.team, round.key)})
