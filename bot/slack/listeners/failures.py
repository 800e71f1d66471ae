"""What nobody listens to, and what broke: a sentence with a reference in place of an empty 500."""

import re
import time

from slack_bolt import App
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot import log
from bot.commands.form import SHOW
from bot.slack.blocks.message import Message
from bot.slack.blocks.names import render_broken, render_sentence
from bot.slack.listeners.replying import reply
from bot.store import Unavailable
from bot.strings import chat as words
from bot.strings.operating import NOT_NOW


def register(app: App) -> None:
    """Answer for every error of every listener, and, registered last, for every button that none of them knows."""

    @app.action(re.compile(""))
    def strange(ack, body):
        started = time.monotonic()
        ack()
        log.note(outcome="not mine")
        reply(body, render_sentence(words.NOT_MINE), started)

    @app.error
    def failed(error, body):
        if isinstance(error, BoltUnhandledRequestError):
            return _unhandled()
        return _out_of_reach(error, body) if isinstance(error, Unavailable) else _bug(error, body)


def _unhandled() -> BoltResponse:
    """What is not ours to answer, a form of another version say, is acknowledged: Slack would show a failure
    otherwise."""
    log.note(outcome="not mine")
    return BoltResponse(status=200, body="")


def _out_of_reach(error: Unavailable, body: dict) -> BoltResponse:
    """What is remembered cannot be had: the person is told, and the log says why."""
    log.note(outcome="store out of reach", store=f"unavailable: {error}")
    return _told(render_sentence(NOT_NOW), body)


def _bug(error: Exception, body: dict) -> BoltResponse:
    reference = log.bug(error)
    log.note(outcome=f"bug {reference}")
    return _told(render_broken(reference), body)


def _told(message: Message, body: dict) -> BoltResponse:
    """A command is answered in its answer, a click through its response_url."""
    if "command" in body:
        return BoltResponse(status=200, body=message.payload())
    if body.get("type") == "view_submission":  # the form stays open, so that nothing typed is lost
        return BoltResponse(
            status=200, body={"response_action": "errors", "errors": {SHOW: message.text.replace("`", "")}}
        )
    reply(body, message, time.monotonic())
    return BoltResponse(status=200, body="")
