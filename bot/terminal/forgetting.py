"""`techname forget TEAM`: delete all that is stored of one team, once the operator has said yes."""

import sys
from collections import Counter

from bot.errors import BadInput
from bot.store import Store, kind
from bot.strings import cli as words


def check_id(team: str) -> None:
    """Raise BadInput if no team can have this id."""
    if not team.isalnum() or not team.isascii():
        raise BadInput(words.no_team(team))


def forget(team: str, store: Store, sure: bool) -> None:
    """Delete all items of a team and print how many there were of each kind; ask first unless `sure`.

    Raises BadInput if the team's id is none or nobody can be asked, and Unavailable.
    """
    check_id(team)
    found = Counter(kind(item.key) for item in store.find(team, ""))
    if not found:
        print(words.nothing_remembered(team))
    elif sure or _agreed(team, found):
        print(words.forgotten(team, store.forget(team)))
    else:
        print(words.NOTHING_DELETED)


def _agreed(team: str, found: Counter[str]) -> bool:
    if not sys.stdin.isatty():
        raise BadInput(words.NOBODY_TO_ASK)
    print(words.really_forget(team, found), end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in words.YES
