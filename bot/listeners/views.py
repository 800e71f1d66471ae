"""The form: each change of the pattern or the corpus brings another example, and what is sent is checked, answered and closed."""

import re
import time

from slack_bolt import App

from bot import form, log
from bot.answer import answer_form
from bot.example import example
from bot.form import CALLBACK, CORPUS, PATTERN, BadFields, Origin, carried
from bot.library import Library
from bot.options import MOST_NAMES
from bot.parse import parse
from bot.post import post
from bot.render_form import render_form
from bot.slack_web import Views
from bot.store import Store
from bot.who import who
from bot.words import forms as words


def register(app: App, library: Library, store: Store, views: Views) -> None:
    """Answer the form of this version; one of another is acknowledged and no more."""

    @app.action(re.compile(f"^({PATTERN}|{CORPUS})$"))
    def changed(ack, body):
        started = time.monotonic()
        ack()
        view = body.get("view") or {}
        if view.get("callback_id") == CALLBACK:
            _show_example(view, started)

    def _show_example(view: dict, started: float) -> None:
        shelf = library.kinds()
        filled = form.read(view["state"]["values"])
        said = example(filled, lambda text: parse(text, shelf), library)
        found = _found(view)
        shown = render_form(filled, shelf, MOST_NAMES, said, carried(view.get("private_metadata")), found)
        # A change that came in between has the last word, and a form that was closed needs none.
        log.note(command="example", outcome=views.update(view["id"], view["hash"], shown, started) or "answered")

    @app.view(CALLBACK)
    def sent(ack, body, view):
        started = time.monotonic()
        filled = form.read(view["state"]["values"])
        try:
            origin = carried(view.get("private_metadata")) or _chosen(body)
            message = answer_form(filled, library, store, who(body)._replace(channel=origin.channel))
            if trouble := post(origin.url, message, started):
                log.note(outcome=trouble)
                raise BadFields({form.SHOW: words.not_sent(filled.command())})
            ack()
        except BadFields as wrong:
            ack(response_action="errors", errors={field: words.beside(field, said) for field, said in wrong.messages.items()})


def _found(view: dict) -> str:
    """The line that says what was read out of a message, as it stands in the form."""
    blocks = [block for block in view.get("blocks") or [] if block.get("block_id") == "found"]
    return blocks[0]["elements"][0]["text"] if blocks else ""


def _chosen(body: dict) -> Origin:
    """The conversation that was chosen in the form itself, and its response_url."""
    given = next(iter(body.get("response_urls") or []), {})
    return Origin(given.get("channel_id") or "", given.get("response_url") or "")
