"""The only reader of what people type: `parse(text, shelf) -> Request`, or a BadInput that says how to mend it."""

from collections.abc import Iterable

from bot.request import Request


class BadInput(ValueError):
    """What was sent, what is allowed and what to do, in one message; `suggestions` are commands a button may run."""

    def __init__(self, message: str, suggestions: Iterable[str] = (), sent: str = ""):
        super().__init__(message)
        self.message = message
        self.suggestions = tuple(suggestions)
        self.sent = sent


def parse(text: str, shelf: Iterable[str], limit: int = 20) -> Request:
    """Read what follows `/techname`; `shelf` are the corpora there are, `limit` the most names at once."""
    raise NotImplementedError
