"""What nobody listens to, and what broke: a sentence with a reference in place of an empty 500."""

import re
import time

from slack_bolt import App
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot import log
from bot.form import SHOW
from bot.listeners.replying import reply
from bot.render import render_broken, render_sentence
from bot.words import chat as words


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
        return _unhandled() if isinstance(error, BoltUnhandledRequestError) else _bug(error, body)


def _unhandled() -> BoltResponse:
    """What is not ours to answer, a form of another version say, is acknowledged: Slack would show a failure otherwise."""
    log.note(outcome="not mine")
    return BoltResponse(status=200, body="")


def _bug(error: Exception, body: dict) -> BoltResponse:
    reference = log.bug(error)
    log.note(outcome=f"bug {reference}")
    message = render_broken(reference)
    if "command" in body:
        return BoltResponse(status=200, body=message.payload())
    if body.get("type") == "view_submission":  # the form stays open, so that nothing typed is lost
        return BoltResponse(status=200, body={"response_action": "errors", "errors": {SHOW: message.text.replace("`", "")}})
    reply(body, message, time.monotonic())
    return BoltResponse(status=200, body="")
