"""The buttons of the quiz: an answer, the answer for everybody, the next name, the score for everybody."""

import re
import time

from slack_bolt import App

from bot import log
from bot.answers import quiz
from bot.commands import button_refs
from bot.names.library import Library
from bot.slack.blocks.quiz import GUESS, NEXT, REVEAL, SHARE
from bot.slack.listeners.replying import politely, reply, show_anew
from bot.slack.payloads import clicked, who
from bot.slack.updating import Updates
from bot.store import Store


def register(app: App, library: Library, store: Store, updates: Updates) -> None:
    """Answer every button of a question. Who clicked, and where, is what Slack says; the value says on what."""

    @app.action(re.compile(f"^{GUESS}"))
    def guess(ack, body, action):
        started = time.monotonic()
        ack()
        with politely(body, started):
            ref = button_refs.read(action.get("value"))
            guessed = quiz.guess(store, who(body), ref, clicked(body, action), time.time())
            log.note(command="quiz answer", outcome=guessed.outcome.value)
            show_anew(updates, body, lambda: quiz.as_it_stands(store, who(body), ref), started)
            if guessed.told:
                reply(body, guessed.told, started)

    @app.action(re.compile(f"^{REVEAL}"))
    def let_out(ack, body, action):
        started = time.monotonic()
        ack()
        log.note(command="quiz reveal", outcome="answered")
        with politely(body, started):
            ref = button_refs.read(action.get("value"))
            quiz.let_out(store, who(body), ref, time.time())
            show_anew(updates, body, lambda: quiz.as_it_stands(store, who(body), ref), started)

    @app.action(re.compile(f"^{NEXT}"))
    def follow(ack, body, action):
        started = time.monotonic()
        ack()
        log.note(command="quiz", outcome="answered")
        with politely(body, started):
            reply(
                body,
                quiz.follow(library, store, who(body), button_refs.read(action.get("value")), time.time()),
                started,
            )

    @app.action(re.compile(f"^{SHARE}"))
    def share(ack, body, action):
        started = time.monotonic()
        ack()
        log.note(command="quiz board", outcome="answered")
        with politely(body, started):
            reply(body, quiz.show_board(store, who(body), None), started)
