"""Whether names are taken: verdicts, why one is unknown, and errors of the file that lists the probes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.strings.phrasing import command, failed, listed, shown
from bot.text import harmless

if TYPE_CHECKING:
    from pathlib import Path

    from bot.availability.verdict import Verdict

OFF = (
    "I cannot say whether a name is taken: nobody has told me whom to ask, and unasked I contact nobody.\n"
    "Whoever runs me can switch it on: `taken.example.toml` shows how, and `TECHNAME_TAKEN` names such a file."
)
OUT_OF_ORDER = (
    "I cannot say whether a name is taken: the list of whom to ask has a mistake in it.\n"
    "Whoever runs me can see which with `techname doctor`."
)

# Why a verdict is unknown
LATE = "no answer in time"
NO_ANSWER = "no answer"
SAYS_SO_OF_ALL = "says the same of a name that nobody has"
SAYS_SO_OF_NONE = "says the same of a name that is in use for sure"


def odd_status(status: int) -> str:
    return f"answered {status}"


# Verdicts
_SAID = {"unknown": "unknown, try again", "impossible": "there can be none"}
NO_RECORD_IS_NOT_FREE = "A domain with no record may still be somebody's: a registrar knows."


def title(names: Sequence[str]) -> str:
    return f"Is {listed([shown(name) for name in names], 'or')} taken?"


def said(verdict: Verdict) -> str:
    """Write a verdict in a few words.

    >>> from bot.availability.verdict import Verdict
    >>> said(Verdict("Mongo", ".com", "mongo.com", "unknown", "no answer"))
    'unknown, try again'
    """
    return _SAID.get(verdict.said, verdict.said)


def line(verdicts: Sequence[Verdict]) -> str:
    """Write all verdicts on one name.

    >>> from bot.availability.verdict import Verdict
    >>> line([Verdict("Mongo", "packages", "", "free"), Verdict("Mongo", ".com", "mongo.com", "in use")])
    'packages: free · .com: in use'
    """
    return " · ".join(f"{verdict.label}: {said(verdict)}" for verdict in verdicts)


def notes(verdicts: Sequence[Verdict]) -> list[str]:
    """Write the small print: why verdicts are unknown, each reason once, and what "no record" means."""
    reasons = dict.fromkeys(f"{verdict.label}: {verdict.reason}" for verdict in verdicts if verdict.reason)
    without = any(verdict.said == "no record" for verdict in verdicts)
    return [*([" · ".join(reasons)] if reasons else []), *([NO_RECORD_IS_NOT_FREE] if without else [])]


# What was typed
NAME_MISSING = f"Which name? For example {command('taken Mongo')}, or a few: {command('taken Mongo Monic')}."


def too_many(count: int, most: int) -> str:
    return f"That is {count} names, and I ask about {most} at once.\nFor example {command('taken Mongo Monic')}."


def holes(name: str, verb: str) -> str:
    return f"{shown(name)} has holes, and `{verb}` takes whole names.\nFor example {command(f'{verb} Mongo')}."


def no_letters(name: str, verb: str) -> str:
    return f"{shown(name)} has no letter and no digit, so it is no name.\nFor example {command(f'{verb} Mongo')}."


def too_long(name: str, most: int, verb: str) -> str:
    return f"{shown(name)} is {len(name)} characters long, and a name has {most} at most.\nFor example {command(f'{verb} Mongo')}."


# The set-up, for whoever runs the bot
_WHERE = "taken.example.toml shows how such a file is written"


def no_file(path: Path, error: OSError) -> str:
    return f"TECHNAME_TAKEN: {path} cannot be read {failed(error, 'unreadable')}; {_WHERE}"


def bad_file(path: Path, error: Exception) -> str:
    return f"TECHNAME_TAKEN: {path} cannot be used: {error}; {_WHERE}"


def strange_key(where: str, key: str, keys: Sequence[str]) -> str:
    return f"{harmless(where)} has {harmless(key)!r}, and takes {listed(keys)}"


def meaning_missing(label: str) -> str:
    return f'{harmless(label)} says of no status what it means, such as 200 = "taken" and 404 = "free"'


def one_of(key: str, text: str, allowed: Sequence[str]) -> str:
    return f"{harmless(key)} is {listed([repr(word) for word in allowed], 'or')}, not {harmless(text)!r}"


def bad_suffix(suffix: str) -> str:
    return f"a suffix is such as .com or .co.uk, not {harmless(suffix)!r}"


def bad_address(label: str, address: str) -> str:
    return (
        f"the address of {harmless(label)} begins with http:// or https:// and has {{name}} once, behind the host, "
        f"as in https://packages.example.org/{{name}}; it has no spaces, no password and no #; it is not {harmless(address)!r}"
    )


def bad_label(label: str, longest: int) -> str:
    return f"a label has 1 to {longest} characters, unlike {harmless(label)!r}"


def bad_contact(contact: str) -> str:
    return f"contact is plain ASCII, an address of mail or of a page, not {harmless(contact)!r}"


def not_tables(key: str) -> str:
    return f"{key} is written as [[{key}]], once a {key}"


def text_wanted(key: str) -> str:
    return f"{harmless(key)} is missing or is no text in quotes"


def probes_wanted(most: int) -> str:
    return f"there are from 1 to {most} of [[page]] and [[domain]], each with a label or suffix of its own"


SET_UP_OFF = "Is it taken: off, so nobody is ever asked. TECHNAME_TAKEN names a file like taken.example.toml."


def set_up(path: Path, labels: Sequence[str]) -> str:
    return f"Is it taken: {listed(labels)}, from {path}."
