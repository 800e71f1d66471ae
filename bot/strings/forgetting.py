"""`techname forget`: what it asks and what it says."""

from __future__ import annotations

from collections.abc import Mapping

from bot.strings.phrasing import many, shown

YES = ("y", "yes")
KEPT = "Nothing was deleted."
NOBODY_TO_ASK = "There is nobody to ask whether you are sure. Say `techname forget TEAM --yes`."


def no_team(team: str) -> str:
    return f"A team's id is made of letters and digits, such as `T0123ABCD`, not {shown(team)}. It stands in the address of Slack in a browser."


def nothing(team: str) -> str:
    return f"Nothing is remembered of {team}."


def question(team: str, found: Mapping[str, int]) -> str:
    return f"Of {team} this is remembered:\n{_table(found)}\nDelete it all? It cannot be undone. [y/N] "


def forgotten(team: str, counts: Mapping[str, int]) -> str:
    return f"{_table(counts)}\nDeleted: {many(sum(counts.values()), 'item')} of {team}."


def _table(counts: Mapping[str, int]) -> str:
    return "\n".join(f"{count:>9,}  {kind}" for kind, count in sorted(counts.items()))
