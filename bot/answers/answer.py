"""The dispatch of commands: text -> request -> answer. Each type of request has its use case."""

from collections.abc import Callable

from bot.answers import about, names, picking, quiz, rounds, shortlist, taken, votes
from bot.answers.form import blank
from bot.answers.types import Answer, Problem
from bot.commands import request as requests
from bot.commands.form import LENGTH, PATTERN, BadFields, Filled, check
from bot.commands.parse import parse
from bot.commands.queries import Complete, Draw, Generate, NamesQuery, Why
from bot.commands.request import Request
from bot.context import Context
from bot.errors import BadInput, NothingFits
from bot.log import note
from bot.repositories import defaults
from bot.text import harmless


def answer(context: Context, text: str, pressed: bool = False) -> Answer:
    """Answer a command, typed or `pressed` as a button. An error of the asker's is an answer too."""
    try:
        request = parse(text, context.library.kinds(), usual=lambda: defaults.defaults(context))
        note(command=request.verb, outcome="answered")
        return respond(context, request, pressed)
    except NothingFits as error:
        note(outcome="nothing fits")
        return Problem(BadInput(error.message, error.suggestions, sent=harmless(text)))
    except BadInput as error:
        note(outcome="bad input")
        return Problem(error)


def answer_form(context: Context, filled: Filled) -> Answer:
    """Answer a form. Raises BadFields, with an error beside each field."""
    try:
        request = check(filled, lambda text: parse(text, context.library.kinds()))
        note(command=requests.ShowForm.verb, outcome="answered")
        return respond(context, request, pressed=True)
    except BadFields:
        note(command=requests.ShowForm.verb, outcome="bad input")
        raise
    except BadInput as error:
        note(outcome="nothing fits")
        raise BadFields({PATTERN if request.sought else LENGTH: error.message}) from None


def respond(context: Context, request: Request | NamesQuery, pressed: bool = False) -> Answer:
    """Answer a request. Raises BadInput and NothingFits."""
    return _ANSWERS[type(request)](context, request, pressed)


_ANSWERS: dict[type, Callable[..., Answer]] = {
    Generate: names.find,
    Complete: names.find,
    Draw: names.find,
    Why: names.why,
    requests.Taken: taken.check,
    requests.ShowCorpora: about.corpora,
    requests.ShowModels: about.models,
    requests.ShowPatterns: about.patterns,
    requests.ShowHelp: about.help,
    requests.SetDefaults: about.settings,
    requests.ShowForm: blank,
    requests.Suggest: shortlist.suggest,
    requests.Vote: votes.typed,
    requests.Drop: shortlist.drop,
    requests.ShowShortlist: shortlist.own,
    requests.Pick: picking.question,
    requests.Undo: picking.undo_last,
    requests.ListRounds: rounds.history,
    requests.SetRound: rounds.options,
    requests.AskQuiz: quiz.ask,
    requests.ShowBoard: quiz.board,
    requests.ShowQuizHelp: quiz.rules,
}
