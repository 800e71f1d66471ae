"""The conversation around the names: votes, a round and how it ends, the buttons below a list."""

from __future__ import annotations

from collections.abc import Sequence

from bot.entities import harmless
from bot.words.phrasing import command, listed, many

OLD_BUTTON = f"That button is too old for me, or was made for another channel. Ask again, for example {command('pokemon')}."

# A list of names

WHY = "Why"
SURPRISE = "Surprise me"
DELETE = "Delete"
WHO_VOTED = "Who voted"
SPOKEN_WHY = "What is likely in each hole, for you alone"
SPOKEN_DELETE = "Delete this message"
NOT_YOURS_TO_DELETE = "Only the person who asked for these names can delete them."


def vote_label(votes: int | None) -> str:
    """
    >>> vote_label(3), vote_label(0), vote_label(None)
    ('Vote · 3', 'Vote', 'Vote')
    """
    return f"Vote · {votes:,}" if votes else "Vote"


def spoken_vote(name: str, votes: int | None) -> str:
    return f"Vote for {harmless(name, 40)}" + (f", {many(votes, 'vote')} so far" if votes else "")


def spoken_line(name: str, votes: int | None) -> str:
    return f"{name} ({many(votes, 'vote')})" if votes else name


def people(by: str | None, voters: Sequence[str]) -> str:
    """
    >>> people("Ada", ["Ben", "Cleo"]), people(None, [])
    ('Proposed by Ada · Votes: Ben, Cleo', '')
    """
    parts = [f"Proposed by {by}" if by else "", f"{'Votes: ' if by else ''}{', '.join(voters)}" if voters else ""]
    return " · ".join(filter(None, parts))


def and_more(left: int) -> str:
    return f"and {left:,} more"


def spoken_voters(name: str) -> str:
    return f"Everybody who voted for {harmless(name, 40)}"
