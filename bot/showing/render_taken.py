"""Verdicts as a message: beside `render` and `about`, a writer of Block Kit."""

from collections.abc import Sequence

from bot.asking.entities import escape
from bot.showing import blocks
from bot.showing.message import PRIVATE, Message
from bot.taken import Verdict
from bot.words import taken as words


def render_taken(verdicts: Sequence[Verdict]) -> Message:
    """What was found out about each name, for the person who asked alone."""
    names = dict.fromkeys(verdict.name for verdict in verdicts)
    lines = {name: words.line([verdict for verdict in verdicts if verdict.name == name]) for name in names}
    heading, notes = words.title(list(names)), words.notes(verdicts)
    listed = [[blocks.text(name, bold=True), blocks.text(f" {line}")] for name, line in lines.items()]
    body = blocks.rich(blocks.section(*blocks.marked(heading)), blocks.listing(listed))
    spoken = [heading, *(f"{name}: {line}" for name, line in lines.items()), *notes]
    return Message(escape("\n".join(spoken)), (body, *([blocks.small_print(*notes)] if notes else [])), PRIVATE)
