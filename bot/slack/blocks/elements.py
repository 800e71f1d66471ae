"""The few elements of Block Kit that messages are built from.

Names and patterns stand only in rich_text and plain_text elements, where Slack reads no markup: a name may hold `*` or
`<!here>`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from bot.answers.types import Act, Action
from bot.commands.button_refs import written

RUN = "run"  # the act of a button whose value is a command
_LABEL = 40  # characters of a button's text; Slack takes 75 and shows about 30
_SPOKEN = 75


class Button(NamedTuple):
    """A button that carries a command or, with another act, a ref; screen readers say `spoken`, or else the label."""

    label: str
    value: str
    spoken: str
    act: str = RUN
    style: str | None = None  # "primary" | "danger"


def rich(*parts: dict) -> dict:
    """A rich_text block of sections and lists."""
    return {"type": "rich_text", "elements": list(parts)}


def section(*elements: dict) -> dict:
    return {"type": "rich_text_section", "elements": list(elements)}


def text(content: str, **style: bool) -> dict:
    """A run of text without markup; style: bold=True, code=True."""
    return {"type": "text", "text": content} | ({"style": style} if style else {})


def user(user_id: str) -> dict:
    return {"type": "user", "user_id": user_id}


def marked(sentence: str) -> list[dict]:
    """The runs of a sentence, in which `code` stands in backticks; a sentence of backticks alone is shown as it is.

    >>> marked("try `help` now")[1]
    {'type': 'text', 'text': 'help', 'style': {'code': True}}
    """
    runs = enumerate(sentence.split("`"))
    return [text(run, code=True) if i % 2 else text(run) for i, run in runs if run] or [text(sentence)]


def listing(items: Iterable[Sequence[dict]], ranked: bool = False, after: int = 0) -> dict:
    """A list of sections, numbered from `after` + 1 if it is ranked."""
    block = {"type": "rich_text_list", "style": "ordered" if ranked else "bullet"}
    offset = {"offset": after} if ranked and after else {}
    return block | offset | {"elements": [section(*item) for item in items]}


def small_print(*lines: str) -> dict:
    return {"type": "context", "elements": [plain(line) for line in lines]}


def line(words: dict, button: Button | None = None, number: int = 0) -> dict:
    """A line of text, perhaps with a button at its right; `number` makes the button's id unique."""
    return {"type": "section", "text": words} | ({"accessory": _button(number, button)} if button else {})


def people(sentence: str) -> dict:
    """A sentence that mentions people by their ids. Only here does Slack read markup, and no made-up name is in it."""
    return {"type": "mrkdwn", "text": sentence, "verbatim": True}


def mention(person: str) -> str:
    """A person in such a sentence; anything but a Slack id becomes a question mark.

    >>> mention("U0ANA"), mention("!channel")
    ('<@U0ANA>', '?')
    """
    return f"<@{person}>" if re.fullmatch("[A-Z0-9]{1,40}", person) else "?"


def plain(content: str) -> dict:
    return {"type": "plain_text", "text": content, "emoji": False}


def actions(buttons: Iterable[Button]) -> list[dict]:
    """A block of buttons, or nothing without buttons."""
    elements = [_button(number, button) for number, button in enumerate(buttons)]
    return [{"type": "actions", "elements": elements}] if elements else []


def _button(number: int, button: Button) -> dict:
    made = {
        "type": "button",
        "text": plain(cut(button.label, _LABEL)),
        "action_id": f"{button.act}:{number}",
        "value": button.value,
    }
    said = {"accessibility_label": cut(button.spoken, _SPOKEN)} if button.spoken else {}
    return made | said | ({"style": button.style} if button.style else {})


def cut(words: str, most: int) -> str:
    """Words, shortened if they are too long."""
    return words if len(words) <= most else words[: most - 1] + "…"


def act_buttons(actions: Iterable[Action], labels: Mapping[Act, Sequence]) -> list[Button]:
    """A button for each action; `labels` has the label, the spoken text and perhaps the style of each act."""
    return [
        Button(label, written(action.ref), said, action.act, *style)
        for action in actions
        for label, said, *style in [labels[action.act]]
    ]


def buttons(message: dict) -> list[dict]:
    """Every button of a message, in order.

    >>> buttons({"blocks": [{"type": "actions", "elements": [{"type": "button", "value": "v"}]}]})
    [{'type': 'button', 'value': 'v'}]
    """
    found = []
    for block in message.get("blocks") or []:
        found += [e for e in [*(block.get("elements") or []), block.get("accessory")] if is_button(e)]
    return found


def is_button(element: object) -> bool:
    return isinstance(element, dict) and element.get("type") == "button"
