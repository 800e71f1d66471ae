"""From what somebody typed or pressed to the message that answers it: parse -> brainstorm or reasons -> render."""

from bot.about import render_corpora, render_help, render_models
from bot.brainstorm import brainstorm
from bot.entities import harmless, unescape
from bot.errors import BadInput, NothingFits
from bot.library import Library
from bot.log import note
from bot.message import Message
from bot.parse import parse
from bot.reasons import reasons
from bot.render import render, render_error, render_reasons
from bot.request import QUERIES, WHY, Request


def answer(text: str, library: Library, presser: str | None = None) -> Message:
    """Answer one command text; bad input becomes a private message, never an exception."""
    try:
        request = parse(text, library.kinds())
        note(command=request.verb, outcome="answered")
        return _answer(request, library, presser)
    except NothingFits as error:
        note(outcome="nothing fits")
        return render_error(BadInput(error.message, error.suggestions, sent=harmless(unescape(text))))
    except BadInput as error:
        note(outcome="bad input")
        return render_error(error)


def _answer(request: Request, library: Library, presser: str | None) -> Message:
    if request.verb in QUERIES:
        note(corpus=request.corpus, model=request.model)
        return render(brainstorm(request, library), presser)
    if request.verb == WHY:
        note(corpus=request.corpus, model=request.model)
        return render_reasons(reasons(request, library))
    if request.verb == "corpora":
        return render_corpora(library.shelf())
    return render_models() if request.verb == "models" else render_help()
