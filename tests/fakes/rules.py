"""The rules that Slack's limits are built from: each yields a sentence for every way in which something breaks it."""

import re
from collections.abc import Callable, Iterator

Problems = Iterator[str]
IDENTIFIER = 255


def string(at: str, text: object, most: int) -> Problems:
    """A text with something in it and no more than `most` characters."""
    if not isinstance(text, str) or not text:
        yield f"{at}: a text with something in it is needed, not {text!r}"
    elif len(text) > most:
        yield f"{at}: {len(text)} characters, at most {most}"


def escaped(at: str, text: object) -> Problems:
    """`&`, `<` and `>` stand escaped, but for the mention of one person and for links: no @channel gets through."""
    bare = re.sub(
        r"<@[UW][A-Z0-9]+>|<https?://[^<>|]+(\|[^<>]+)?>|&(amp|lt|gt);", "", text if isinstance(text, str) else ""
    )
    if set(bare) & set("&<>"):
        yield f"{at}: & < > not escaped: {text!r}"


def text_object(at: str, text: object, most: int, kinds=("plain_text", "mrkdwn")) -> Problems:
    """A text object of one of these kinds; mrkdwn says verbatim, so that it links nothing by itself."""
    if not isinstance(text, dict) or text.get("type") not in kinds:
        yield f"{at}: a text object of type {' or '.join(kinds)} is needed, not {text!r}"
        return
    yield from known(at, text, {"type", "text", "emoji" if text["type"] == "plain_text" else "verbatim"})
    yield from string(f"{at}.text", text.get("text"), most)
    if text["type"] == "mrkdwn":
        yield from escaped(f"{at}.text", text.get("text"))
        if text.get("verbatim") is not True:
            yield f"{at}: mrkdwn without verbatim, and @here in it would become a mention"


def plain_text(at: str, text: object, most: int) -> Problems:
    """A plain_text object."""
    yield from text_object(at, text, most, ("plain_text",))


def each(at: str, items: object, inner: Callable[..., Problems], most: int | None = None) -> Problems:
    """A list with something in it, no longer than `most`, whose items keep a rule."""
    if not isinstance(items, list) or not items:
        yield f"{at}: a list with something in it is needed, not {items!r}"
        return
    if most is not None and len(items) > most:
        yield f"{at}: {len(items)} elements, at most {most}"
    for i, item in enumerate(items):
        yield from inner(f"{at}[{i}]", item)


def once(at: str, items: object, name: str) -> Problems:
    """No two items have the same value under that name."""
    values = [item[name] for item in items or () if isinstance(item, dict) and name in item]
    if len(values) != len(set(map(str, values))):
        yield f"{at}: one {name} twice"


def known(at: str, given: dict, allowed: set) -> Problems:
    """No field but these."""
    for name in sorted(set(given) - allowed):
        yield f"{at}: unknown field {name!r}"


def optional(at: str, given: dict, name: str, rule: Callable[..., Problems], *more: object) -> Problems:
    """A field that keeps a rule where it is there."""
    if name in given:
        yield from rule(f"{at}.{name}", given[name], *more)
