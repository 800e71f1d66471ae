"""The line below the form's pattern: what the pattern language is, or a few names for the pattern that stands there now."""

from dataclasses import replace

from bot.asking.form import PATTERN, BadFields, Filled, Parse, check
from bot.errors import BadInput
from bot.finding.brainstorm import brainstorm
from bot.finding.library import Library
from bot.words import forms as words

_NAMES = 3


def example(filled: Filled, parse: Parse, library: Library) -> str:
    """A sentence; names only where their model is at hand, since nobody waits for an example to be trained."""
    if not filled.pattern.strip():
        return words.LANGUAGE
    try:
        request = check(Filled(corpus=filled.corpus, model=filled.model, pattern=filled.pattern), parse)
        if not library.at_hand(request.corpus, request.model):
            return words.not_trained(request.corpus)
        batch = brainstorm(replace(request, count=_NAMES), library)
    except BadFields as wrong:
        field, message = next(iter(wrong.messages.items()))
        return words.beside(field, message)
    except BadInput as error:
        return words.beside(PATTERN, error.message)
    return words.for_example(request, [name.name for name in batch.names])
