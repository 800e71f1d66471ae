"""The answer to a click, through its response_url."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot import log
from bot.errors import BadInput
from bot.slack.blocks.message import Message
from bot.slack.blocks.names import render_error, render_sentence
from bot.slack.payloads import who
from bot.slack.post import post, remove
from bot.slack.updating import Updates
from bot.strings import rounds as words


def reply(body: dict, message: Message, started: float) -> str | None:
    """Answer a click that arrived at `started`; the trouble, which is noted too, or None."""
    trouble = post(body.get("response_url"), message, started)
    _note(trouble)
    return trouble


def show_anew(updates: Updates, body: dict, build: Callable[[], Message], started: float) -> None:
    """Bring the message that was clicked up to date; where that fails the person is told."""
    container = body.get("container") or {}
    place = who(body).team, container.get("channel_id"), container.get("message_ts")
    trouble = updates.show(place, body.get("response_url"), build, started)
    if trouble:
        _note(trouble)
        post(body.get("response_url"), render_sentence(words.BEHIND), started)


def remove_original(body: dict, started: float) -> None:
    """Delete the message that was clicked; raises BadInput where Slack does not let it go."""
    trouble = remove(body.get("response_url"), started)
    if trouble:
        _note(trouble)
        raise BadInput(words.NOT_DELETED)


@contextmanager
def politely(body: dict, started: float) -> Iterator[None]:
    """What cannot be done is said to the person who clicked alone."""
    try:
        yield
    except BadInput as error:
        log.note(outcome="bad input")
        reply(body, render_error(error), started)


def _note(trouble: str | None) -> None:
    if trouble:
        log.note(outcome=trouble)
