"""The parts that all answers share: an audience, the actions that are possible next, and lines of names."""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import NamedTuple

from bot.commands.button_refs import Ref
from bot.voting.round import Round
from bot.voting.votes import Entry


class Audience(Enum):
    """The people who see an answer."""

    ASKER = "asker"
    CHANNEL = "channel"


class Act(StrEnum):
    """An action that an answer makes possible; `bot.answers.press` carries it out."""

    # A name in a list
    VOTE = "vote"
    VOTERS = "voters"  # everybody who voted for it
    TAKEN = "taken"  # ask whether it is taken
    TAKE_OFF = "off"  # take it off the shortlist
    # A list of names
    BALLOTS = "who"  # the names that have votes, to open their voters
    MORE = "more"
    WHY = "why"
    SURPRISE = "surprise"  # the best of many draws in place of the likeliest
    RANKED = "ranked"  # the likeliest in place of draws
    DELETE = "delete"
    # A preview
    SEND = "send"
    SHUFFLE = "shuffle"
    CANCEL = "cancel"
    # A round
    SHARE = "share"  # show the shortlist to the channel
    ASK = "ask"  # ask which name to pick
    PICK = "pick"
    RUN_OFF = "runoff"
    LEAVE = "leave"  # pick nothing yet
    UNDO = "undo"
    OPEN = "open"  # show an old round
    # The quiz
    GUESS = "guess"
    REVEAL = "reveal"
    NEXT = "next"
    SHARE_BOARD = "board"


class Action(NamedTuple):
    """An act, and the message or the part of one that it is about; `label` names one of several with the same act."""

    act: Act
    ref: Ref | None
    label: str = ""


class Answer:
    """An answer of the bot. It holds values and no edge's payload; the edges put it in words."""

    @property
    def audience(self) -> Audience:
        """The asker alone, unless the answer says otherwise."""
        return Audience.ASKER

    @property
    def actions(self) -> tuple[Action, ...]:
        """What a person may do with the whole answer next, in order."""
        return ()

    @property
    def commands(self) -> tuple[str, ...]:
        """Commands that may follow."""
        return ()


class Line(NamedTuple):
    """A name in a list, with as much of its votes as everybody may know.

    `mark` stands before the name, `beside` after it, `note` below it. `votes` is None if the count is secret; `voters`
    and `by`, the proposer, are empty if they are secret. `acts` are possible on `ref`.
    """

    name: str
    ref: Ref | None = None
    mark: str = ""
    beside: str = ""
    note: str = ""
    votes: int | None = 0
    voters: tuple[str, ...] = ()
    by: str | None = None
    acts: tuple[Act, ...] = ()


class Listing(Answer):
    """An answer that lists names, each with its votes; `update`: it replaces an answer that was shown before."""

    update: bool

    @property
    def lines(self) -> tuple[Line, ...]:
        """The names in order."""
        raise NotImplementedError


def voted(line: Line, entry: Entry | None, round: Round) -> Line:
    """The line with the votes of its shortlist entry, unless the round keeps them secret."""
    voters, counted = entry.voters if entry else (), round.shows_counts
    named = counted and not round.options.anonymous
    return line._replace(votes=len(voters) if counted else None, voters=voters if named else ())
