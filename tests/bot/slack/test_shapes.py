"""Slack's payloads, with fields that are missing or odd: none reaches the bug path."""

import sys

sys.path.insert(0, "/tmp")

import copy
import json
import logging
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answers.types import Form
from bot.commands.form import Filled
from bot.slack.blocks.form import render_form
from bot.slack.manifest import LIKE_THESE, OPEN_FORM
from bot.slack.payloads import Origin
from bot.slack.shapes import fit
from tests.fakes import payloads
from tests.fakes.channels import Post
from tests.helpers.http import NOWHERE, clicked, v2

REF = "1:b:0123456789abcdef:0"
POST = Post("C0NAMES", "1700000000.000100", {"text": "*Kingar*", "blocks": [
    {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
        {"type": "text", "text": "Kingar", "style": {"bold": True}}]},
        {"type": "rich_text_list", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "text", "text": "Golbase"}]}]}]},
    {"type": "section", "accessory": {"type": "button", "value": REF}},
    {"type": "actions", "elements": [{"type": "button", "value": REF}]},
]})  # fmt: skip
VIEW = {
    "id": "V1",
    "hash": "h",
    **render_form(Form(Filled(pattern="mo***"), "", {"pokemon": "characters"}, "Kingar"), Origin("C0NAMES", NOWHERE)),
    "state": {"values": {"pattern": {"pattern": {"type": "plain_text_input", "value": "help"}}, "model": {
        "model": {"type": "static_select", "selected_option": {"value": "usual"}}}}},
}  # fmt: skip


def button(action_id: str, value: str) -> dict:
    return {"type": "button", "action_id": action_id, "value": value}


RECORDED = {
    "command": payloads.slash_command("help", NOWHERE),
    "vote": payloads.pressed(button("vote:0", REF), {}, NOWHERE),
    "pick": payloads.pressed(button("pick:0", "1:s:0123456789abcdef:kingar"), {}, NOWHERE),
    "run": payloads.pressed(button("run:0", "help"), {}, NOWHERE),
    "global shortcut": payloads.shortcut(OPEN_FORM, "U0ANA", "t"),
    "message shortcut": payloads.message_shortcut(LIKE_THESE, "U0ANA", POST, NOWHERE, "t"),
    "form changed": payloads.entered(
        VIEW, {"action_id": "pattern", "block_id": "pattern", "value": "mo*"}, "U0ANA", "t"
    ),
    "form sent": payloads.submitted(VIEW, "U0ANA", "t", [{"channel_id": "C0NAMES", "response_url": NOWHERE}]),
}
ODD = st.sampled_from(
    [None, True, 7, -1.5, "", "odd", "x" * 2_000, "C#1\x00", [], [None], [7], {}, {"id": 7}, {"": []}]
)


def places(value: object, path: tuple = ()) -> list[tuple]:
    """The paths of all fields and elements."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, each in inner for found in [(*path, key), *places(each, (*path, key))]]


def changed(payload: dict, path: tuple, odd: object, gone: bool) -> dict:
    """The payload with one field gone or replaced."""
    whole = copy.deepcopy(payload)
    parent = whole
    for key in path[:-1]:
        parent = parent[key]
    if gone:
        del parent[path[-1]]
    else:
        parent[path[-1]] = odd
    return whole


CHANGES = st.one_of(
    [
        st.builds(changed, st.just(payload), st.sampled_from(places(payload)), ODD, st.booleans())
        for payload in RECORDED.values()
    ]
)


def outcome_of(handler, caplog, payload: dict) -> dict:
    """The one line in the log about a payload."""
    caplog.clear()
    body = urlencode(payload) if "type" not in payload and "actions" not in payload else clicked(payload)
    with caplog.at_level(logging.INFO):
        answer = handler(v2(body), None)
    lines = [record.facts for record in caplog.records if hasattr(record, "facts")]
    assert answer["statusCode"] == 200, lines
    [line] = lines  # a bug has a line of its own
    return line


@pytest.fixture
def handler(handler, monkeypatch):
    """No model is trained and nothing is posted: the shapes alone are looked at."""
    monkeypatch.setattr("bot.slack.post._send", lambda url, body, seconds: None)
    monkeypatch.setattr("bot.slack.web_api.Views._show", lambda *args, **given: None)
    monkeypatch.setattr("bot.answers.likeness.nearest_corpus", lambda *args: (None, True))
    monkeypatch.setattr("bot.answers.form.example", lambda *args: "")
    return handler


@pytest.mark.parametrize("name", RECORDED)
def test_what_slack_sends_fits(handler, caplog, name):
    """A recorded payload is read: none is called odd."""
    assert "misfit" not in outcome_of(handler, caplog, RECORDED[name])["outcome"]


@given(CHANGES)
@settings(max_examples=600, suppress_health_check=[HealthCheck.function_scoped_fixture])  # the fixtures keep no state
def test_no_odd_payload_reaches_the_bug_path(handler, caplog, payload):
    """A recorded payload with a field that is missing or of another type is answered politely, with one line."""
    assert "bug" not in outcome_of(handler, caplog, payload)["outcome"]


@given(CHANGES)
def test_what_fits_fits_again(payload):
    """The parts that are kept fit again: a field is kept or left out, never changed."""
    try:
        once = fit(payload)
    except ValueError:
        return
    assert fit(once) == once


def test_the_log_quotes_nothing(handler, caplog):
    """The line about an odd payload names the field, and none of its content."""
    line = outcome_of(handler, caplog, RECORDED["vote"] | {"user": {"id": ["secretword"]}})
    assert line["outcome"] == "misfit: block_actions lacks user" and "secretword" not in json.dumps(line)
