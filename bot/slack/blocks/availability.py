"""Verdicts as a message: beside `render` and `about`, a writer of Block Kit."""

from collections.abc import Sequence

from bot.availability import Verdict
from bot.slack.blocks import elements
from bot.slack.blocks.message import PRIVATE, Message
from bot.strings import taken as words
from bot.text import escape


def render_taken(verdicts: Sequence[Verdict]) -> Message:
    """What was found out about each name, for the person who asked alone."""
    names = dict.fromkeys(verdict.name for verdict in verdicts)
    lines = {name: words.line([verdict for verdict in verdicts if verdict.name == name]) for name in names}
    heading, notes = words.title(list(names)), words.notes(verdicts)
    listed = [[elements.text(name, bold=True), elements.text(f" {line}")] for name, line in lines.items()]
    body = elements.rich(elements.section(*elements.marked(heading)), elements.listing(listed))
    spoken = [heading, *(f"{name}: {line}" for name, line in lines.items()), *notes]
    return Message(escape("\n".join(spoken)), (body, *([elements.small_print(*notes)] if notes else [])), PRIVATE)
