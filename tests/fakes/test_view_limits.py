"""The checker of forms proves itself: for each rule that it keeps, a view that breaks only that rule."""

import copy

import pytest

from tests.fakes.view_limits import view_problems
from tests.helpers.views import field, option, select, text, view, where, words

GOOD = view(
    field(
        text(max_length=3_000, initial_value="v" * 3_000, placeholder=words(150)), "1", hint=words(2_000), optional=True
    ),
    field(select(100, initial_option=option(99)), "2", dispatch_action=True),
    field(where, "3"),
    field({"type": "radio_buttons", "action_id": "a", "options": [option(n) for n in range(10)]}, "4"),
    field(
        {"type": "number_input", "action_id": "a", "is_decimal_allowed": False, "min_value": "1", "max_value": "20"},
        "5",
    ),
    *[{"type": "divider"}] * 95,
)
BROKEN = {
    "not an object": [],
    "unknown field": view(colour="red"),
    "no modal": view(type="home"),
    "title too long": view(title=words(25)),
    "title in mrkdwn": view(title={"type": "mrkdwn", "text": "a", "verbatim": True}),
    "submit too long": view(submit=words(25)),
    "close too long": view(close=words(25)),
    "private_metadata too long": view(private_metadata="m" * 3_001),
    "callback_id too long": view(callback_id="c" * 256),
    "no blocks": view(blocks=[]),
    "too many blocks": view(*[{"type": "divider"}] * 101),
    "block_id twice": view(field(text()), field(text())),
    "inputs without submit": {name: value for name, value in view(field(text())).items() if name != "submit"},
    "two that answer": view(field(where, "1"), field(where, "2")),
    "two in focus": view(field(text(focus_on_load=True), "1"), field(text(focus_on_load=True), "2")),
    "no label": view(field(text(), label=None)),
    "label too long": view(field(text(), label=words(2_001))),
    "hint too long": view(field(text(), hint=words(2_001))),
    "unknown field of an input": view(field(text(), colour="red")),
    "a button as input": view(field({"type": "button", "action_id": "a", "text": words(1)})),
    "no action_id": view(field({"type": "plain_text_input"})),
    "initial text too long": view(field(text(max_length=5, initial_value="123456"))),
    "max_length beyond Slack's": view(field(text(max_length=3_001))),
    "placeholder too long": view(field(text(placeholder=words(151)))),
    "no option": view(field(select(0))),
    "too many options": view(field(select(101))),
    "option too long": view(field(select(0, options=[{"text": words(76), "value": "v"}]))),
    "value too long": view(field(select(0, options=[{"text": words(1), "value": "v" * 76}]))),
    "option twice": view(field(select(0, options=[option(1), option(1)]))),
    "initial option of another menu": view(field(select(2, initial_option=option(3)))),
    "too many radio buttons": view(field({"type": "radio_buttons", "action_id": "a", "options": [option(n) for n in range(11)]})),
    "number without is_decimal_allowed": view(field({"type": "number_input", "action_id": "a"})),
    "too large": view(*[{"type": "section", "text": {"type": "plain_text", "text": "\u00e9" * 3_000}}] * 14),
}  # fmt: skip


def test_view_with_everything_in_bounds_is_accepted():
    """A view at its limits has no problem."""
    assert view_problems(copy.deepcopy(GOOD)) == []


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_rule_refuses(broken):
    """Each rule, broken alone, is named once."""
    assert len(view_problems(broken)) == 1, view_problems(broken)
