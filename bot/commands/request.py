"""One typed command: the only thing that goes from the edges to the middle. Each verb has a type."""

from __future__ import annotations

from dataclasses import dataclass
from types import UnionType
from typing import ClassVar, get_args

from bot.commands.defaults import Defaults
from bot.commands.queries import Complete, Draw, Generate, NamesQuery, Why
from bot.commands.quoting import quote
from bot.text import escape


@dataclass(frozen=True)
class Bare:
    """A command that takes no words."""

    verb: ClassVar[str]

    def command(self) -> str:
        """The command as Slack would send it."""
        return self.verb


class ShowCorpora(Bare):
    """The corpora that there are."""

    verb = "corpora"


class ShowModels(Bare):
    """The models that there are."""

    verb = "models"


class ShowPatterns(Bare):
    """What a pattern can say."""

    verb = "patterns"


class ShowHelp(Bare):
    """What can be typed."""

    verb = "help"


class ShowQuizHelp(Bare):
    """The rules of the quiz."""

    verb = "help quiz"


class AskQuiz(Bare):
    """A question of the quiz."""

    verb = "quiz"


class ShowBoard(Bare):
    """The score board of the quiz."""

    verb = "quiz board"


class ShowShortlist(Bare):
    """The shortlist of the open round."""

    verb = "shortlist"


class Pick(Bare):
    """End the open round with a name."""

    verb = "pick"


class Undo(Bare):
    """Open the last closed round again."""

    verb = "undo"


class ListRounds(Bare):
    """The rounds that ended."""

    verb = "rounds"


@dataclass(frozen=True)
class OfName:
    """A command about one name."""

    verb: ClassVar[str]
    name: str

    def command(self) -> str:
        """The command as Slack would send it."""
        return escape(f"{self.verb} {quote(self.name)}")


class Suggest(OfName):
    """Put a name on the shortlist."""

    verb = "suggest"


class Vote(OfName):
    """Vote for a name of the shortlist, or withdraw the vote."""

    verb = "vote"


class Drop(OfName):
    """Take a name off the shortlist."""

    verb = "drop"


@dataclass(frozen=True)
class SetRound:
    """How the open round is voted in: votes a person (0 for any number), voters hidden, counts hidden.

    None leaves a rule as it is. Without any, the command shows the rules.

    >>> SetRound(votes=0, hidden=False).command(), SetRound(votes=3).rules()
    ('round votes=any hidden=off', {'limit': 3})
    """

    verb: ClassVar[str] = "round"
    votes: int | None = None
    anonymous: bool | None = None
    hidden: bool | None = None

    def rules(self) -> dict[str, int | bool | None]:
        """The options of a round that are to change; a `limit` of None allows any number of votes."""
        switches = {"anonymous": self.anonymous, "hidden": self.hidden}
        said = {name: switch for name, switch in switches.items() if switch is not None}
        return said if self.votes is None else {"limit": self.votes or None, **said}

    def command(self) -> str:
        """The command as Slack would send it."""
        votes = [] if self.votes is None else [f"votes={self.votes or 'any'}"]
        switches = {name: switch for name, switch in self.rules().items() if name != "limit"}
        return " ".join([self.verb, *votes, *(f"{name}={'on' if on else 'off'}" for name, on in switches.items())])


@dataclass(frozen=True)
class Taken:
    """Whether names are taken."""

    verb: ClassVar[str] = "taken"
    names: tuple[str, ...]

    def command(self) -> str:
        """The command as Slack would send it."""
        return escape(" ".join([self.verb, *map(quote, self.names)]))


@dataclass(frozen=True)
class SetDefaults:
    """A channel's defaults to be kept; None shows them, Defaults() forgets them."""

    verb: ClassVar[str] = "settings"
    defaults: Defaults | None = None

    def command(self) -> str:
        """The command as Slack would send it."""
        return self.verb if self.defaults is None else f"{self.verb} {self.defaults.command()}"


@dataclass(frozen=True)
class ShowForm:
    """The form, with a query in its fields."""

    verb: ClassVar[str] = "form"
    query: NamesQuery

    def command(self) -> str:
        """The command as Slack would send it."""
        return f"{self.verb} {self.query.words()}"


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
