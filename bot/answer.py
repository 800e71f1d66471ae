"""From what somebody typed or pressed to the message that answers it: parse -> brainstorm or reasons -> render."""

from collections.abc import Sequence

from bot import channel
from bot.about import render_corpora, render_help, render_models, render_settings
from bot.batch import Batch
from bot.batches import Kept, keep
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
from bot.rounds.round import current
from bot.rounds.standing import Standing, standing
from bot.settings import SettingsError
from bot.store import Store, Unavailable
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
        return show(brainstorm(request, library), store, who, pressed=pressed)
    if request.verb == WHY:
        note(corpus=request.corpus, model=request.model)
        return render_reasons(reasons(request, library))
    if request.verb == TAKEN:
        return _taken(request, library)
    if request.verb == "corpora":
        return render_corpora(library.shelf())
    return render_models() if request.verb == "models" else render_help()


def show(batch: Batch, store: Store, who: Who, before: Sequence[str] = (), pressed: bool = False) -> Message:
    """A batch for the channel, kept so that its buttons work, with the votes that its names have already.

    Where the store cannot be asked there are the names all the same, without those buttons.
    """
    try:
        round = current(store, who)
        kept = keep(store, who, batch, before, round.id if round else None, pressed)
        return render(kept, standing(store, who, round))
    except Unavailable as trouble:
        note(store=f"unavailable: {trouble}")
        return render(Kept("", batch, who.channel, who.person, pressed=pressed), Standing())


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
