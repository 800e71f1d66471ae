"""From what somebody typed or pressed to the message that answers it: parse -> brainstorm or reasons -> render."""

from bot import channel
from bot.about import render_corpora, render_help, render_models, render_settings
from bot.brainstorm import brainstorm
from bot.entities import harmless, unescape
from bot.errors import BadInput, NothingFits
from bot.library import Library
from bot.log import note
from bot.message import Message
from bot.parse import parse
from bot.reasons import reasons
from bot.render import render, render_error, render_reasons
from bot.request import QUERIES, SETTINGS, TAKEN, WHY, Request
from bot.settings import SettingsError
from bot.store import Store
from bot.who import Who
from bot.words import taken as words


def answer(text: str, library: Library, store: Store, who: Who, pressed: bool = False) -> Message:
    """Answer one command text, typed or behind a button that was pressed; bad input becomes a private message, never an exception."""
    try:
        request = parse(text, library.kinds(), usual=channel.defaults(store, who))
        note(command=request.verb, outcome="answered")
        return _answer(request, library, store, who, pressed)
    except NothingFits as error:
        note(outcome="nothing fits")
        return render_error(BadInput(error.message, error.suggestions, sent=harmless(unescape(text))))
    except BadInput as error:
        note(outcome="bad input")
        return render_error(error)


def _answer(request: Request, library: Library, store: Store, who: Who, pressed: bool) -> Message:
    presser = who.person if pressed else None
    if request.verb == SETTINGS:
        return _settings(request, store, who, presser)
    if request.verb in QUERIES:
        note(corpus=request.corpus, model=request.model)
        return render(brainstorm(request, library), presser)
    if request.verb == WHY:
        note(corpus=request.corpus, model=request.model)
        return render_reasons(reasons(request, library))
    if request.verb == TAKEN:
        return _taken(request, library)
    if request.verb == "corpora":
        return render_corpora(library.shelf())
    return render_models() if request.verb == "models" else render_help()


def _taken(request: Request, library: Library) -> Message:
    from bot.render_taken import render_taken
    from bot.taken import check

    try:
        return render_taken(check(request.names, library.settings))
    except SettingsError:  # what is wrong is for whoever runs the bot to see, and `doctor` tells it
        raise BadInput(words.OUT_OF_ORDER) from None


def _settings(request: Request, store: Store, who: Who, presser: str | None) -> Message:
    """What a channel has set, or, for everybody there, what it has set from now on."""
    if request.settings is None:
        return render_settings(channel.defaults(store, who))
    return render_settings(channel.keep(store, who, request.settings), new=True, presser=presser)
