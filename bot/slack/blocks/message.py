"""A message to Slack, and who sees it."""

import json
from dataclasses import dataclass

CHANNEL, PRIVATE = "in_channel", "ephemeral"
_BLOCKS = 50
_CHARACTERS = 13_000  # of JSON; Slack refuses about 13,200, what replaces a message says so in a few more


@dataclass(frozen=True)
class Message:
    """A Slack message; `text` is what screen readers and notifications read, with & < > escaped."""

    text: str
    blocks: tuple[dict, ...]
    response_type: str  # CHANNEL | PRIVATE: always said, since Slack's default is private

    def payload(self) -> dict:
        """The message as Slack takes it."""
        return {"response_type": self.response_type, "text": self.text, "blocks": list(self.blocks)}

    def fits(self) -> bool:
        """Whether Slack takes so many blocks and characters."""
        return len(self.blocks) <= _BLOCKS and len(json.dumps(self.payload(), ensure_ascii=False)) <= _CHARACTERS
