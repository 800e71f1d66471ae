"""Buttons that run a command: acknowledged, which can carry no message, and answered through their response_url."""

import re
import time

from slack_bolt import App

from bot.answer import answer
from bot.blocks import BUTTON
from bot.library import Library
from bot.listeners.replying import reply
from bot.listeners.opening import opener
from bot.slack_web import Views
from bot.store import Store
from bot.who import who


def register(app: App, library: Library, store: Store, views: Views) -> None:
    """Answer the buttons that run a command."""

    @app.action(re.compile(f"^{BUTTON}"))
    def button(ack, body, action):
        started = time.monotonic()
        ack()
        open_form = opener(views, library, body, started)
        message = answer(action.get("value") or "", library, store, who(body), pressed=True, open_form=open_form)
        if message:
            reply(body, message, started)
