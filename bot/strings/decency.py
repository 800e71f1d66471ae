"""What is said where names would not be fit for work, and where they are out there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.strings.phrasing import ENTRIES, command, many

if TYPE_CHECKING:
    from bot.names.near import Near

NOT_THAT = (
    "I won't complete that: there is something rude in it, and names are made for everybody's eyes.\n"
    f"Other letters are welcome, for example {command('complete mo***')}."
)

NOT_ON_THE_LIST = (
    "I won't put that on the shortlist: there is something rude in it, and names are made for everybody's eyes.\n"
    f"Another is welcome, for example {command('suggest Bulbase')}."
)

NOT_AGAIN = (
    "I can't read that, and won't repeat it: there is something rude in it, and names are made for everybody's eyes.\n"
    f"Other letters are welcome, for example {command('complete mo***')}."
)

REFUSALS = frozenset((NOT_THAT, NOT_ON_THE_LIST, NOT_AGAIN))  # which repeat nothing


def left_out(count: int, kind: str) -> str:
    """How many were found and are not shown.

    >>> left_out(1, "words")
    '1 rude line left out'
    """
    return f"{many(count, f'rude {ENTRIES[kind]}')} left out"


def beside(near: Near) -> str:
    """What stands beside a name that is out there already, or nearly.

    >>> from bot.names.near import Near
    >>> beside(Near("Python", 0, False)), beside(Near("cloud", 0, True)), beside(Near("Rust", 1, False)), beside(Near("mango", 1, True))
    ('a technology already', 'an English word', 'near the technology Rust', 'near the word mango')
    """
    if near.edits == 0:
        return "an English word" if near.word else "a technology already"
    return f"near the word {near.name}" if near.word else f"near the technology {near.name}"


def nearly(named: list[str]) -> str:
    """Names with their neighbours, where names alone stand on stdout."""
    return f"Out there already, or nearly: {', '.join(named)}"
