"""The slash command, answered in its acknowledgement or by the form."""

import re
import time

from slack_bolt import App

from bot.answers.answer import answer
from bot.names.library import Library
from bot.slack.listeners.opening import opener
from bot.slack.payloads import who
from bot.slack.web_api import Views
from bot.store import Store


def register(app: App, library: Library, store: Store, views: Views) -> None:
    """Answer every command, whatever the manifest calls it."""

    @app.command(re.compile(""))
    def command(ack, body):
        started = time.monotonic()
        message = answer(
            body.get("text") or "", library, store, who(body), open_form=opener(views, library, body, started)
        )
        ack(**message.payload() if message else {})
