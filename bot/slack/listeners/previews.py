"""The buttons of a preview: send it to the channel, have other names, let it be."""

import re
import time

from slack_bolt import App

from bot import log
from bot.answers.answer import show
from bot.commands import button_refs
from bot.commands.who import Who
from bot.errors import BadInput
from bot.names.library import Library
from bot.repositories import previews
from bot.repositories.previews import CANCEL, SEND, WAYS, Preview
from bot.slack.blocks.names import render_preview
from bot.slack.listeners.replying import politely, remove_original
from bot.slack.payloads import who
from bot.slack.post import post
from bot.store import Store
from bot.strings import forms as words

_BUTTON = re.compile(f"({'|'.join(WAYS)}):")


def register(app: App, library: Library, store: Store) -> None:
    """Answer the three buttons; each brings a response_url of its own, at the preview that only its asker sees."""

    @app.action(_BUTTON)
    def pressed(ack, body, action):
        started = time.monotonic()
        ack()
        way = _BUTTON.match(action["action_id"])[1]
        log.note(command=way, outcome="answered")
        with politely(body, started):
            asker, preview = who(body), previews.fetch(store, who(body), button_refs.read(action.get("value")).id)
            if way == SEND:
                _send(asker, preview, body, started)
            elif way == CANCEL:
                remove_original(body, started)
                previews.drop(store, asker, preview.id)
            else:
                _shuffle(asker, preview, body, started)

    def _send(asker: Who, preview: Preview, body: dict, started: float) -> None:
        """First the names for everybody, then away with the preview: a message cannot change who sees it, and nothing
        may be lost."""
        previews.take(store, asker, preview)
        trouble = post(
            body.get("response_url"), show(preview.batch, library, store, asker, preview.before, pressed=True), started
        )
        if trouble:
            log.note(outcome=trouble)
            previews.put_back(store, asker, preview)
            raise BadInput(words.NOT_SENT)
        remove_original(body, started)

    def _shuffle(asker: Who, preview: Preview, body: dict, started: float) -> None:
        """What stands there stays sendable until others stand in its place."""
        batch, before = previews.shuffled(preview, asker, library)
        id = previews.keep(store, asker, batch, before)
        trouble = post(body.get("response_url"), render_preview(id, batch, again=not before), started, replacing=True)
        previews.drop(store, asker, id if trouble else preview.id)
        if trouble:
            log.note(outcome=trouble)
            raise BadInput(words.NOT_SHUFFLED)
