"""One click on a message."""

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Click:
    """One click: the person's id, the message's ts, and the time (unix seconds as text). Raises ValueError for any
    other time."""

    person: str
    message: str
    at: str

    def __post_init__(self):
        if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,9})?", self.at):
            raise ValueError(f"action_ts is unix seconds, not {self.at!r}")

    @property
    def order(self) -> tuple[Decimal, str]:
        """The key that sorts all clicks of a person by time."""
        return Decimal(self.at), self.message
