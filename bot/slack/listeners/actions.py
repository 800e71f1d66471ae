"""Buttons that run a command: acknowledged, which can carry no message, and answered through their response_url."""

import re
import time

from slack_bolt import App

from bot.answers.answer import answer
from bot.names.library import Library
from bot.slack.blocks.elements import BUTTON
from bot.slack.listeners.opening import opener
from bot.slack.listeners.replying import reply
from bot.slack.payloads import who
from bot.slack.web_api import Views
from bot.store import Store


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
