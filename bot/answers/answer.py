"""From what somebody typed or pressed to the message that answers it: parse -> brainstorm or reasons -> render."""

import time
from collections.abc import Callable, Sequence

from bot.answers.quiz import answer_quiz
from bot.answers.rounds import answer_round
from bot.commands.form import LENGTH, PATTERN, BadFields, Filled, check
from bot.commands.parse import parse
from bot.commands.queries import NamesQuery, Why
from bot.commands.request import (
    QuizCommand,
    Request,
    RoundCommand,
    SetDefaults,
    ShowCorpora,
    ShowForm,
    ShowModels,
    ShowPatterns,
    Taken,
)
from bot.commands.shelf import kind
from bot.commands.who import Who
from bot.errors import BadInput, NothingFits
from bot.log import note
from bot.names.batch import Batch
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.names.reasons import reasons
from bot.repositories import defaults, previews
from bot.repositories.batches import Kept, keep
from bot.settings import SettingsError
from bot.slack.blocks.about import render_corpora, render_help, render_models, render_patterns, render_settings
from bot.slack.blocks.message import Message
from bot.slack.blocks.names import render, render_error, render_preview, render_reasons
from bot.store import Store, Unavailable
from bot.strings import forms
from bot.strings import taken as words
from bot.text import harmless, unescape
from bot.voting.round import current
from bot.voting.standing import Standing, standing

OpenForm = Callable[[Filled], str | None]  # gives the trouble, or None where the form stands open


def answer(
    text: str, library: Library, store: Store, who: Who, pressed: bool = False, open_form: OpenForm | None = None
) -> Message | None:
    """Answer one command text, typed or behind a button that was pressed; bad input becomes a private message, never an
    exception.

    None where the answer is the form, which `open_form` shows.
    """
    try:
        request = parse(text, library.kinds(), usual=lambda: defaults.defaults(store, who))
        note(command=request.verb, outcome="answered")
        if isinstance(request, ShowForm):
            return _form(open_form, Filled.of(request.query, kind(request.query.corpus, library.kinds())))
        return respond(request, library, store, who, pressed)
    except NothingFits as error:
        note(outcome="nothing fits")
        return render_error(BadInput(error.message, error.suggestions, sent=harmless(unescape(text))))
    except BadInput as error:
        note(outcome="bad input")
        return render_error(error)


def _form(open_form: OpenForm | None, filled: Filled) -> Message | None:
    """Nothing where the form is open; else help, with why it is not."""
    trouble = open_form(filled) if open_form else forms.NO_TOKEN
    return render_help(forms.no_form(trouble)) if trouble else None


def answer_form(filled: Filled, library: Library, store: Store, who: Who) -> Message:
    """The answer to a form. Raises BadFields, with what is wrong beside each field."""
    try:
        request = check(filled, lambda text: parse(text, library.kinds()))
        note(command=ShowForm.verb, outcome="answered")
        return respond(request, library, store, who, pressed=True)
    except BadFields:
        note(command=ShowForm.verb, outcome="bad input")
        raise
    except BadInput as error:
        note(outcome="nothing fits")
        raise BadFields({PATTERN if request.sought else LENGTH: error.message}) from None


def respond(request: Request, library: Library, store: Store, who: Who, pressed: bool = False) -> Message:
    """The answer to a request. Raises BadInput and NothingFits."""
    presser = who.person if pressed else None
    if isinstance(request, SetDefaults):
        return _settings(request, store, who, presser)
    if isinstance(request, RoundCommand):
        return answer_round(request, library.settings, store, who, time.time())
    if isinstance(request, QuizCommand):
        return answer_quiz(request, library, store, who, time.time(), pressed)
    if isinstance(request, NamesQuery):
        note(corpus=request.corpus, model=request.model)
        batch = brainstorm(request, library)
        return preview(batch, store, who) if request.preview else show(batch, library, store, who, pressed=pressed)
    if isinstance(request, Why):
        note(corpus=request.corpus, model=request.model)
        return render_reasons(reasons(request, library))
    if isinstance(request, Taken):
        return _taken(request, library)
    if isinstance(request, ShowCorpora):
        return render_corpora(library.shelf())
    if isinstance(request, ShowPatterns):
        return render_patterns()
    return render_models() if isinstance(request, ShowModels) else render_help()


def show(
    batch: Batch,
    library: Library,
    store: Store,
    who: Who,
    before: Sequence[str] = (),
    pressed: bool = False,
    sequel: bool = False,
    after: Kept | None = None,
) -> Message:
    """A batch for the channel, kept so that its buttons work, with the votes that its names have already; see Kept and
    `keep`.

    Where the store cannot be asked there are the names all the same, without those buttons.
    """
    try:
        round = current(store, who)
        probes = library.settings.taken is not None
        kept = keep(
            store, who, batch, before, after, sequel=sequel, round=round and round.id, pressed=pressed, probes=probes
        )
        return render(kept, standing(store, who, round))
    except Unavailable as trouble:
        note(store=f"unavailable: {trouble}")
        return render(Kept("", batch, who.channel, who.person, pressed=pressed), Standing())


def preview(batch: Batch, store: Store, who: Who) -> Message:
    """A batch for its asker alone, kept so that it can be sent; where the store cannot be asked it cannot."""
    try:
        return render_preview(previews.keep(store, who, batch), batch)
    except Unavailable as trouble:
        note(store=f"unavailable: {trouble}")
        return render_preview("", batch)


def _taken(request: Taken, library: Library) -> Message:
    from bot.availability import check
    from bot.slack.blocks.availability import render_taken

    try:
        return render_taken(check(request.names, library.settings))
    except SettingsError:  # what is wrong is for whoever runs the bot to see, and `doctor` tells it
        raise BadInput(words.OUT_OF_ORDER) from None


def _settings(request: SetDefaults, store: Store, who: Who, presser: str | None) -> Message:
    """What a channel has set, or, for everybody there, what it has set from now on."""
    if request.defaults is None:
        return render_settings(defaults.defaults(store, who))
    return render_settings(defaults.keep(store, who, request.defaults), new=True, presser=presser)
