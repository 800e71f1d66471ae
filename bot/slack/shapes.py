"""The shapes of Slack's payloads: the one place that checks which fields they have, and of which types.

A shape is a type; a pattern, for a text that fits it whole; an object with its fields; a list with the shape of its
elements; or a tuple, of which the first shape that fits counts. A field whose name ends in `!` is needed.
"""

import re
from collections.abc import Mapping

ANY = "*"  # in a shape: every field of the object
_DEEPEST = 12  # levels; rich text has fewer
_ID = re.compile("[A-Za-z0-9_-]{1,64}")
_TIME = re.compile(r"[0-9]{1,12}(\.[0-9]{1,9})?")
_PLACE = {"id!": _ID, "name": str}
_STATE = {"values!": {ANY: {ANY: {"value": str, "selected_option": {"value": str}}}}}
_RICH: dict = {"type": str, "text": (str, {"text": str}), "value": str, "action_id": str, "block_id": str}
_RICH |= {"style": {"bold": bool}, "elements": [_RICH], "accessory": _RICH}
_VIEW = {
    "id!": str,
    "type!": re.compile("modal|home"),
    "hash": str,
    "callback_id!": str,
    "private_metadata": str,
    "blocks": [_RICH],
    "state!": _STATE,
}
_PLACED = {
    "team": {"id!": _ID, "domain": str},
    "enterprise": {"id!": _ID},
    "team_id": _ID,
    "enterprise_id": _ID,
    "api_app_id": str,
    "is_enterprise_install": (bool, str),
    "response_url": str,
    "trigger_id": str,
}
_TEAMS = {"team", "team_id", "enterprise", "enterprise_id"}  # an organisation's app has no team of its own
_CALL = _PLACED | {"type!": str, "user!": {"id!": _ID, "name": str, "username": str, "team_id": _ID}}
_ACTION = {"action_id!": str, "action_ts!": _TIME, "block_id": str, "type": str, "value": str}
_MESSAGE = {"text": str, "ts": _TIME, "blocks": [_RICH]}
_BOX = {"type": str, "channel_id": _ID, "message_ts": _TIME, "is_ephemeral": bool, "view_id": str}
_URLS = [{"channel_id!": _ID, "response_url!": str}]

_COMMAND = _PLACED | {"command!": str, "text": str, "channel_id!": _ID, "user_id!": _ID, "user_name": str}
_CALLS = {
    "block_actions": _CALL | {"actions!": [_ACTION], "container": _BOX, "channel": _PLACE, "view": _VIEW},
    "shortcut": _CALL | {"callback_id!": str},
    "message_action": _CALL | {"callback_id!": str, "message!": _MESSAGE, "channel!": _PLACE},
    "view_submission": _CALL | {"view!": _VIEW, "response_urls": _URLS},
}


class Misfit(ValueError):
    """A payload lacks a field that Slack always sends, or the field is of another type.

    The message names the field and quotes nothing.
    """


def fit(payload: object) -> dict:
    """The fields of a payload that this app reads, each of its type; empty for a payload that is not for this app.

    A field that is not needed is left out if it is of another type. Raises Misfit, and ValueError for no object.

    >>> fit({"command": "/techname", "text": 7, "team_id": "T1", "channel_id": "C1", "user_id": "U1", "token": "x"})
    {'team_id': 'T1', 'command': '/techname', 'channel_id': 'C1', 'user_id': 'U1'}
    >>> fit({"command": "/techname", "team_id": "T1", "user_id": "U1"})
    Traceback (most recent call last):
    bot.slack.shapes.Misfit: command lacks channel_id
    """
    if not isinstance(payload, Mapping):
        raise ValueError("The payload is no object.")
    kind, shape = _shape(payload)
    found = _object(payload, shape, kind, 0)
    if found and not found.keys() & _TEAMS:
        raise Misfit(f"{kind} lacks team")
    if kind == "block_actions":
        _check_place(found)
    return found


def _shape(payload: Mapping) -> tuple[str, dict]:
    """The kind of a payload, and its shape, which has no fields if the payload is not for this app."""
    if "command" in payload:
        return "command", _COMMAND
    kind, view = payload.get("type"), payload.get("view")
    if not isinstance(kind, str) or kind not in _CALLS:
        return "other", {}
    if kind == "view_submission" and isinstance(view, Mapping) and "callback_id" not in view:
        return "other", {}
    return kind, _CALLS[kind]


def _check_place(found: dict) -> None:
    """Raise Misfit unless an action has the place where it was pressed: a form, or a message in a channel."""
    if not found["actions"]:
        raise Misfit("block_actions lacks actions")
    box = found.get("container", {})
    if "view" not in found and not ("channel" in found or "channel_id" in box):
        raise Misfit("block_actions lacks channel")


def _object(given: Mapping, shape: dict, place: str, depth: int) -> dict:
    if ANY in shape:
        found = {key: _fit(value, shape[ANY], f"{place}.{ANY}", depth) for key, value in given.items()}
        return {key: value for key, value in found.items() if value is not None}
    found = {}
    for key, wanted in shape.items():
        name = key.rstrip("!")
        value = _fit(given.get(name), wanted, f"{place}.{name}", depth) if name in given else None
        if value is not None:
            found[name] = value
        elif key.endswith("!"):
            raise Misfit(f"{place} lacks {name}")
    return found


def _fit(value: object, shape: object, place: str, depth: int) -> object:
    """The parts of a value that its shape has; None if it is of another type or too deep."""
    if isinstance(shape, tuple):
        return next((found for one in shape if (found := _fit(value, one, place, depth)) is not None), None)
    if isinstance(shape, re.Pattern):
        return value if isinstance(value, str) and shape.fullmatch(value) else None
    if isinstance(shape, type):
        return value if isinstance(value, shape) else None
    wanted = Mapping if isinstance(shape, dict) else list
    if depth == _DEEPEST or not isinstance(value, wanted):
        return None
    try:
        if isinstance(shape, dict):
            return _object(value, shape, place, depth + 1)
        found = (_fit(each, shape[0], place, depth + 1) for each in value)
        return [each for each in found if each is not None]
    except Misfit:
        return None
