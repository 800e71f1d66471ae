"""`techname forget TEAM`: delete all that is remembered of one team, once somebody has said yes to what that is."""

import sys
from collections import Counter

from bot.errors import BadInput
from bot.store import Store, kind
from bot.strings import cli as words


def forget(team: str, store: Store, sure: bool) -> None:
    """Delete all that a team has and print how many items of each kind that was; ask first unless `sure`.

    Raises BadInput for no id of a team and where nobody can be asked, Unavailable with the store.
    """
    if not team.isalnum() or not team.isascii():
        raise BadInput(words.no_team(team))
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
