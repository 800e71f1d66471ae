"""A Slack message as text: `show(message, screen)` gives what a person would see in the channel.

Buttons become numbered choices, in the order of `buttons(message)`. A block that nobody knows shows its name.
"""

import itertools
import re
from collections.abc import Iterator, Sequence

from bot.slack.blocks.elements import is_button
from bot.slack.escaping import unescape
from bot.terminal.text import NO_BREAK, Screen, Span

INDENT = "  "
Lines = Iterator[str]


def show(message: dict, screen: Screen, people: dict[str, str] | None = None) -> str:
    """The lines of a message; `people` are the names behind user ids.

    >>> show({"text": "a &amp; b"}, Screen())
    '  a & b'
    """
    blocks = message.get("blocks") or [{"type": "section", "text": {"type": "mrkdwn", "text": message.get("text", "")}}]
    shown = _Shown(screen, people or {})
    return "\n".join(line for block in blocks for line in shown.block(block))


class _Shown:
    """One message on its way to text: it counts the buttons."""

    def __init__(self, screen: Screen, people: dict[str, str]):
        self.screen = screen
        self.people = people
        self.numbers = itertools.count(1)

    def block(self, block: dict) -> Lines:
        known = {
            "header": self._header,
            "section": self._section,
            "context": self._context,
            "actions": self._actions,
            "rich_text": self._rich_text,
            "divider": self._divider,
            "image": self._image,
        }
        yield from known.get(block.get("type"), self._unknown)(block)

    def _unknown(self, block: dict) -> Lines:
        yield from self._lines([Span(f"[{block.get('type', 'block')}]", "dim")])

    def _lines(self, spans: list[Span], indent: str = INDENT, hanging: int = 0) -> Lines:
        yield from self.screen.lines(spans, indent, hanging)

    def _header(self, block: dict) -> Lines:
        yield from self._lines([self._text(block.get("text"), "bold")])

    def _divider(self, block: dict) -> Lines:
        yield from self._lines([Span("-" * min(self.screen.width or 40, 40), "dim")])

    def _image(self, block: dict) -> Lines:
        yield from self._lines([Span(f"[{block.get('alt_text', 'image')}]", "dim")])

    def _context(self, block: dict) -> Lines:
        texts = [self._text(e, "dim") for e in block.get("elements") or [] if "text" in e]
        yield from self._lines([span for text in texts for span in (Span("   "), text)][1:])

    def _section(self, block: dict) -> Lines:
        """Texts, a line each; a button stands behind the last, as Slack shows it at the right."""
        texts = [self._text(text) for text in [block.get("text"), *(block.get("fields") or [])] if text]
        for text in texts[:-1]:
            yield from self._lines([text])
        yield from self._choices([block.get("accessory")], texts[-1:])

    def _actions(self, block: dict) -> Lines:
        yield from self._choices(block.get("elements") or [])

    def _choices(self, elements: list, before: Sequence[Span] = ()) -> Lines:
        spans = [span for text in before for span in (Span("   "), text)]
        for button in filter(is_button, elements):
            label = f"[{next(self.numbers)}] {self._text(button.get('text')).text}"
            spans += [Span("   "), Span(label.replace(" ", NO_BREAK), "bold")]
        if spans:
            yield from self._lines(spans[1:])

    def _text(self, text: dict | None, style: str = "") -> Span:
        text = text or {}
        plain = text.get("text", "")
        return Span(self._mrkdwn(plain) if text.get("type") == "mrkdwn" else plain, style)

    def _mrkdwn(self, text: str) -> str:
        """Mentions and links as they are read; other marks stay as they stand."""
        text = re.sub(r"<@(\w+)>", lambda found: "@" + self.people.get(found[1], found[1]), text)
        text = re.sub(r"<(https?://[^|>]+)\|([^>]+)>", r"\2 (\1)", text)
        return unescape(re.sub(r"<(https?://[^|>]+)>", r"\1", text))

    def _rich_text(self, block: dict) -> Lines:
        for element in block.get("elements") or []:
            if element.get("type") == "rich_text_list":
                yield from self._list(element)
            else:
                indent = INDENT + ("> " if element.get("type") == "rich_text_quote" else "")
                yield from self._lines([self._leaf(leaf) for leaf in element.get("elements") or []], indent)

    def _list(self, element: dict) -> Lines:
        first = element.get("offset", 0) + 1
        for number, item in enumerate(element.get("elements") or [], first):
            mark = f"{number}. " if element.get("style") == "ordered" else "- "
            inside = [self._leaf(leaf) for leaf in item.get("elements") or []]
            yield from self._lines([Span(mark, "dim"), *inside], INDENT * (1 + element.get("indent", 0)), len(mark))

    def _leaf(self, leaf: dict) -> Span:
        styles = [style for style in ("code", "bold", "italic", "strike") if (leaf.get("style") or {}).get(style)]
        return Span(self._word(leaf), styles[0] if styles else "")

    def _word(self, leaf: dict) -> str:
        match leaf.get("type"):
            case "text":
                return leaf.get("text", "")
            case "user":
                return "@" + self.people.get(leaf.get("user_id", ""), leaf.get("user_id", ""))
            case "link":
                return leaf.get("text") or leaf.get("url", "")
            case "emoji":
                return f":{leaf.get('name')}:"
            case kind:
                return f"[{kind}]"
