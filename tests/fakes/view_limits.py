"""What Slack accepts as a modal: `view_problems(view)` lists every way in which it would be refused."""

import json

from tests.fakes.elements import element
from tests.fakes.rules import IDENTIFIER, Problems, each, known, once, optional, plain_text, string
from tests.fakes.slack_limits import BUTTONS, block

VIEW = {"type", "title", "submit", "close", "blocks", "private_metadata", "callback_id", "clear_on_close", "notify_on_close",
        "external_id", "submit_disabled"}  # fmt: skip
SIZE = 250_000  # characters of JSON; above it Slack answers view_too_large
INPUTS = ("plain_text_input", "number_input", "static_select", "radio_buttons", "checkboxes", "conversations_select")
PUSHED = 3  # views on top of one another


def view_problems(view: object) -> list[str]:
    """Every reason for which Slack would refuse this view; empty when there is none."""
    if not isinstance(view, dict):
        return [f"view: a JSON object is needed, not {type(view).__name__}"]
    return list(_view(view))


def inputs(view: dict) -> list[dict]:
    """The input blocks of a view."""
    return [found for found in view.get("blocks") or [] if found.get("type") == "input"]


def _view(view: dict) -> Problems:
    yield from known("view", view, VIEW)
    if view.get("type") != "modal":
        yield f"view.type: {view.get('type')!r}, not modal"
    if len(json.dumps(view)) > SIZE:
        yield f"view: more than {SIZE} characters of JSON"
    yield from plain_text("view.title", view.get("title"), 24)
    for name in ("submit", "close"):
        yield from optional("view", view, name, plain_text, 24)
    for name, most in (("private_metadata", 3_000), ("callback_id", IDENTIFIER), ("external_id", IDENTIFIER)):
        yield from optional("view", view, name, string, most)
    yield from each("view.blocks", view.get("blocks"), _block, 100)
    yield from once("view.blocks", view.get("blocks"), "block_id")
    yield from _inputs(view)


def _inputs(view: dict) -> Problems:
    given = [found for found in view.get("blocks") or [] if isinstance(found, dict) and found.get("type") == "input"]
    if given and "submit" not in view:
        yield "view.submit: a form with inputs needs it"
    elements = [found["element"] for found in given if isinstance(found.get("element"), dict)]
    for field in ("focus_on_load", "response_url_enabled"):
        if sum(bool(found.get(field)) for found in elements) > 1:
            yield f"view: {field} twice"


def _block(at: str, given: object) -> Problems:
    if not isinstance(given, dict) or given.get("type") != "input":
        yield from block(at, given, (*BUTTONS, *INPUTS))
        return
    yield from known(at, given, {"type", "block_id", "label", "element", "hint", "optional", "dispatch_action"})
    yield from optional(at, given, "block_id", string, IDENTIFIER)
    yield from plain_text(f"{at}.label", given.get("label"), 2_000)
    yield from optional(at, given, "hint", plain_text, 2_000)
    yield from element(f"{at}.element", given.get("element"), INPUTS)
