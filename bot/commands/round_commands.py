"""The commands of a round: `suggest NAME`, `vote NAME`, `drop NAME`, `shortlist`, `pick`, `undo`, `rounds`, `round
votes=3 anonymous=on`.

Their verb comes first, since any name may follow.
"""

import re
import unicodedata
from collections.abc import Sequence

from bot.commands.naming import read_name
from bot.commands.options import SWITCH
from bot.commands.quoting import quote
from bot.commands.request import OfName, RoundCommand, SetRound, by_verb
from bot.commands.shelf import plain
from bot.errors import BadInput
from bot.strings import rounds as words

MOST_VOTES = 100
_TYPES = by_verb(RoundCommand)
# Letters, marks and digits of all scripts, and these signs: they mean nothing to Slack, JSON or a store.
_SIGNS = " '’.-–&+!?/·:,()#"


def read_round_command(typed: Sequence[str]) -> RoundCommand | None:
    """The request of a line whose first word is one of these verbs, None for any other line. Raises BadInput.

    >>> read_round_command(["round", "votes=3"]), read_round_command(["pokemon"])
    (SetRound(votes=3, anonymous=None, hidden=None), None)
    """
    verb = plain(typed[0]) if typed else ""
    kind, rest = _TYPES.get(verb), list(typed[1:])
    if kind is None:
        return None
    if issubclass(kind, OfName):
        return kind(_name(verb, rest))
    if kind is SetRound:
        return SetRound(**_rules(rest))
    if rest:
        raise BadInput(words.takes_nothing(verb), [verb])
    return kind()


def _name(verb: str, typed: Sequence[str]) -> str:
    """The one name that the words make, in quotes or not."""
    if not typed:
        raise BadInput(words.which_name(verb))
    name = read_name(" ".join(typed), verb)
    if "://" in name:
        raise BadInput(words.address(name))
    odd = next((char for char in name if char not in _SIGNS and unicodedata.category(char)[0] not in "LMN"), None)
    if odd:
        kept = "".join(char for char in name if char != odd)
        raise BadInput(words.odd_sign(name, odd), [f"{verb} {quote(kept)}"])
    return name


def _rules(typed: Sequence[str]) -> dict[str, int | bool]:
    """The rules that the words of `round` set; of two words for one rule the last wins."""
    found = [_rule(word) for word in typed]
    if None in found:
        at = found.index(None)
        mended = [" ".join([SetRound.verb, *typed[:at], near, *typed[at + 1 :]]) for near in _nearest(typed[at])]
        raise BadInput(words.bad_option(typed[at], MOST_VOTES), mended)
    return dict(found)


def _nearest(word: str) -> list[str]:
    """The nearest possible number of votes: 0 is meant as no limit."""
    number = re.fullmatch("-*votes=([0-9]+)", word.lower())
    return [f"votes={MOST_VOTES if number[1].strip('0') else 'any'}"] if number else []


def _rule(word: str) -> tuple[str, int | bool] | None:
    """The field of SetRound that a word sets, and its value; `anonymous` alone is anonymous=on."""
    key, _, value = word.lower().lstrip("-").partition("=")
    if key == "votes" and value == "any":
        return key, 0
    if key == "votes" and re.fullmatch("[0-9]{1,3}", value) and 1 <= int(value) <= MOST_VOTES:
        return key, int(value)
    if key in ("anonymous", "hidden") and (value or "on") in SWITCH:
        return key, SWITCH[value or "on"]
    return None
