"""A Slack message, and the people who see it."""

import json
from dataclasses import dataclass

from bot.answers.types import Audience

_RESPONSE_TYPES = {Audience.CHANNEL: "in_channel", Audience.ASKER: "ephemeral"}
_BLOCKS = 50
_CHARACTERS = 13_000  # of JSON; Slack refuses about 13,200, and a message that replaces another has a few more


@dataclass(frozen=True)
class Message:
    """A Slack message; screen readers and notifications read `text`, in which & < > are escaped."""

    text: str
    blocks: tuple[dict, ...]
    audience: Audience = Audience.ASKER

    def payload(self) -> dict:
        """The message as Slack takes it."""
        return {"response_type": _RESPONSE_TYPES[self.audience], "text": self.text, "blocks": list(self.blocks)}

    def fits(self) -> bool:
        """Whether Slack takes so many blocks and characters."""
        return len(self.blocks) <= _BLOCKS and len(json.dumps(self.payload(), ensure_ascii=False)) <= _CHARACTERS
