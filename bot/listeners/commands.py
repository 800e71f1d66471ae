"""The slash command, answered in its acknowledgement."""

import re

from slack_bolt import App

from bot.answer import answer
from bot.library import Library


def register(app: App, library: Library) -> None:
    """Answer every command, whatever the manifest calls it."""

    @app.command(re.compile(""))
    def command(ack, body):
        ack(**answer(body.get("text") or "", library).payload())
