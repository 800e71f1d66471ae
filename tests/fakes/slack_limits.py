"""What Slack accepts in a message: `problems(message)` lists every way in which it would be refused.

Kept from the Block Kit reference, and stricter in three points: a field nobody knows, a text that Slack would cut
and one that is not escaped are problems too. Each rule is shown refusing in test_slack_limits.py.
"""

import json
from functools import partial

from tests.fakes.elements import element
from tests.fakes.rules import IDENTIFIER, Problems, each, escaped, known, once, plain_text, string, text_object

PAYLOAD = 13_200  # characters of JSON; above it Slack answers msg_blocks_too_long
TEXT = 4_000
BLOCKS = 50
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
BUTTONS = ("button", "static_select", "overflow")  # what we put below a message


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
    yield from known("message", message, MESSAGE)
    size = len(json.dumps(message, ensure_ascii=False))
    if size > PAYLOAD:
        yield f"message: {size} characters of JSON, at most {PAYLOAD}"
    if message.get("blocks") is not None and message.get("attachments") is not None:
        yield "message: attachments beside blocks, and the blocks would be dropped"
    if message.get("response_type", "ephemeral") not in RESPONSE_TYPES:
        yield f"response_type: {message['response_type']!r}, not one of {RESPONSE_TYPES}"
    if not message.get("delete_original"):
        yield from string("text", message.get("text"), TEXT)
        yield from escaped("text", message.get("text"))
    if "blocks" in message:
        yield from _blocks(message["blocks"])


def _blocks(blocks: list) -> Problems:
    yield from each("blocks", blocks, block, BLOCKS)
    yield from once("blocks", blocks, "block_id")


def block(at: str, block: object, elements: tuple[str, ...] = BUTTONS) -> Problems:
    """A block of a message, or of a view, in which more `elements` are at home."""
    kind = block.get("type") if isinstance(block, dict) else None
    if kind not in BLOCK:
        yield f"{at}: type {kind!r}, not one of {sorted(BLOCK)}"
        return
    yield from known(at, block, BLOCK[kind] | {"type", "block_id"})
    if "block_id" in block:
        yield from string(f"{at}.block_id", block["block_id"], IDENTIFIER)
    if kind in ("section", "actions"):
        yield from _INTERACTIVE[kind](at, block, elements)
    elif kind in _BODY:
        yield from _BODY[kind](at, block)


def _section(at: str, block: dict, elements: tuple[str, ...]) -> Problems:
    if "text" not in block and "fields" not in block:
        yield f"{at}: neither text nor fields"
    if "text" in block:
        yield from text_object(f"{at}.text", block["text"], 3_000)
    if "fields" in block:
        yield from each(f"{at}.fields", block["fields"], partial(text_object, most=2_000), 10)
    if "accessory" in block:
        yield from element(f"{at}.accessory", block["accessory"], elements)


def _header(at: str, block: dict) -> Problems:
    yield from plain_text(f"{at}.text", block.get("text"), 150)


def _context(at: str, block: dict) -> Problems:
    yield from each(f"{at}.elements", block.get("elements"), partial(text_object, most=3_000), 10)


def _actions(at: str, block: dict, elements: tuple[str, ...]) -> Problems:
    yield from each(f"{at}.elements", block.get("elements"), partial(element, kinds=elements), 25)
    yield from once(f"{at}.elements", block.get("elements"), "action_id")


def _image(at: str, block: dict) -> Problems:
    yield from string(f"{at}.image_url", block.get("image_url"), 3_000)
    yield from string(f"{at}.alt_text", block.get("alt_text"), 2_000)
    if str(block.get("image_url")).lower().split("?")[0].endswith(".svg"):
        yield f"{at}.image_url: svg, and only png, jpg and gif are shown"


def _rich_text(at: str, block: dict) -> Problems:
    yield from each(f"{at}.elements", block.get("elements"), _rich)


def _rich(at: str, element: dict) -> Problems:
    kind = element.get("type") if isinstance(element, dict) else None
    if kind not in RICH:
        yield f"{at}: type {kind!r}, not one of {sorted(RICH)}"
        return
    yield from known(at, element, RICH[kind] | {"type"})
    if kind == "rich_text_list" and element.get("style") not in ("bullet", "ordered"):
        yield f"{at}.style: {element.get('style')!r}, not bullet or ordered"
    yield from each(f"{at}.elements", element.get("elements"), _rich if kind == "rich_text_list" else _leaf)


def _leaf(at: str, leaf: dict) -> Problems:
    kind = leaf.get("type") if isinstance(leaf, dict) else None
    if kind not in LEAF:
        yield f"{at}: type {kind!r}, not one of {sorted(LEAF)}"
        return
    needed, *others = LEAF[kind]
    yield from known(at, leaf, {needed, *others, "type", "style"})
    yield from string(f"{at}.{needed}", leaf.get(needed), 3_000)
    style = leaf.get("style", {})
    if not isinstance(style, dict) or not set(style) <= {"bold", "italic", "strike", "code", "underline"}:
        yield f"{at}.style: {style!r} is no style"


_INTERACTIVE = {"section": _section, "actions": _actions}
_BODY = {"header": _header, "context": _context, "image": _image, "rich_text": _rich_text}
