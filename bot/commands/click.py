"""One click, read from what Slack signed."""

import re
from dataclasses import dataclass
from decimal import Decimal

from bot.commands.who import who


@dataclass(frozen=True)
class Click:
    """One click as Slack tells of it: by whom, on which message (its ts), and when (`action_ts`, unix seconds as
    text)."""

    person: str
    message: str
    at: str

    def __post_init__(self):
        if not re.fullmatch(r"[0-9]{1,12}(\.[0-9]{1,9})?", self.at):
            raise ValueError(f"action_ts is unix seconds, not {self.at!r}")

    @property
    def order(self) -> tuple[Decimal, str]:
        """Where it stands among all clicks of a person."""
        return Decimal(self.at), self.message


def clicked(body: dict, action: dict) -> Click:
    """The click behind a pressed button.

    >>> clicked({"user": {"id": "U1"}, "container": {"message_ts": "9.5"}}, {"action_ts": "10.25"})
    Click(person='U1', message='9.5', at='10.25')
    """
    return Click(who(body).person, (body.get("container") or {}).get("message_ts") or "", action.get("action_ts") or "")
