"""The two shortcuts: the form from anywhere, and the form with names like those of a message."""

from slack_bolt import App

from bot import log
from bot.answers.form import form, usual
from bot.answers.likeness import more_like
from bot.answers.types import Form, Sentence
from bot.slack.listeners.call import Bot, Call, listener
from bot.slack.manifest import LIKE_THESE, OPEN_FORM
from bot.slack.names_in import batches_in, names_in
from bot.slack.post import DEADLINE
from bot.strings import forms as words

_SPARE = 1.2  # seconds that opening the form needs


def register(app: App, bot: Bot) -> None:
    """Open the form."""
    app.shortcut(OPEN_FORM)(listener(bot, _anywhere, ack_first=False))
    app.shortcut(LIKE_THESE)(listener(bot, _like_these, ack_first=False))


def _anywhere(call: Call) -> None:
    """A global shortcut has no response_url, so it cannot say why a form does not open."""
    _open(call, form(call.context, usual(call.context), opening=True))


def _like_these(call: Call) -> None:
    message, deadline = call.body.get("message") or {}, call.started + DEADLINE - _SPARE
    trouble = _open(call, more_like(call.context, batches_in(message), names_in(message), deadline))
    if trouble:
        call.reply(Sentence(words.no_form(trouble)))


def _open(call: Call, filled: Form) -> str | None:
    log.note(command="form", outcome="answered")
    trouble = call.open(filled)
    call.ack()
    return trouble
