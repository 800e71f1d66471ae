"""The commands of a round: `suggest NAME`, `vote NAME`, `drop NAME`, `shortlist`, `pick`, `undo`, `rounds`, `round
votes=3 anonymous=on`.

Their verb comes first, since what follows may be any name.
"""

import re
import unicodedata
from collections.abc import Sequence

from bot.commands.naming import read_name
from bot.commands.quoting import quote
from bot.commands.request import DROP, ROUND, SUGGEST, TURNS, VOTE, Request
from bot.commands.shelf import plain
from bot.errors import BadInput
from bot.strings import rounds as words

MOST_VOTES = 100
_SWITCH = {"on": True, "off": False}
# Signs that names have and that mean nothing to Slack, JSON or a store; letters, marks and digits of every script
# besides.
_SIGNS = " '’.-–&+!?/·:,()#"


def read_turn(typed: Sequence[str]) -> Request | None:
    """The request of a line whose first word is one of these verbs, None for any other. Raises BadInput."""
    verb = plain(typed[0]) if typed else ""
    rest = list(typed[1:])
    if verb not in TURNS:
        return None
    if verb in (SUGGEST, VOTE, DROP):
        return Request(verb, names=(suggestion(verb, rest),))
    if verb == ROUND:
        return Request(verb, voting=_voting(rest))
    if rest:
        raise BadInput(words.takes_nothing(verb), [verb])
    return Request(verb)


def suggestion(verb: str, typed: Sequence[str]) -> str:
    """The one name that words make, in quotes or not. Raises BadInput."""
    if not typed:
        raise BadInput(words.which_name(verb))
    name = read_name(" ".join(typed), verb)
    odd = next((char for char in name if char not in _SIGNS and unicodedata.category(char)[0] not in "LMN"), None)
    if odd:
        kept = "".join(char for char in name if char != odd)
        raise BadInput(words.odd_sign(name, odd), [f"{verb} {quote(kept)}"])
    return name


def _voting(typed: Sequence[str]) -> tuple[tuple[str, int | bool | None], ...]:
    """What the words of `round` set, the last of two that set the same. Raises BadInput, with the nearest that can be
    set."""
    found = [_option(word) for word in typed]
    if None in found:
        at = found.index(None)
        mended = [" ".join([ROUND, *typed[:at], near, *typed[at + 1 :]]) for near in _nearest(typed[at])]
        raise BadInput(words.bad_option(typed[at], MOST_VOTES), mended)
    return tuple(dict(found).items())


def _nearest(word: str) -> list[str]:
    """What may be meant by a number of votes that nobody can have: none is no limit."""
    number = re.fullmatch("-*votes=([0-9]+)", word.lower())
    return [f"votes={MOST_VOTES if number[1].strip('0') else 'any'}"] if number else []


def _option(word: str) -> tuple[str, int | bool | None] | None:
    """What a word of `round` sets, None for nothing: anonymous alone is anonymous=on."""
    key, _, value = word.lower().lstrip("-").partition("=")
    if key == "votes" and value == "any":
        return "limit", None
    if key == "votes" and re.fullmatch("[0-9]{1,3}", value) and 1 <= int(value) <= MOST_VOTES:
        return "limit", int(value)
    if key in ("anonymous", "hidden") and (value or "on") in _SWITCH:
        return key, _SWITCH[value or "on"]
    return None
