"""All types of answers, found in the code, and one answer of each."""

from collections.abc import Iterator
from dataclasses import is_dataclass

import corpora
from bot.answers import types
from bot.answers.types import Answer
from bot.availability.verdict import Verdict
from bot.commands.button_refs import LIST, Ref
from bot.commands.defaults import Defaults
from bot.commands.form import Filled
from bot.commands.queries import Complete, Why
from bot.errors import BadInput
from bot.names.batch import Batch, Name, Place, Reasons
from bot.quiz.board import Place as Rank
from bot.quiz.question import Question
from bot.repositories.batches import Kept
from bot.voting.round import Options, Round
from bot.voting.standing import Standing
from bot.voting.votes import Entry

ID = "0123456789abcdef"
BATCH = Batch(Complete("pokemon", count=2, pattern="mo***"), (Name("Morus", -9.0), Name("Mobo", -9.5)))


def found(kind: type = Answer) -> Iterator[type]:
    """Every type of answer: the dataclasses below Answer."""
    for below in kind.__subclasses__():
        if is_dataclass(below):
            yield below
        yield from found(below)


def standing(options: Options = Options(), **more: object) -> Standing:  # noqa: B008 - it is frozen
    """A round of Ana's in which she and Ben have voted for Morus."""
    entry = Entry("morus", "Morus", "U0ANA", "1800000000", ("U0ANA", "U0BEN"))
    return Standing(Round("C1", ID, "U0ANA", 0.0, options, **more), {"morus": entry})


def samples() -> list[Answer]:
    """One answer of each type."""
    stands = standing()
    ended = standing(closed=1.0, closer="U0ANA", picked="morus", picked_name="Morus")
    entry = stands.entries["morus"]
    return [
        types.ShownNames(Kept(ID, BATCH, "C1", "U0ANA"), stands),
        types.PreviewNames(ID, BATCH),
        types.ShownReasons(Reasons(Why("pokemon", pattern="m*"), (Place("*", (("a", 0.5), ("o", 0.5))),))),
        types.Shortlist(stands, "U0ANA"),
        types.Suggested(stands, "morus"),
        types.RoundOptions(stands.round),
        types.Voters("Morus", entry),
        types.Ballots(Ref(LIST, ID), [("morus", "Morus", entry)]),
        types.PickQuestion(stands),
        types.Picked(ended),
        types.Reopened(stands, "U0ANA"),
        types.RoundClosed(ended.round),
        types.History([ended.round]),
        types.QuizQuestion(Question("C1", ID, "Morus", "Morus", "made", "pokemon", "U0ANA", 0.0)),
        types.ScoreBoard([Rank(1, "U0ANA", 1, 2)], "U0ANA"),
        types.QuizHelp(),
        types.Help(),
        types.CorporaList(tuple(corpora.shelf())),
        types.ModelsList(),
        types.PatternsList(),
        types.ChannelSettings(Defaults()),
        types.Verdicts([Verdict("Morus", ".com", "morus.com", "in use")]),
        types.Sentence("Morus it is."),
        types.Problem(BadInput("No.", ["help"])),
        types.Form(Filled("pokemon"), "An example.", ("pokemon",)),
    ]
