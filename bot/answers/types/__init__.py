"""The typed answers: every edge renders them, in Slack's blocks or in plain text."""

# ruff: noqa: F401 - the names are for the importers of this package

from bot.answers.types.about import (
    ChannelSettings,
    CorporaList,
    Form,
    Help,
    ModelsList,
    PatternsList,
    Problem,
    Sentence,
    Verdicts,
)
from bot.answers.types.base import Act, Action, Answer, Audience, Line, Listing
from bot.answers.types.names import PreviewNames, ShownNames, ShownReasons
from bot.answers.types.press import Effect, Press
from bot.answers.types.quiz import QuizHelp, QuizQuestion, ScoreBoard
from bot.answers.types.rounds import (
    Ballots,
    History,
    Picked,
    PickQuestion,
    Reopened,
    RoundClosed,
    RoundOptions,
    Shortlist,
    Suggested,
    Voters,
)
