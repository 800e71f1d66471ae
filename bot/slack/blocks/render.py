"""One renderer for each type of answer."""

from collections.abc import Callable

from bot.answers import types
from bot.answers.types import Answer
from bot.slack.blocks import about, names, quiz, rounds
from bot.slack.blocks.message import Message


def render(answer: Answer) -> Message:
    """The Slack message for an answer. A Form is no message: `render_form` makes its view."""
    return RENDERERS[type(answer)](answer)


RENDERERS: dict[type[Answer], Callable[..., Message]] = {
    types.ShownNames: names.shown_names,
    types.PreviewNames: names.preview_names,
    types.ShownReasons: names.shown_reasons,
    types.Shortlist: rounds.shortlist,
    types.Suggested: rounds.suggested,
    types.RoundOptions: rounds.round_options,
    types.Voters: rounds.voters,
    types.Ballots: rounds.ballots,
    types.PickQuestion: rounds.pick_question,
    types.Picked: rounds.picked,
    types.Reopened: rounds.reopened,
    types.RoundClosed: rounds.round_closed,
    types.History: rounds.history,
    types.QuizQuestion: quiz.quiz_question,
    types.ScoreBoard: quiz.score_board,
    types.QuizHelp: quiz.quiz_help,
    types.Help: about.help,
    types.CorporaList: about.corpora_list,
    types.ModelsList: about.models_list,
    types.PatternsList: about.patterns_list,
    types.ChannelSettings: about.channel_settings,
    types.Verdicts: about.verdicts,
    types.Sentence: about.sentence,
    types.Problem: about.problem,
}
