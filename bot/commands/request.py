"""One typed command: the only thing that goes from the edges to the middle. Each verb has a type."""

from __future__ import annotations

from dataclasses import dataclass
from types import UnionType
from typing import get_args

from bot.commands.command import Command
from bot.commands.defaults import Defaults
from bot.commands.queries import Complete, Draw, Generate, NamesQuery, Why
from bot.commands.quoting import quote


@dataclass(frozen=True)
class Bare(Command):
    """A command without words after its verb."""


class ShowCorpora(Bare, verb="corpora"):
    """The corpora that there are."""


class ShowModels(Bare, verb="models"):
    """The models that there are."""


class ShowPatterns(Bare, verb="patterns"):
    """What a pattern can say."""


class ShowHelp(Bare, verb="help"):
    """What can be typed."""


class ShowQuizHelp(Bare, verb="help quiz"):
    """The rules of the quiz."""


class AskQuiz(Bare, verb="quiz"):
    """A question of the quiz."""


class ShowBoard(Bare, verb="quiz board"):
    """The score board of the quiz."""


class ShowShortlist(Bare, verb="shortlist"):
    """The shortlist of the open round."""


class Pick(Bare, verb="pick"):
    """End the open round with a name."""


class Undo(Bare, verb="undo"):
    """Open the last closed round again."""


class ListRounds(Bare, verb="rounds"):
    """The rounds that ended."""


@dataclass(frozen=True)
class OfName(Command):
    """A command about one name."""

    name: str

    def words(self) -> list[str]:
        return [quote(self.name)]


class Suggest(OfName, verb="suggest"):
    """Put a name on the shortlist."""


class Vote(OfName, verb="vote"):
    """Vote for a name of the shortlist, or withdraw the vote."""


class Drop(OfName, verb="drop"):
    """Take a name off the shortlist."""


@dataclass(frozen=True)
class SetRound(Command, verb="round"):
    """How the open round is voted in: votes a person (0 for any number), voters hidden, counts hidden.

    None leaves a rule as it is. Without any, the command shows the rules.

    >>> SetRound(votes=0, hidden=False).command(), SetRound(votes=3).rules()
    ('round votes=any hidden=off', {'limit': 3})
    """

    votes: int | None = None
    anonymous: bool | None = None
    hidden: bool | None = None

    def rules(self) -> dict[str, int | bool | None]:
        """The options of a round that are to change; a `limit` of None allows any number of votes."""
        switches = {name: on for name, on in self._switches() if on is not None}
        return switches if self.votes is None else {"limit": self.votes or None, **switches}

    def words(self) -> list[str]:
        votes = [] if self.votes is None else [f"votes={self.votes or 'any'}"]
        return [*votes, *(f"{name}={'on' if on else 'off'}" for name, on in self._switches() if on is not None)]

    def _switches(self) -> tuple[tuple[str, bool | None], ...]:
        return ("anonymous", self.anonymous), ("hidden", self.hidden)


@dataclass(frozen=True)
class Taken(Command, verb="taken"):
    """Whether names are taken."""

    names: tuple[str, ...]

    def words(self) -> list[str]:
        return list(map(quote, self.names))


@dataclass(frozen=True)
class SetDefaults(Command, verb="settings"):
    """A channel's defaults to be kept; None shows them, Defaults() forgets them."""

    defaults: Defaults | None = None

    def words(self) -> list[str]:
        return [] if self.defaults is None else [self.defaults.command()]


@dataclass(frozen=True)
class ShowForm(Command, verb="form"):
    """The form, with a query in its fields."""

    query: NamesQuery

    def words(self) -> list[str]:
        return self.query.words()


Informing = ShowCorpora | ShowModels | ShowPatterns | ShowHelp
RoundCommand = Suggest | Vote | Drop | ShowShortlist | Pick | Undo | ListRounds | SetRound
QuizCommand = AskQuiz | ShowBoard | ShowQuizHelp
InChannel = SetDefaults | ShowForm | RoundCommand | AskQuiz | ShowBoard  # these mean nothing outside Slack
Request = Generate | Complete | Draw | Why | Taken | Informing | SetDefaults | ShowForm | RoundCommand | QuizCommand


def by_verb(kinds: UnionType) -> dict[str, type]:
    """The types of a union by their verbs.

    >>> list(by_verb(QuizCommand))
    ['quiz', 'quiz board', 'help quiz']
    """
    return {kind.verb: kind for kind in get_args(kinds)}


VERBS = tuple(verb for verb in by_verb(Request) if " " not in verb)  # that begin a command, or stand in one
