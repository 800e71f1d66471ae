"""A Slack form that is open in a terminal: numbered fields, their values, and the errors beside them."""

import re
from collections.abc import Iterator

from bot.strings import terminal as words
from bot.terminal.text import Screen, Span

INDENT = "  "
_CHOICES = ("static_select", "radio_buttons")


class BadField(ValueError):
    """The field cannot hold that value; the message is a sentence."""


class OpenForm:
    """A view and the state of its inputs, which survives an update of the view."""

    def __init__(self, view: dict, here: dict[str, str]):
        """Open a view; `here` is the channel in which it was opened, by id and name."""
        self.here = here
        self.states: dict[str, dict] = {}
        self.errors: dict[str, str] = {}
        self.show_view(view)

    def show_view(self, view: dict) -> None:
        """Replace the view. An input that is still there keeps its value."""
        self.view = view
        self.errors = {}
        self.states = {
            name: self.states.get(name) or self._initial(block["element"]) for name, block in self._inputs().items()
        }

    def _initial(self, element: dict) -> dict:
        kind = element["type"]
        if kind in _CHOICES:
            return {"type": kind, "selected_option": element.get("initial_option")}
        if kind == "conversations_select":
            return {"type": kind, "selected_conversation": self.here["id"]}
        return {"type": kind, "value": element.get("initial_value")}

    def _inputs(self) -> dict[str, dict]:
        return {block["block_id"]: block for block in self.view["blocks"] if block["type"] == "input"}

    def payload(self) -> dict:
        """Give the view with its state, as Slack sends it."""
        values = {name: {block["element"]["action_id"]: self.states[name]} for name, block in self._inputs().items()}
        return {**self.view, "id": "V0CONSOLE", "hash": "h", "state": {"values": values}}

    def fill(self, number: int, text: str) -> dict | None:
        """Put a text into the field of that number, or choose the option that it names.

        Gives the action that Slack would send, if any. Raises BadField.
        """
        names = list(self._inputs())
        if not 1 <= number <= len(names):
            raise BadField(words.no_field(number, len(names)))
        block = self._inputs()[names[number - 1]]
        element = block["element"]
        state = self.states[names[number - 1]] = {"type": element["type"], **self._entered(block, text)}
        action = {**state, "action_id": element["action_id"], "block_id": block["block_id"], "action_ts": "1.0"}
        return action if block.get("dispatch_action") else None

    def _entered(self, block: dict, text: str) -> dict:
        element = block["element"]
        if element["type"] == "conversations_select":
            return {"selected_conversation": self.here["id"]}
        if element["type"] not in _CHOICES:
            return {"value": text or None}
        for option in element["options"]:
            said = re.escape(text.casefold())
            if (text and re.match(rf"{said}(\W|$)|.*\b{said}\b", option["text"]["text"].casefold())) or option[
                "value"
            ] == text:
                return {"selected_option": option}
        raise BadField(words.no_option(text, [option["text"]["text"] for option in element["options"]]))

    def shown(self, screen: Screen) -> str:
        """Give the lines of the form."""
        return "\n".join(self._lines(screen))

    def _lines(self, screen: Screen) -> Iterator[str]:
        yield from screen.lines([Span(self.view["title"]["text"], "bold")], INDENT)
        number = 0
        for block in self.view["blocks"]:
            if block["type"] == "context":
                texts = " ".join(element["text"] for element in block["elements"])
                yield from screen.lines([Span(texts, "dim")], INDENT * 3)
            elif block["type"] == "input":
                number += 1
                yield from self._field(screen, number, block)
        yield from screen.lines([Span(words.FORM_KEYS)], INDENT)

    def _field(self, screen: Screen, number: int, block: dict) -> Iterator[str]:
        mark = f"{number}. "
        label = [Span(mark, "dim"), Span(block["label"]["text"] + ": "), Span(self._value(block["block_id"]), "bold")]
        yield from screen.lines(label, INDENT, len(mark))
        if block["block_id"] in self.errors:
            yield from screen.lines([Span("! " + self.errors[block["block_id"]])], INDENT * 3)

    def _value(self, name: str) -> str:
        state = self.states[name]
        if "selected_conversation" in state:
            return "#" + self.here["name"]
        chosen = (state.get("selected_option") or {}).get("text", {}).get("text")
        return chosen or state.get("value") or words.EMPTY
