"""The channels of the fake Slack: what was said in them, and who sees it."""

import itertools
from dataclasses import dataclass, field


@dataclass
class Post:
    """A message that stands in a channel; `only` is the one person who sees it, None means everybody there."""

    channel: str
    ts: str
    message: dict
    only: str | None = None
    edits: int = 0
    deleted: bool = False

    @property
    def visibility(self) -> str:
        return "in_channel" if self.only is None else "ephemeral"

    @property
    def text(self) -> str:
        return self.message.get("text", "")

    @property
    def buttons(self) -> list[dict]:
        """Every button, in order."""
        return buttons_of(self.message)

    def button(self, label: str) -> dict:
        """The button with that text on it."""
        [found] = [button for button in self.buttons if button["text"]["text"] == label]
        return found


@dataclass
class Channels:
    """Every post of a workspace, the oldest first."""

    posts: list[Post] = field(default_factory=list)
    numbers: itertools.count = field(default_factory=lambda: itertools.count(1))

    def put(self, channel: str, message: dict, person: str) -> Post:
        """A message in a channel, for everybody or, ephemeral, for that person alone."""
        only = None if message.get("response_type") == "in_channel" else person
        post = Post(channel, f"{1_700_000_000 + next(self.numbers)}.000100", message, only)
        self.posts.append(post)
        return post

    def seen_by(self, person: str, channel: str) -> list[Post]:
        """What a person sees there now."""
        there = [post for post in self.posts if post.channel == channel and not post.deleted]
        return [post for post in there if post.only in (None, person)]


def buttons_of(message: dict) -> list[dict]:
    """Every button of a message, in order."""
    blocks = message.get("blocks", [])
    found = [e for b in blocks for e in [*b.get("elements", []), b.get("accessory")] if e]
    return [e for e in found if e.get("type") == "button"]
