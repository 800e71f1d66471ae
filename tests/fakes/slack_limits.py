"""What Slack accepts in a message: `problems(message)` lists every way in which it would be refused.

Kept from the Block Kit reference, and stricter in three points: a field nobody knows, a text that Slack would cut
and one that is not escaped are problems too. Each rule is shown refusing in test_slack_limits.py.
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial

PAYLOAD = 13_200  # characters of JSON; above it Slack answers msg_blocks_too_long
TEXT = 4_000
BLOCKS = 50
IDENTIFIER = 255
RESPONSE_TYPES = ("in_channel", "ephemeral")

MESSAGE = {"text", "blocks", "attachments", "response_type", "replace_original", "delete_original", "thread_ts",
           "unfurl_links", "unfurl_media", "mrkdwn", "metadata"}  # fmt: skip
BLOCK = {
    "section": {"text", "fields", "accessory", "expand"},
    "header": {"text"},
    "context": {"elements"},
    "actions": {"elements"},
    "divider": set(),
    "image": {"image_url", "alt_text", "title"},
    "rich_text": {"elements"},
}
RICH = {
    "rich_text_section": {"elements"},
    "rich_text_list": {"elements", "style", "indent", "offset", "border"},
    "rich_text_preformatted": {"elements", "border"},
    "rich_text_quote": {"elements", "border"},
}
LEAF = {  # the field that is needed stands first
    "text": ("text",),
    "user": ("user_id",),
    "channel": ("channel_id",),
    "emoji": ("name", "unicode"),
    "link": ("url", "text", "unsafe"),
}
BUTTON = {"type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label"}

Problems = Iterator[str]


def problems(message: dict) -> list[str]:
    """Every reason for which Slack would refuse this message, or not show it as it stands; empty when there is none."""
    if not isinstance(message, dict):
        return [f"message: a JSON object is needed, not {type(message).__name__}"]
    return list(_message(message))


def accept(message: dict) -> dict:
    """The message itself; AssertionError with every problem when Slack would not take it."""
    found = problems(message)
    assert not found, "\n".join(found)
    return message


def _message(message: dict) -> Problems:
    yield from _known("message", message, MESSAGE)
    size = len(json.dumps(message, ensure_ascii=False))
    if size > PAYLOAD:
        yield f"message: {size} characters of JSON, at most {PAYLOAD}"
    if message.get("blocks") is not None and message.get("attachments") is not None:
        yield "message: attachments beside blocks, and the blocks would be dropped"
    if message.get("response_type", "ephemeral") not in RESPONSE_TYPES:
        yield f"response_type: {message['response_type']!r}, not one of {RESPONSE_TYPES}"
    if not message.get("delete_original"):
        yield from _string("text", message.get("text"), TEXT)
        yield from _escaped("text", message.get("text"))
    if "blocks" in message:
        yield from _blocks(message["blocks"])


def _blocks(blocks: list) -> Problems:
    yield from _each("blocks", blocks, _block, BLOCKS)
    yield from _twice("blocks", blocks, "block_id")


def _block(at: str, block: dict) -> Problems:
    kind = block.get("type") if isinstance(block, dict) else None
    if kind not in BLOCK:
        yield f"{at}: type {kind!r}, not one of {sorted(BLOCK)}"
        return
    yield from _known(at, block, BLOCK[kind] | {"type", "block_id"})
    if "block_id" in block:
        yield from _string(f"{at}.block_id", block["block_id"], IDENTIFIER)
    if kind in _BODY:
        yield from _BODY[kind](at, block)


def _section(at: str, block: dict) -> Problems:
    if "text" not in block and "fields" not in block:
        yield f"{at}: neither text nor fields"
    if "text" in block:
        yield from _text_object(f"{at}.text", block["text"], 3_000)
    if "fields" in block:
        yield from _each(f"{at}.fields", block["fields"], partial(_text_object, most=2_000), 10)
    if "accessory" in block:
        yield from _button(f"{at}.accessory", block["accessory"])


def _header(at: str, block: dict) -> Problems:
    yield from _text_object(f"{at}.text", block.get("text"), 150, kinds=("plain_text",))


def _context(at: str, block: dict) -> Problems:
    yield from _each(f"{at}.elements", block.get("elements"), partial(_text_object, most=3_000), 10)


def _actions(at: str, block: dict) -> Problems:
    yield from _each(f"{at}.elements", block.get("elements"), _button, 25)
    yield from _twice(f"{at}.elements", block.get("elements"), "action_id")


def _image(at: str, block: dict) -> Problems:
    yield from _string(f"{at}.image_url", block.get("image_url"), 3_000)
    yield from _string(f"{at}.alt_text", block.get("alt_text"), 2_000)
    if str(block.get("image_url")).lower().split("?")[0].endswith(".svg"):
        yield f"{at}.image_url: svg, and only png, jpg and gif are shown"


def _button(at: str, button: dict) -> Problems:
    if not isinstance(button, dict) or button.get("type") != "button":
        yield f"{at}: only buttons are expected here, not {button!r}"
        return
    yield from _known(at, button, BUTTON)
    yield from _text_object(f"{at}.text", button.get("text"), 75, kinds=("plain_text",))
    yield from _string(f"{at}.action_id", button.get("action_id"), IDENTIFIER)
    for name, most in (("value", 2_000), ("url", 3_000), ("accessibility_label", 75)):
        if name in button:
            yield from _string(f"{at}.{name}", button[name], most)
    if button.get("style", "primary") not in ("primary", "danger"):
        yield f"{at}.style: {button['style']!r}, not primary or danger"


def _rich_text(at: str, block: dict) -> Problems:
    yield from _each(f"{at}.elements", block.get("elements"), _rich)


def _rich(at: str, element: dict) -> Problems:
    kind = element.get("type") if isinstance(element, dict) else None
    if kind not in RICH:
        yield f"{at}: type {kind!r}, not one of {sorted(RICH)}"
        return
    yield from _known(at, element, RICH[kind] | {"type"})
    if kind == "rich_text_list" and element.get("style") not in ("bullet", "ordered"):
        yield f"{at}.style: {element.get('style')!r}, not bullet or ordered"
    yield from _each(f"{at}.elements", element.get("elements"), _rich if kind == "rich_text_list" else _leaf)


def _leaf(at: str, leaf: dict) -> Problems:
    kind = leaf.get("type") if isinstance(leaf, dict) else None
    if kind not in LEAF:
        yield f"{at}: type {kind!r}, not one of {sorted(LEAF)}"
        return
    needed, *others = LEAF[kind]
    yield from _known(at, leaf, {needed, *others, "type", "style"})
    yield from _string(f"{at}.{needed}", leaf.get(needed), 3_000)
    style = leaf.get("style", {})
    if not isinstance(style, dict) or not set(style) <= {"bold", "italic", "strike", "code", "underline"}:
        yield f"{at}.style: {style!r} is no style"


def _text_object(at: str, text: dict, most: int, kinds=("plain_text", "mrkdwn")) -> Problems:
    if not isinstance(text, dict) or text.get("type") not in kinds:
        yield f"{at}: a text object of type {' or '.join(kinds)} is needed, not {text!r}"
        return
    yield from _known(at, text, {"type", "text", "emoji" if text["type"] == "plain_text" else "verbatim"})
    yield from _string(f"{at}.text", text.get("text"), most)
    if text["type"] == "mrkdwn":
        yield from _escaped(f"{at}.text", text.get("text"))
        if text.get("verbatim") is not True:
            yield f"{at}: mrkdwn without verbatim, and @here in it would become a mention"


def _string(at: str, text: object, most: int) -> Problems:
    if not isinstance(text, str) or not text:
        yield f"{at}: a text with something in it is needed, not {text!r}"
    elif len(text) > most:
        yield f"{at}: {len(text)} characters, at most {most}"


def _escaped(at: str, text: object) -> Problems:
    """`&`, `<` and `>` stand escaped, but for the mention of one person and for links: no @channel gets through."""
    bare = re.sub(r"<@[UW][A-Z0-9]+>|<https?://[^<>|]+(\|[^<>]+)?>|&(amp|lt|gt);", "", text if isinstance(text, str) else "")
    if set(bare) & set("&<>"):
        yield f"{at}: & < > not escaped: {text!r}"


def _each(at: str, items: object, inner: Callable[..., Problems], most: int | None = None) -> Problems:
    if not isinstance(items, list) or not items:
        yield f"{at}: a list with something in it is needed, not {items!r}"
        return
    if most is not None and len(items) > most:
        yield f"{at}: {len(items)} elements, at most {most}"
    for i, item in enumerate(items):
        yield from inner(f"{at}[{i}]", item)


def _twice(at: str, items: object, name: str) -> Problems:
    ids = [item[name] for item in items or () if isinstance(item, dict) and name in item]
    if len(ids) != len(set(ids)):
        yield f"{at}: one {name} twice"


def _known(at: str, given: dict, allowed: set) -> Problems:
    for name in sorted(set(given) - allowed):
        yield f"{at}: unknown field {name!r}"


_BODY = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "rich_text": _rich_text,
}
