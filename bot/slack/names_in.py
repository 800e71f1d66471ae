"""The names in a Slack message: marked ones, else those of a list, else words that are written as names."""

import re
from collections.abc import Iterable, Iterator

from bot.commands import button_refs
from bot.errors import BadInput
from bot.slack.blocks.elements import buttons
from bot.slack.escaping import unescape
from bot.text import invisible

MOST = 12
_LONGEST = 40
_WORDS = 4
_READ = 4_000  # characters of a message; Slack recommends no more for one
# An opening mark cannot stand inside a marked text: else each of many would be followed to the end of the message.
_MARKED = re.compile(r"\*([^*\n]+)\*|`([^`\n]+)`|[\"“«]([^\"“«”»\n]+)[\"”»]")
_REFERENCE = re.compile(r"<[@#!][^<>]*>|<(?:https?|mailto):[^<>]*>")
_BETWEEN = re.compile(r"[,;•·|/\n]|\b(?:and|or|vs)\b", re.IGNORECASE)
_LEADING = re.compile(r"^.{0,60}:\s")
_NAME = re.compile(r"[^\W\d_][\w'’.-]*")


def names_in(message: dict) -> tuple[str, ...]:
    """At most twelve names, in order, of a message that `shapes` has read.

    >>> names_in({"text": "What about *Kingar*, or *Mr. Morbase*?"})
    ('Kingar', 'Mr. Morbase')
    >>> names_in({"text": "Candidates: Kingar, Sixtle and Golbase"})
    ('Kingar', 'Sixtle', 'Golbase')
    >>> names_in({"text": "We should call it Kingar because Kingar sounds good"})
    ('Kingar',)
    """
    text = _REFERENCE.sub(" ", message.get("text", "")[:_READ])
    for found in (_emphasised(message), _marked(text), _listed(unescape(text)), _written(unescape(text))):
        names = list(dict.fromkeys(filter(None, map(_clean, found))))
        if names:
            return tuple(names[:MOST])
    return ()


def batches_in(message: dict) -> Iterator[str]:
    """The ids of the batches whose buttons the message has."""
    for button in buttons(message):
        try:
            ref = button_refs.read(button.get("value"))
        except BadInput:
            continue
        if ref.kind == button_refs.BATCH:
            yield ref.id


def _clean(text: str) -> str:
    name = "".join(char for char in text if not invisible(char)).strip(" \t\n.,;:!?()*_~`'\"“”")
    return (
        name if len(name) <= _LONGEST and len(name.split()) <= _WORDS and any(char.isalpha() for char in name) else ""
    )


def _emphasised(message: dict) -> Iterator[str]:
    """Bold runs, and the items of lists."""
    for element in _elements([block for block in message.get("blocks") or [] if block.get("type") == "rich_text"]):
        if element.get("type") == "rich_text_list":
            yield from (_text(item) for item in element.get("elements") or [])
        elif (element.get("style") or {}).get("bold"):
            yield _said(element)


def _elements(blocks: object) -> Iterator[dict]:
    """Every element of rich text, outer ones first; the elements inside a list are not walked."""
    for element in blocks if isinstance(blocks, list) else []:
        if isinstance(element, dict):
            yield element
            if element.get("type") != "rich_text_list":
                yield from _elements(element.get("elements"))


def _text(item: dict) -> str:
    return "".join(_said(leaf) for leaf in item.get("elements") or [])


def _said(element: dict) -> str:
    """The text of a run; a button's is an object, and no name."""
    text = element.get("text")
    return text[:_READ] if isinstance(text, str) else ""


def _marked(text: str) -> Iterator[str]:
    """Text in bold, as code or in quotes."""
    return (unescape(next(filter(None, found.groups()))) for found in _MARKED.finditer(text))


def _listed(text: str) -> Iterable[str]:
    """The pieces between commas or line breaks, if each is short."""
    pieces = [piece for piece in map(str.strip, _BETWEEN.split(_LEADING.sub("", text.strip()))) if piece]
    return pieces if len(pieces) > 1 and all(len(piece.split()) <= 2 for piece in pieces) else []


def _written(text: str) -> Iterator[str]:
    """Words with a capital in the middle of a sentence; every word if there are at most two."""
    words = list(_NAME.finditer(text))
    if len(words) <= 2:
        return (word[0] for word in words)
    return (
        word[0]
        for word in words
        if not word[0].islower() and not _opens(text[: word.start()]) and word[0] not in ("I", "I'm", "I’m")
    )


def _opens(before: str) -> bool:
    """Whether a sentence begins after this text."""
    return not before.strip() or before.rstrip(" \t\"'“‘(*_")[-1:] in ".!?:\n"
