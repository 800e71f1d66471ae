"""The buttons of a round: show everybody, pick, run-off, undo, take off, open an old one."""

import re
import time

from slack_bolt import App

from bot import log
from bot.answers.pressing_rounds import PRESSES, press
from bot.commands import button_refs
from bot.errors import BadInput
from bot.names.library import Library
from bot.slack.listeners.replying import politely, remove_original, reply, show_anew
from bot.slack.payloads import who
from bot.slack.updating import Updates
from bot.store import Store
from bot.strings import rounds as words

_ACTION = re.compile("|".join(PRESSES))


def register(app: App, library: Library, store: Store, updates: Updates) -> None:
    """Answer every button of a round."""

    @app.action(_ACTION)
    def pressed(ack, body, action):
        started = time.monotonic()
        ack()
        name = _ACTION.match(action["action_id"])[0]
        log.note(command=name.rstrip(":"), outcome="answered")
        with politely(body, started):
            effect = press(name, library.settings, store, who(body), button_refs.read(action.get("value")), time.time())
            if effect.anew:
                show_anew(updates, body, effect.anew, started)
            elif effect.message and reply(body, effect.message, started) and effect.removes:
                raise BadInput(words.NOT_TOLD)  # the round has changed, and the question is all that is seen of it
            if effect.removes:
                remove_original(body, started)
