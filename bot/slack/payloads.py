"""Slack's payloads, read into plain values: the one place that knows their shapes."""

import json
from collections.abc import Mapping
from typing import NamedTuple

from bot.commands.click import Click
from bot.commands.form import FIELDS, Filled
from bot.commands.who import Who
from bot.slack.escaping import unescape


def who(body: dict) -> Who:
    """The person behind a command, a click or a form; a field that the payload lacks is empty.

    >>> who({"team_id": "T1", "channel_id": "C1", "user_id": "U1", "user_name": "ada"}).name
    'ada'
    >>> who({"team": {"id": "T1"}, "channel": {"id": "C1"}, "user": {"id": "U1", "username": "ada"}}).channel
    'C1'
    """
    user, container = _object(body, "user"), _object(body, "container")
    channel = _object(body, "channel").get("id") or container.get("channel_id") or body.get("channel_id")
    # An app that is installed for a whole organisation has no team of its own there.
    team = _object(body, "team").get("id") or body.get("team_id")
    enterprise = _object(body, "enterprise").get("id") or body.get("enterprise_id")
    person = user.get("id") or body.get("user_id") or ""
    name = user.get("name") or user.get("username") or body.get("user_name") or person
    return Who(team or enterprise or "", channel or "", person, name)


def typed(body: dict) -> str:
    """The text of a slash command.

    >>> typed({"text": "AT&amp;T*"})
    'AT&T*'
    """
    return unescape(body.get("text") or "")


def carried_command(action: dict) -> str:
    """The command that a button carries, escaped as in `typed`."""
    return unescape(action.get("value") or "")


def clicked(body: dict, action: dict) -> Click:
    """The click on a button.

    >>> clicked({"user": {"id": "U1"}, "container": {"message_ts": "9.5"}}, {"action_ts": "10.25"})
    Click(person='U1', message='9.5', at='10.25')
    """
    message = _object(body, "container").get("message_ts")
    return Click(who(body).person, message or "", action.get("action_ts") or "")


def read_form(values: Mapping[str, Mapping[str, Mapping]]) -> Filled:
    """The fields of the form, from a view's state; a field that is missing or of another type is empty.

    >>> read_form({"pattern": {"pattern": {"type": "plain_text_input", "value": "mo***"}}}).pattern
    'mo***'
    """
    found = {field: _value(values.get(field)) for field in FIELDS}
    return Filled(**{field: text for field, text in found.items() if text})


class Origin(NamedTuple):
    """The channel where a form's names go, and its response_url, from the command or the message that opened it."""

    channel: str
    url: str


def written(origin: Origin | None) -> str:
    """An origin as the form carries it.

    >>> carried(written(Origin("C1", "https://hooks.slack.example/1")))
    Origin(channel='C1', url='https://hooks.slack.example/1')
    """
    return json.dumps({"version": 1, **(origin._asdict() if origin else {})})


def carried(text: object) -> Origin | None:
    """The origin that a form carried; None if it carries none of this version."""
    try:
        given = json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if not isinstance(given, dict) or given.get("version") != 1:
        return None
    origin = Origin(given.get("channel"), given.get("url"))
    return origin if all(isinstance(part, str) and part for part in origin) else None


def _value(block: object) -> str:
    state = next(iter(block.values()), None) if isinstance(block, Mapping) else None
    if not isinstance(state, Mapping):
        return ""
    value = (state.get("selected_option") or {}).get("value") or state.get("value")
    return value if isinstance(value, str) else ""


def _object(body: dict, key: str) -> dict:
    found = body.get(key)
    return found if isinstance(found, dict) else {}
