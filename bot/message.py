"""A message to Slack, and who sees it."""

from dataclasses import dataclass

CHANNEL, PRIVATE = "in_channel", "ephemeral"


@dataclass(frozen=True)
class Message:
    """A Slack message; `text` is what screen readers and notifications read, with & < > escaped."""

    text: str
    blocks: tuple[dict, ...]
    response_type: str  # CHANNEL | PRIVATE: always said, since Slack's default is private

    def payload(self) -> dict:
        """The message as Slack takes it."""
        return {"response_type": self.response_type, "text": self.text, "blocks": list(self.blocks)}
