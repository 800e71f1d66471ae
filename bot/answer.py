"""From what somebody typed or pressed to the message that answers it: parse -> brainstorm -> render."""

from bot.library import Library
from bot.render import Message


def answer(text: str, library: Library, presser: str | None = None) -> Message:
    """Answer one command text; bad input becomes a private message, never an exception."""
    raise NotImplementedError
