"""The form: each change of the pattern or the corpus brings another example, and what is sent is checked, answered and
closed."""

import re
import time

from slack_bolt import App

from bot import log
from bot.answers.answer import answer_form
from bot.commands import form
from bot.commands.form import CALLBACK, CORPUS, PATTERN, BadFields, Origin, carried
from bot.names.library import Library
from bot.slack.listeners.opening import view_of
from bot.slack.payloads import read_form, who
from bot.slack.post import post
from bot.slack.web_api import Views
from bot.store import Store
from bot.strings import forms as words

_FORMS = 1_000  # of which the last change is remembered


def register(app: App, library: Library, store: Store, views: Views) -> None:
    """Answer the form of this version; one of another is acknowledged and no more."""

    newest: dict[str, float] = {}  # by form, the moment of the last change that came to this process

    @app.action(re.compile(f"^({PATTERN}|{CORPUS})$"))
    def changed(ack, body, action):
        started = time.monotonic()
        ack()
        view = body.get("view") or {}
        if view.get("callback_id") == CALLBACK:
            _show_example(view, float(action["action_ts"]), started)

    def _show_example(view: dict, moment: float, started: float) -> None:
        if len(newest) > _FORMS:
            newest.clear()
        newest[view["id"]] = max(moment, newest.get(view["id"], 0.0))
        shown = view_of(
            read_form(view["state"]["values"]), library, carried(view.get("private_metadata")), _found(view)
        )
        trouble = views.update(view["id"], shown, started, view["hash"])
        if trouble == "hash_conflict" and newest.get(view["id"]) == moment:  # the change in between was an earlier one
            trouble = views.update(view["id"], shown, started)
        log.note(command="example", outcome=trouble or "answered")  # a form that was closed meanwhile needs no example

    @app.view(CALLBACK)
    def sent(ack, body, view):
        started = time.monotonic()
        filled = read_form(view["state"]["values"])
        try:
            origin = carried(view.get("private_metadata")) or _chosen(body)
            message = answer_form(filled, library, store, who(body)._replace(channel=origin.channel))
            if trouble := post(origin.url, message, started):
                log.note(outcome=trouble)
                raise BadFields({form.SHOW: words.not_sent(trouble, filled.command())})
            ack()
        except BadFields as wrong:
            ack(
                response_action="errors",
                errors={field: words.beside(field, said) for field, said in wrong.messages.items()},
            )


def _found(view: dict) -> str:
    """The line that says what was read out of a message, as it stands in the form."""
    blocks = [block for block in view.get("blocks") or [] if block.get("block_id") == "found"]
    return blocks[0]["elements"][0]["text"] if blocks else ""


def _chosen(body: dict) -> Origin:
    """The conversation that was chosen in the form itself, and its response_url."""
    given = next(iter(body.get("response_urls") or []), {})
    return Origin(given.get("channel_id") or "", given.get("response_url") or "")
