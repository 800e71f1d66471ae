"""One call of Slack's: a payload, the time it arrived, and the ways to answer it."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from bot import log
from bot.answers.types import Answer, Form, Help, Problem, Sentence
from bot.context import Context
from bot.errors import BadInput
from bot.names.library import Library
from bot.slack import post
from bot.slack.blocks.form import render_form
from bot.slack.blocks.message import Message
from bot.slack.blocks.render import render
from bot.slack.payloads import Origin, who
from bot.slack.updating import Updates
from bot.slack.web_api import Views
from bot.store import Store, deadline
from bot.strings import forms, rounds

_REMEMBERED = 1.6  # seconds after which no call of the store is tried again; a last attempt may take 1.2


@dataclass(frozen=True)
class Bot:
    """All that listeners need."""

    library: Library
    store: Store
    views: Views
    updates: Updates


class Call:
    """A payload on its way to an answer. `payload` is the part that Bolt hands over: an action, a view, or the whole
    body."""

    def __init__(self, bot: Bot, ack: Callable, body: dict, payload: dict):
        self.bot, self.ack, self.body, self.payload = bot, ack, body, payload
        self.started = time.monotonic()
        self.url = self.slacks(body.get("response_url"))

    def slacks(self, url: str | None) -> str | None:
        """The address if it is Slack's, else None."""
        return post.slacks(url, self.bot.views.settings.slack_api_url)

    @cached_property
    def context(self) -> Context:
        """The context of the person who called."""
        return Context(self.bot.library, self.bot.store, who(self.body), time.time(), self.body.get("trigger_id") or "")

    def message(self, answer: Answer) -> Message | None:
        """The message for an answer; None if it is a form, which opens. If it does not open, help says so."""
        if not isinstance(answer, Form):
            return render(answer)
        trouble = self.open(answer)
        return render(Help(forms.no_form(trouble))) if trouble else None

    def open(self, form: Form) -> str | None:
        """Open a form; the trouble, if any. Names go where the call came from; if that is nowhere, the form asks."""
        origin = Origin(self.context.who.channel, self.url or "")
        view = render_form(form, origin if all(origin) else None)
        return _noted(self.bot.views.open(self.body.get("trigger_id") or "", view, self.started), "no form: ")

    def reply(self, answer: Answer, replaces: bool = False) -> str | None:
        """Answer through the response_url, in the place of the pressed message if it `replaces` it; the trouble, if
        any."""
        message = self.message(answer)
        return _noted(post.post(self.url, message, self.started, replaces)) if message else None

    def refresh(self, current: Callable[[], Answer]) -> None:
        """Bring the pressed message up to date; if Slack does not take it, tell the person."""
        container = self.body.get("container") or {}
        place = self.context.who.team, container.get("channel_id"), container.get("message_ts")
        if _noted(self.bot.updates.show(place, self.url, lambda: render(current()), self.started)):
            post.post(self.url, render(Sentence(rounds.BEHIND)), self.started)

    def remove(self) -> None:
        """Delete the pressed message. Raises BadInput if Slack does not delete it."""
        if _noted(post.remove(self.url, self.started)):
            raise BadInput(rounds.NOT_DELETED)


def _noted(trouble: str | None, what: str = "") -> str | None:
    if trouble:
        log.note(outcome=f"{what}{trouble}")
    return trouble


def listener(bot: Bot, answer: Callable[[Call], None], ack_first: bool = True) -> Callable:
    """A listener for Bolt, which fills its arguments by their names: note the time, acknowledge, answer, and tell the
    person politely about bad input.

    With `ack_first` False, `answer` acknowledges: an acknowledgement can carry its message. Errors of ours go on to
    `failures`.
    """

    def listen(ack, body, payload):
        call = Call(bot, ack, body, payload)
        if ack_first:
            ack()
        try:
            with deadline.until(call.started + _REMEMBERED):
                answer(call)
        except BadInput as error:
            log.note(outcome="bad input")
            call.reply(Problem(error))

    return listen
