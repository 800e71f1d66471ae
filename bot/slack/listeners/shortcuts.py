"""The two shortcuts: the form from anywhere, and the form with what is like the names of a message."""

import time

from slack_bolt import App

from bot import log
from bot.names.library import Library
from bot.slack.blocks.names import render_sentence
from bot.slack.likeness import likeness, usual
from bot.slack.listeners.opening import opener
from bot.slack.listeners.replying import reply
from bot.slack.manifest import LIKE_THESE, OPEN_FORM
from bot.slack.payloads import who
from bot.slack.web_api import Views
from bot.store import Store
from bot.strings import forms as words


def register(app: App, library: Library, store: Store, views: Views) -> None:
    """Open the form; a message shortcut can say why not, a global one has nowhere to say it."""

    @app.shortcut(OPEN_FORM)
    def anywhere(ack, body):
        started = time.monotonic()
        log.note(command="form", outcome="answered")
        opener(views, library, body, started)(usual(library, store, who(body)))
        ack()

    @app.shortcut(LIKE_THESE)
    def like_these(ack, body):
        started = time.monotonic()
        log.note(command="form", outcome="answered")
        alike = likeness(body.get("message") or {}, library, store, who(body), started)
        trouble = opener(views, library, body, started)(alike.filled, alike.found)
        ack()
        if trouble:
            reply(body, render_sentence(words.no_form(trouble)), started)
