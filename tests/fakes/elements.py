"""What Slack accepts of a button, a select menu, an input: `element(at, given, kinds)` yields every problem."""

from functools import partial

from tests.fakes.rules import IDENTIFIER, Problems, each, known, once, optional, plain_text, string, text_object

BUTTON = {"type", "text", "action_id", "url", "value", "style", "confirm", "accessibility_label"}
LONGEST_TYPED = 3_000


def element(at: str, given: object, kinds: tuple[str, ...]) -> Problems:
    """An interactive element of one of these kinds, each with an action_id."""
    kind = given.get("type") if isinstance(given, dict) else None
    if kind not in kinds:
        yield f"{at}: only {', '.join(kinds)} are expected here, not {given!r}"
        return
    yield from _CHECKS[kind](at, given)
    yield from string(f"{at}.action_id", given.get("action_id"), IDENTIFIER)
    yield from optional(at, given, "confirm", _confirm)


def _button(at: str, button: dict) -> Problems:
    yield from known(at, button, BUTTON)
    yield from plain_text(f"{at}.text", button.get("text"), 75)
    for name, most in (("value", 2_000), ("url", 3_000), ("accessibility_label", 75)):
        yield from optional(at, button, name, string, most)
    if button.get("style", "primary") not in ("primary", "danger"):
        yield f"{at}.style: {button['style']!r}, not primary or danger"


def _confirm(at: str, dialog: dict) -> Problems:
    yield from known(at, dialog, {"title", "text", "confirm", "deny", "style"})
    yield from plain_text(f"{at}.title", dialog.get("title"), 100)
    yield from text_object(f"{at}.text", dialog.get("text"), 300)
    for name in ("confirm", "deny"):
        yield from plain_text(f"{at}.{name}", dialog.get(name), 30)


def _plain_text_input(at: str, given: dict) -> Problems:
    yield from known(at, given, {"type", "action_id", "initial_value", "multiline", "min_length", "max_length", "dispatch_action_config",
                                 "focus_on_load", "placeholder"})  # fmt: skip
    most = given.get("max_length", LONGEST_TYPED)
    if not 1 <= most <= LONGEST_TYPED or not 0 <= given.get("min_length", 0) <= most:
        yield f"{at}: min_length and max_length go from 0 and 1 to {LONGEST_TYPED}"
    yield from optional(at, given, "initial_value", string, most)
    yield from _placeholder(at, given)


def _number_input(at: str, given: dict) -> Problems:
    yield from known(at, given, {"type", "action_id", "is_decimal_allowed", "initial_value", "min_value", "max_value", "focus_on_load",
                                 "dispatch_action_config", "placeholder"})  # fmt: skip
    if not isinstance(given.get("is_decimal_allowed"), bool):
        yield f"{at}.is_decimal_allowed: true or false is needed"
    for name in ("initial_value", "min_value", "max_value"):
        yield from optional(at, given, name, string, 20)
    yield from _placeholder(at, given)


def _static_select(at: str, given: dict) -> Problems:
    yield from known(
        at, given, {"type", "action_id", "options", "initial_option", "confirm", "focus_on_load", "placeholder"}
    )
    yield from _options(at, given, 100)
    yield from _placeholder(at, given)


def _choice(at: str, given: dict, most: int, initial: str) -> Problems:
    """Radio buttons and checkboxes show all their options."""
    yield from known(at, given, {"type", "action_id", "options", initial, "confirm", "focus_on_load"})
    yield from _options(at, given, most)


def _overflow(at: str, given: dict) -> Problems:
    yield from known(at, given, {"type", "action_id", "options", "confirm"})
    yield from _options(at, given, 5)


def _conversations_select(at: str, given: dict) -> Problems:
    yield from known(at, given, {"type", "action_id", "initial_conversation", "default_to_current_conversation", "confirm",
                                 "response_url_enabled", "filter", "focus_on_load", "placeholder"})  # fmt: skip
    yield from _placeholder(at, given)


def _options(at: str, given: dict, most: int) -> Problems:
    options = given.get("options")
    yield from each(f"{at}.options", options, _option, most)
    yield from once(f"{at}.options", options, "value")
    initial = [given["initial_option"]] if "initial_option" in given else given.get("initial_options", [])
    if any(option not in (options or ()) for option in initial):
        yield f"{at}: what is chosen at first is none of the options"


def _option(at: str, option: dict) -> Problems:
    yield from known(at, option, {"text", "value", "description"})
    yield from plain_text(f"{at}.text", option.get("text"), 75)
    yield from string(f"{at}.value", option.get("value"), 75)
    yield from optional(at, option, "description", plain_text, 75)


def _placeholder(at: str, given: dict) -> Problems:
    yield from optional(at, given, "placeholder", plain_text, 150)


_CHECKS = {
    "button": _button,
    "plain_text_input": _plain_text_input,
    "number_input": _number_input,
    "static_select": _static_select,
    "radio_buttons": partial(_choice, most=10, initial="initial_option"),
    "checkboxes": partial(_choice, most=10, initial="initial_options"),
    "overflow": _overflow,
    "conversations_select": _conversations_select,
}
