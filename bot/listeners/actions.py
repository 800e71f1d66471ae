"""Buttons that run a command: acknowledged, which can carry no message, and answered through their response_url."""

import re
import time

from slack_bolt import App

from bot.answer import answer
from bot.blocks import BUTTON
from bot.library import Library
from bot.listeners.replying import reply
from bot.store import Store
from bot.who import who


def register(app: App, library: Library, store: Store) -> None:
    """Answer the buttons that run a command."""

    @app.action(re.compile(f"^{BUTTON}"))
    def button(ack, body, action):
        started = time.monotonic()
        ack()
        reply(body, answer(action.get("value") or "", library, store, who(body), pressed=True), started)
