"""Buttons: those that run a command, and those that act on a message. Both are answered through their response_url."""

import re

from slack_bolt import App

from bot.answers.answer import answer
from bot.answers.press import press
from bot.answers.types import Act, Press
from bot.errors import BadInput
from bot.slack.blocks.elements import RUN
from bot.slack.listeners.call import Bot, Call, listener
from bot.slack.payloads import carried_command, clicked
from bot.strings import forms, rounds

_ACTION = re.compile(f"^({'|'.join(Act)}):")
_ASKING = 1.5  # seconds after the click for asking whether a name is taken; the rest is for showing it
_UNDELIVERED = {
    Act.SEND: forms.NOT_SENT,
    Act.SHUFFLE: forms.NOT_SHUFFLED,
    Act.PICK: rounds.NOT_TOLD,  # the round has changed, and without the message nobody would see it
    Act.RUN_OFF: rounds.NOT_TOLD,
}


def register(app: App, bot: Bot) -> None:
    """Answer the buttons of our messages."""
    app.action(re.compile(f"^{RUN}:"))(listener(bot, _run))
    app.action(_ACTION)(listener(bot, _press))


def _run(call: Call) -> None:
    call.reply(answer(call.context, carried_command(call.payload), pressed=True))


def _press(call: Call) -> None:
    act = Act(_ACTION.match(call.payload["action_id"])[1])
    alone = bool((call.body.get("container") or {}).get("is_ephemeral"))
    click = clicked(call.body, call.payload)
    effect = press(call.context, Press(act, call.payload.get("value") or "", click, alone, call.started + _ASKING))
    if effect.current:
        call.refresh(effect.current)
    if effect.answer and call.reply(effect.answer, effect.replaces) and act in _UNDELIVERED:
        effect.undelivered()
        raise BadInput(_UNDELIVERED[act])
    if effect.removes:
        call.remove()
    effect.then()
