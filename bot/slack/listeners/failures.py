"""Buttons that no listener knows, and errors of ours: a sentence with a reference, in place of an empty 500."""

import re
import time

from slack_bolt import App
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot import log
from bot.answers.types import Sentence
from bot.commands.form import SHOW
from bot.slack.blocks.render import render
from bot.slack.listeners.call import Bot, Call, listener
from bot.slack.post import post, slacks
from bot.store import Unavailable
from bot.strings import chat as words
from bot.strings.operating import NOT_NOW


def register(app: App, bot: Bot) -> None:
    """Answer for every error of every listener, and, registered last, for every strange button."""
    app.action(re.compile(""))(listener(bot, _strange))
    app.error(lambda error, body: _failed(error, body, bot.views.settings.slack_api_url))


def _strange(call: Call) -> None:
    log.note(outcome="not mine")
    call.reply(Sentence(words.NOT_MINE))


def _failed(error, body, api):
    if isinstance(error, BoltUnhandledRequestError):  # a form of another version, say: acknowledge it and no more
        log.note(outcome="not mine")
        return BoltResponse(status=200, body="")
    return _told(_sentence(error), body, api)


def _sentence(error: Exception) -> Sentence:
    """The sentence for the person; the log has the cause."""
    if isinstance(error, Unavailable):
        log.note(outcome="store out of reach", store=f"unavailable: {error}")
        return Sentence(NOT_NOW)
    reference = log.bug(error)
    log.note(outcome=f"bug {reference}")
    return Sentence(words.broken(reference))


def _told(sentence: Sentence, body: dict, api: str) -> BoltResponse:
    """A command gets it as its answer, a click through its response_url, a form beside a field, so that it stays
    open."""
    message = render(sentence)
    if "command" in body:
        return BoltResponse(status=200, body=message.payload())
    if body.get("type") == "view_submission":
        errors = {SHOW: message.text.replace("`", "")}
        return BoltResponse(status=200, body={"response_action": "errors", "errors": errors})
    trouble = post(slacks(body.get("response_url"), api), message, time.monotonic())
    if trouble:
        log.note(outcome=trouble)
    return BoltResponse(status=200, body="")
