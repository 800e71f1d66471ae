"""What goes wrong in ways a user can mend.

ValueError
  BadInput        what was typed cannot be read
    NothingFits   it can be read, and no new name fits it
"""

from collections.abc import Iterable


class BadInput(ValueError):
    """What was sent, what is allowed and what to do, in one message (`code` stands in backticks).

    `suggestions` are commands that mend it and that a button may run; `sent` is what was typed, made harmless.
    """

    def __init__(self, message: str, suggestions: Iterable[str] = (), sent: str = ""):
        super().__init__(message)
        self.message = message
        self.suggestions = tuple(suggestions)
        self.sent = sent


class NothingFits(BadInput):
    """The request is well formed and no new name fits it; the message says which part is in the way."""
