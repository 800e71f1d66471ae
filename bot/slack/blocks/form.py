"""The form as Slack's modal, with a block for each field: its name is the block's id, so errors find it."""

from collections.abc import Collection

import generator
from bot.answers.types import Form
from bot.commands.form import CORPUS, COUNT, FIRST, LENGTH, MODEL, PATTERN, SHOW, STRAIGHT, USUAL
from bot.commands.options import MOST_NAMES
from bot.slack.blocks import elements
from bot.slack.payloads import Origin, written
from bot.strings import forms as words

CALLBACK = "form:1"  # the form and its version; a form of another version is not ours
_OPTIONS = 100  # of a menu; if there are more corpora, theirs is a text field, and the parser mends slips
_TEXT = 75
FOUND = "found"  # the block that says what was read out of a message
_TYPED = {PATTERN: 200, LENGTH: 10, CORPUS: 60}  # characters


def render_form(form: Form, origin: Origin | None) -> dict:
    """The view of a form. Without an origin it asks for a conversation."""
    filled = form.filled
    shown = [
        *([_note(FOUND, form.found)] if form.found else []),
        _field(PATTERN, _typed(PATTERN, filled.pattern, live=True), live=True),
        _note("example", form.example),
        _field(CORPUS, _corpora(filled.corpus, form.corpora), live=True),
        _field(MODEL, _options("static_select", MODEL, _models(), filled.model)),
        _field(LENGTH, _typed(LENGTH, filled.length)),
        _field(COUNT, _number(filled.count, MOST_NAMES)),
        _field(SHOW, _options("radio_buttons", SHOW, {STRAIGHT: words.STRAIGHT, FIRST: words.FIRST}, filled.show)),
        *([] if origin else [_field("where", _WHERE)]),
    ]
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": written(origin),
        "title": elements.plain(words.FORM),
        "submit": elements.plain(words.SUBMIT),
        "close": elements.plain(words.CLOSE),
        "blocks": shown,
    }


def _models() -> dict[str, str]:
    return {USUAL: words.USUAL_MODEL, **{name: f"{name}: {line}" for name, line in generator.MODELS.items()}}


_WHERE = {
    "type": "conversations_select",
    "action_id": "where",
    "response_url_enabled": True,
    "default_to_current_conversation": True,
}


def _note(block_id: str, said: str) -> dict:
    return elements.small_print(said[:2_000]) | {"block_id": block_id}


def _field(name: str, element: dict, live: bool = False) -> dict:
    label, hint = words.FIELDS[name]
    block = {
        "type": "input",
        "block_id": name,
        "label": elements.plain(label),
        "element": element,
        "optional": name in (PATTERN, LENGTH),
    }
    return block | ({"hint": elements.plain(hint)} if hint else {}) | ({"dispatch_action": True} if live else {})


def _typed(name: str, text: str, live: bool = False) -> dict:
    element = {"type": "plain_text_input", "action_id": name, "max_length": _TYPED[name]}
    if placeholder := words.PLACEHOLDERS.get(name):
        element["placeholder"] = elements.plain(placeholder)
    if live:
        element["dispatch_action_config"] = {"trigger_actions_on": ["on_character_entered"]}
    return element | ({"initial_value": text[: _TYPED[name]]} if text else {})


def _number(text: str, most: int) -> dict:
    element = {
        "type": "number_input",
        "action_id": COUNT,
        "is_decimal_allowed": False,
        "min_value": "1",
        "max_value": str(most),
    }
    return element | (
        {"initial_value": text} if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= most else {}
    )


def _corpora(chosen: str, shelf: Collection[str]) -> dict:
    names = dict.fromkeys(filter(None, (*shelf, chosen)))  # a blend stands on no shelf
    if len(names) > _OPTIONS or any(len(name) > _TEXT for name in names):
        return _typed(CORPUS, chosen, live=True)
    return _options("static_select", CORPUS, {name: name for name in names}, chosen)


def _options(kind: str, name: str, texts: dict[str, str], chosen: str) -> dict:
    options = {
        value: {"text": elements.plain(elements.cut(text, _TEXT)), "value": value} for value, text in texts.items()
    }
    element = {"type": kind, "action_id": name, "options": list(options.values())}
    return element | ({"initial_option": options[chosen]} if chosen in options else {})
