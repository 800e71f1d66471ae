"""What people read in a post of the bot's."""

import re

from tests.fakes.channels import Post


def names(post: Post) -> list[str]:
    """The names of a list, without their ranks and what they are near to."""
    return [
        re.sub(r"^\d+\. | \(.*\)$", "", b["text"]["text"])
        for b in post.message["blocks"]
        if b["type"] == "section" and b["text"]["type"] == "plain_text"
    ]


def labels(post: Post) -> list[str]:
    return [button["text"]["text"] for button in post.buttons]


def said(post: Post) -> str:
    """All that is written in the blocks."""
    return str(post.message["blocks"])


def sections(post: Post) -> list[str]:
    """The sections of a message as they stand: its names, with their ranks."""
    return [block["text"]["text"] for block in post.message["blocks"] if block["type"] == "section"]
