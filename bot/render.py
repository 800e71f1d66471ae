"""The only writer of Block Kit: batches, errors and private answers become messages."""

from dataclasses import dataclass

from bot.batch import Batch
from bot.parse import BadInput


@dataclass(frozen=True)
class Message:
    """A Slack message; `text` is what screen readers and notifications read."""

    text: str
    blocks: tuple[dict, ...]
    response_type: str  # "in_channel" | "ephemeral"

    def payload(self) -> dict:
        """The message as Slack takes it."""
        return {"response_type": self.response_type, "text": self.text, "blocks": list(self.blocks)}


def render(batch: Batch, presser: str | None = None) -> Message:
    """Names for the channel; `presser` is the user id of whoever pressed a button for them."""
    raise NotImplementedError


def render_error(error: BadInput) -> Message:
    """What went wrong and how to mend it, for the person who typed it alone."""
    raise NotImplementedError
