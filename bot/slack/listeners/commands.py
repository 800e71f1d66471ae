"""The slash command: its answer is the acknowledgement, or a form that opens."""

import re

from slack_bolt import App

from bot.answers.answer import answer
from bot.slack.listeners.call import Bot, Call, listener
from bot.slack.payloads import typed


def register(app: App, bot: Bot) -> None:
    """Answer every command, whatever the manifest calls it."""
    app.command(re.compile(""))(listener(bot, _command, ack_first=False))


def _command(call: Call) -> None:
    message = call.message(answer(call.context, typed(call.body)))
    call.ack(**message.payload() if message else {})
