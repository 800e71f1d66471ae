"""The form: its fields, and an example for the pattern in them."""

from dataclasses import replace
from typing import cast

from bot.answers.types import Answer, Form
from bot.commands.form import PATTERN, BadFields, Filled, check
from bot.commands.parse import parse
from bot.commands.request import ShowForm
from bot.commands.shelf import kind
from bot.context import Context
from bot.errors import BadInput
from bot.names.brainstorm import brainstorm
from bot.names.fallback import trains_long
from bot.names.library import Library
from bot.repositories import defaults
from bot.strings import forms as words

_NAMES = 3


def blank(context: Context, request: ShowForm, pressed: bool) -> Answer:
    """The form with a query in its fields."""
    return form(context, _filled(context, request), opening=True)


def form(context: Context, filled: Filled, found: str = "", opening: bool = False) -> Form:
    """The form with these fields; `found` says what was read out of a message. While it is `opening`, no model is
    trained."""
    return Form(filled, example(filled, context.library, opening), context.library.kinds(), found)


def usual(context: Context) -> Filled:
    """The fields of a fresh form, with the channel's defaults."""
    request = parse(ShowForm.verb, context.library.kinds(), usual=lambda: defaults.defaults(context))
    return _filled(context, cast(ShowForm, request))


def _filled(context: Context, request: ShowForm) -> Filled:
    return Filled.of(request.query, kind(request.query.corpus, context.library.kinds()))


def example(filled: Filled, library: Library, opening: bool = False) -> str:
    """The sentence below the pattern: the pattern language, a few names, or an error.

    There are no names if somebody would wait long for them, or, while the form is `opening`, for any training.
    """
    if not filled.pattern.strip():
        return words.LANGUAGE
    fields = Filled(corpus=filled.corpus, model=filled.model, pattern=filled.pattern)
    try:
        request = check(fields, lambda text: parse(text, library.kinds()))
        if trains_long(request, library) or (opening and not library.at_hand(request.corpus, request.model)):
            return words.not_trained(request.corpus)
        batch = brainstorm(replace(request, count=_NAMES), library)
    except BadFields as wrong:
        field, message = next(iter(wrong.messages.items()))
        return words.beside(field, message)
    except BadInput as error:
        return words.beside(PATTERN, error.message)
    return words.for_example(batch.request, [name.name for name in batch.names], batch.awaited)
