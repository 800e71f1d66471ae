"""The dispatch of typed commands: text -> request -> answer, by a use case for each verb."""

from collections.abc import Callable

from bot.answers import about, names, picking, quiz, rounds, shortlist, taken, votes
from bot.answers.form import blank
from bot.answers.types import Answer, Problem
from bot.commands import request as verbs
from bot.commands.form import LENGTH, PATTERN, BadFields, Filled, check
from bot.commands.parse import parse
from bot.commands.request import Request
from bot.context import Context
from bot.errors import BadInput, NothingFits
from bot.log import note
from bot.repositories import defaults
from bot.text import harmless, unescape


def answer(context: Context, text: str, pressed: bool = False) -> Answer:
    """Answer a command, typed or `pressed` as a button. An error of the asker's is an answer too."""
    try:
        request = parse(text, context.library.kinds(), usual=lambda: defaults.defaults(context))
        note(command=request.verb, outcome="answered")
        return respond(context, request, pressed)
    except NothingFits as error:
        note(outcome="nothing fits")
        return Problem(BadInput(error.message, error.suggestions, sent=harmless(unescape(text))))
    except BadInput as error:
        note(outcome="bad input")
        return Problem(error)


def answer_form(context: Context, filled: Filled) -> Answer:
    """Answer a form. Raises BadFields, with an error beside each field."""
    try:
        request = check(filled, lambda text: parse(text, context.library.kinds()))
        note(command=verbs.FORM, outcome="answered")
        return respond(context, request, pressed=True)
    except BadFields:
        note(command=verbs.FORM, outcome="bad input")
        raise
    except BadInput as error:
        note(outcome="nothing fits")
        raise BadFields({PATTERN if request.sought else LENGTH: error.message}) from None


def respond(context: Context, request: Request, pressed: bool = False) -> Answer:
    """Answer a request. Raises BadInput and NothingFits."""
    return _ANSWERS[request.verb](context, request, pressed)


_ANSWERS: dict[str, Callable[[Context, Request, bool], Answer]] = {
    **dict.fromkeys(verbs.QUERIES, names.find),
    verbs.WHY: names.why,
    verbs.TAKEN: taken.check,
    "corpora": about.corpora,
    "models": about.models,
    verbs.PATTERNS: about.patterns,
    "help": about.help,
    verbs.SETTINGS: about.settings,
    verbs.FORM: blank,
    verbs.SUGGEST: shortlist.suggest,
    verbs.VOTE: votes.typed,
    verbs.DROP: shortlist.drop,
    verbs.SHORTLIST: shortlist.own,
    verbs.PICK: picking.question,
    verbs.UNDO: picking.undo_last,
    verbs.ROUNDS: rounds.history,
    verbs.ROUND: rounds.options,
    verbs.QUIZ: quiz.ask,
    verbs.BOARD: quiz.board,
    verbs.QUIZ_HELP: quiz.rules,
}
