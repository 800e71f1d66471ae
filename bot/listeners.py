"""What the app listens to: the slash command, answered in its ack, and buttons, answered through their response_url."""

import re
import time

from slack_bolt import App
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot import log
from bot.answer import answer
from bot.blocks import BUTTON
from bot.library import Library
from bot.message import Message
from bot.post import post
from bot.render import render_broken, render_sentence
from bot.words import chat as words

_ANY = re.compile("")


def register(app: App, library: Library) -> None:
    """Register every listener. Bolt fills listeners' arguments by name, so the library comes by closure."""

    @app.command(_ANY)  # whatever the manifest calls it
    def command(ack, body):
        ack(**answer(body.get("text") or "", library).payload())

    @app.action(re.compile(f"^{BUTTON}"))
    def button(ack, body, action):
        started = time.monotonic()
        ack()
        presser = (body.get("user") or {}).get("id")
        _post(body, answer(action.get("value") or "", library, presser), started)

    @app.action(_ANY)
    def strange(ack, body):
        started = time.monotonic()
        ack()
        log.note(outcome="not mine")
        _post(body, render_sentence(words.NOT_MINE), started)

    @app.error
    def failed(error, body):
        return _unhandled() if isinstance(error, BoltUnhandledRequestError) else _bug(error, body)


def _post(body: dict, message: Message, started: float) -> None:
    """Answer a click; one that cannot be answered is noted, since there is nobody left to tell."""
    trouble = post(body.get("response_url"), message, started)
    if trouble:
        log.note(outcome=trouble)


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
    _post(body, message, time.monotonic())
    return BoltResponse(status=200, body="")
