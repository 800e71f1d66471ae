"""Errors that a user can mend.

ValueError
  BadInput        the input cannot be read
    NothingFits   the input can be read, but no new name fits it
"""

from collections.abc import Iterable


class BadInput(ValueError):
    """The input cannot be read; the message says what was sent, what is allowed and what to do.

    Code stands in backticks. `suggestions` are commands that a button may run instead; `sent` is the input, made
    harmless.
    """

    def __init__(self, message: str, suggestions: Iterable[str] = (), sent: str = ""):
        super().__init__(message)
        self.message = message
        self.suggestions = tuple(suggestions)
        self.sent = sent


class NothingFits(BadInput):
    """The request is well formed, but no new name fits it; the message says which part is in the way."""
