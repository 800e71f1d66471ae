"""The form: a change brings another example, and the filled form is checked, answered and closed."""

import re
from dataclasses import replace

from slack_bolt import App

from bot import log
from bot.answers.answer import answer_form
from bot.answers.form import form
from bot.commands.form import CORPUS, PATTERN, SHOW, BadFields
from bot.slack.blocks.form import CALLBACK, FOUND, render_form
from bot.slack.blocks.render import render
from bot.slack.listeners.call import Bot, Call, listener
from bot.slack.payloads import Origin, carried, read_form
from bot.slack.post import post
from bot.strings import forms as words

_FORMS = 1_000  # open forms whose last change is remembered


def register(app: App, bot: Bot) -> None:
    """Answer the form of this version; a form of another version is only acknowledged."""
    newest: dict[str, float] = {}  # the time of the last change that reached this process, by form
    app.action(re.compile(f"^({PATTERN}|{CORPUS})$"))(listener(bot, lambda call: _changed(call, newest)))
    app.view(CALLBACK)(listener(bot, _sent, ack_first=False))


def _changed(call: Call, newest: dict[str, float]) -> None:
    """Show the example for the pattern and the corpus in the form."""
    view, moment = call.body.get("view") or {}, float(call.payload["action_ts"])
    if view.get("callback_id") != CALLBACK:
        return
    if len(newest) > _FORMS:
        newest.clear()
    newest[view["id"]] = max(moment, newest.get(view["id"], 0.0))
    shown = form(call.context, read_form(view["state"]["values"]), _found(view))
    update = call.bot.views.update
    changed = render_form(shown, carried(view.get("private_metadata")))
    trouble = update(view["id"], changed, call.started, view.get("hash"))
    if trouble == "hash_conflict" and newest.get(view["id"]) == moment:  # the change in between was an earlier one
        trouble = update(view["id"], changed, call.started)
    log.note(command="example", outcome=trouble or "answered")  # a closed form needs no example


def _sent(call: Call) -> None:
    filled, origin = read_form(call.payload["state"]["values"]), _origin(call)
    context = replace(call.context, who=call.context.who._replace(channel=origin.channel))
    try:
        message = render(answer_form(context, filled))
        if trouble := post(origin.url, message, call.started):
            log.note(outcome=trouble)
            raise BadFields({SHOW: words.not_sent(trouble, filled.command())})
        call.ack()
    except BadFields as wrong:
        errors = {field: words.beside(field, said) for field, said in wrong.messages.items()}
        call.ack(response_action="errors", errors=errors)


def _found(view: dict) -> str:
    """The line of the form that says what was read out of a message."""
    blocks = [block for block in view.get("blocks", ()) if block.get("block_id") == FOUND]
    said = next((note.get("text") for block in blocks for note in block.get("elements", ())), "")
    return said if isinstance(said, str) else ""


def _origin(call: Call) -> Origin:
    """The origin that the form carries, or the conversation chosen in it, with its response_url."""
    given = next(iter(call.body.get("response_urls") or []), {})
    chosen = Origin(given.get("channel_id") or "", given.get("response_url") or "")
    origin = carried(call.payload.get("private_metadata")) or chosen
    return origin._replace(url=call.slacks(origin.url) or "")
