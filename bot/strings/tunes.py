"""What is said of the metre of tunes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.strings.phrasing import TOKENS, command, listed, shown
from bot.text import harmless

if TYPE_CHECKING:
    from bot.commands.queries import Query


def bad_metre(word: str, metres: Sequence[str]) -> str:
    return (
        f"I can't use {shown(word)}.\n"
        f"`metre=` is the time signature of a tune, {listed([f'`{metre}`' for metre in metres], 'or')}, for example {command('piano metre=3/4')}."
    )


def metre_without_notes(corpus: str, kind: str) -> str:
    return (
        f"`metre=` is for tunes, and `{harmless(corpus)}` is made of {TOKENS[kind]}s.\n"
        f"For example {command('piano metre=3/4')}."
    )


def in_metre(signatures: Sequence[str], tonics: Sequence[str]) -> str:
    """What a tune in metre is.

    >>> in_metre(["4/4", "3/4"], ["C", "A"])
    'whole bars of 4/4 or 3/4, and C or A as the last note'
    """
    last = f", and {listed(tonics, 'or')} as the last note" if tonics else ""
    return f"whole bars of {listed(signatures, 'or')}{last}"


def out_of_metre(asked: Query, metre: str, freed: str) -> str:
    """Where tunes would fit but for their metre: what that is, which tunes have unasked, and the command without it."""
    what = f"that fits {shown(asked.sought)}" if asked.sought else "of that length"
    return f"No new tune {what} is in metre: {metre}.\nOut of metre there are some: {command(freed)}."
