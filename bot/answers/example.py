"""The line below the form's pattern: what the pattern language is, or a few names for the pattern that stands there
now."""

from dataclasses import replace

from bot.commands.form import PATTERN, BadFields, Filled, Parse, check
from bot.errors import BadInput
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.names.screen import mild
from bot.names.standin import trains_long
from bot.strings import forms as words

_NAMES = 3


def example(filled: Filled, parse: Parse, library: Library, opening: bool = False) -> str:
    """A sentence; names only where nobody waits long for them, and while the form is `opening` only where nothing need
    be trained."""
    if not filled.pattern.strip():
        return words.LANGUAGE
    try:
        request = check(Filled(corpus=filled.corpus, model=filled.model, pattern=filled.pattern), parse)
        if trains_long(request, library) or (opening and not library.at_hand(request.corpus, request.model)):
            return words.not_trained(request.corpus)
        batch = brainstorm(replace(request, count=_NAMES), library)
    except BadFields as wrong:
        field, message = next(iter(wrong.messages.items()))
        return words.beside(field, mild(message, filled.pattern))
    except BadInput as error:
        return words.beside(PATTERN, mild(error.message, filled.pattern))
    return words.for_example(batch.request, [name.name for name in batch.names], batch.awaited)
