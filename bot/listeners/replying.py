"""The answer to a click, through its response_url."""

from bot import log
from bot.message import Message
from bot.post import post


def reply(body: dict, message: Message, started: float) -> None:
    """Answer a click that arrived at `started`; one that cannot be answered is noted, since there is nobody left to tell."""
    trouble = post(body.get("response_url"), message, started)
    if trouble:
        log.note(outcome=trouble)
