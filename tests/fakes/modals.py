"""The forms of the fake Slack: triggers that open them, what stands in them, and the three calls that show them."""

import itertools
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.view_limits import PUSHED, inputs, view_problems

SECONDS = 3  # that a trigger_id lives


@dataclass
class View:
    """A form in front of a person; `typed` is what stands in its inputs, by block_id and action_id."""

    person: str
    channel: str | None
    payload: dict
    id: str
    hash: str = "h0"
    typed: dict[str, dict[str, dict]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)

    def show(self, payload: dict) -> None:
        """Put another payload in its place. What stands in an input stays where block_id, action_id and type stay."""
        payload = {**payload, "blocks": [{"block_id": secrets.token_hex(3), **block} for block in payload["blocks"]]}
        fresh = {}
        for block in inputs(payload):
            element = block["element"]
            before = self.typed.get(block["block_id"], {}).get(element["action_id"], {})
            kept = before if before.get("type") == element["type"] else initial(element, self.channel)
            fresh[block["block_id"]] = {element["action_id"]: kept}
        self.payload, self.typed, self.errors, self.hash = payload, fresh, {}, secrets.token_hex(8)

    def element(self, block_id: str) -> dict:
        """The input of a block."""
        [found] = [block["element"] for block in inputs(self.payload) if block["block_id"] == block_id]
        return found

    def value(self, block_id: str) -> str | None:
        """What stands in an input: text, or the value of what was chosen."""
        [state] = self.typed[block_id].values()
        chosen = state.get("selected_option") or {}
        return state.get("value") or state.get("selected_conversation") or chosen.get("value")


def initial(element: dict, channel: str | None) -> dict:
    """The state of an input that nobody touched."""
    kind = element["type"]
    if kind == "conversations_select":
        usual = channel if element.get("default_to_current_conversation") else None
        return {"type": kind, "selected_conversation": element.get("initial_conversation") or usual}
    if kind in ("static_select", "radio_buttons"):
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind == "checkboxes":
        return {"type": kind, "selected_options": element.get("initial_options", [])}
    return {"type": kind, "value": element.get("initial_value")}


class Modals:
    """Every person's forms, one on top of another; `broken` collects what Slack would refuse."""

    def __init__(self, broken: list[str], clock: Callable[[], float]):
        self.broken = broken
        self.clock = clock
        self.triggers: dict[str, dict] = {}
        self.stacks: dict[str, list[View]] = {}
        self.numbers = itertools.count(1)

    def trigger(self, person: str, channel: str | None, view: View | None = None) -> str:
        """A trigger_id, good for three seconds and one form."""
        trigger_id = f"{next(self.numbers)}.{secrets.token_hex(4)}"
        self.triggers[trigger_id] = {
            "born": self.clock(),
            "person": person,
            "channel": channel,
            "view": view,
            "used": False,
        }
        return trigger_id

    def top(self, person: str) -> View | None:
        """The form in front of a person."""
        return (self.stacks.get(person) or [None])[-1]

    def close(self, view: View, all_of_them: bool = False) -> None:
        """Take a form away, or the whole stack."""
        stack = self.stacks[view.person]
        stack.clear() if all_of_them else stack.remove(view)

    def call(self, method: str, given: dict) -> dict:
        """The answer of views.open, views.update or views.push; a refusal is kept, except where somebody was only too
        late."""
        answer = {"views.open": self._open, "views.push": self._push, "views.update": self._update}[method](given)
        if isinstance(answer, View):
            return {"ok": True, "view": described(answer)}
        if answer["error"] not in ("hash_conflict", "not_found"):
            self.broken.append(
                f"{method}: {answer['error']} {'; '.join(answer.get('response_metadata', {}).get('messages', []))}".strip()
            )
        return {"ok": False, **answer}

    def push(self, person: str, channel: str | None, payload: dict) -> View:
        """Another form on top of the stack."""
        view = View(person, channel, {}, f"V{next(self.numbers)}")
        view.show(payload)
        self.stacks.setdefault(person, []).append(view)
        return view

    def _open(self, given: dict) -> View | dict:
        trigger, wrong = self._redeem(given)
        wrong = wrong or unfit(read_view(given))
        if wrong:
            return wrong
        self.stacks[trigger["person"]] = []
        return self.push(trigger["person"], trigger["channel"], read_view(given))

    def _push(self, given: dict) -> View | dict:
        trigger, wrong = self._redeem(given)
        wrong = wrong or unfit(read_view(given))
        if not wrong and trigger["view"] is None:
            wrong = {"error": "not_found"}
        if not wrong and len(self.stacks[trigger["person"]]) >= PUSHED:
            wrong = {"error": "push_limit_reached"}
        return wrong or self.push(trigger["person"], trigger["channel"], read_view(given))

    def _update(self, given: dict) -> View | dict:
        payload = read_view(given)
        open_ = [view for stack in self.stacks.values() for view in stack if view.id == given.get("view_id")]
        if not open_:
            return {"error": "not_found"}
        if given.get("hash") not in (None, open_[0].hash):
            return {"error": "hash_conflict"}
        wrong = unfit(payload)
        if wrong:
            return wrong
        open_[0].show(payload)
        return open_[0]

    def _redeem(self, given: dict) -> tuple[dict, dict]:
        """What a trigger_id stands for, which is then used up, and what is wrong with it."""
        trigger = self.triggers.get(given.get("trigger_id"))
        if trigger is None:
            return {}, {"error": "invalid_trigger_id"}
        if self.clock() - trigger["born"] > SECONDS:
            return {}, {"error": "expired_trigger_id"}
        if trigger["used"]:
            return {}, {"error": "exchanged_trigger_id"}
        trigger["used"] = True
        return trigger, {}


def read_view(given: dict) -> object:
    """The view of a call: JSON, within JSON or within a form."""
    view = given.get("view")
    try:
        return json.loads(view) if isinstance(view, str) else view
    except ValueError:
        return view


def unfit(payload: object) -> dict:
    """The refusal of a view beyond Slack's limits; empty where there is none."""
    wrong = view_problems(payload)
    return {"error": "invalid_arguments", "response_metadata": {"messages": wrong}} if wrong else {}


def described(view: View) -> dict:
    """A view as Slack sends it."""
    return {
        "private_metadata": "", "callback_id": "", **view.payload,
        "id": view.id, "team_id": "T0TEAM", "hash": view.hash, "state": {"values": view.typed},
        "root_view_id": view.id, "previous_view_id": None, "app_id": "A0TECHNAME", "bot_id": "B0TECHNAME",
    }  # fmt: skip
