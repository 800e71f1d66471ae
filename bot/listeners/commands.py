"""The slash command, answered in its acknowledgement."""

import re

from slack_bolt import App

from bot.answer import answer
from bot.library import Library
from bot.store import Store
from bot.who import who


def register(app: App, library: Library, store: Store) -> None:
    """Answer every command, whatever the manifest calls it."""

    @app.command(re.compile(""))
    def command(ack, body):
        ack(**answer(body.get("text") or "", library, store, who(body)).payload())
