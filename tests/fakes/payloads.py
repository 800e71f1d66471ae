"""What Slack sends: the fields of a slash command, of a pressed button, a shortcut and a form, as recorded and with
invented people."""

import itertools
import secrets
import time

from tests.fakes.channels import Post

TEAM = {"id": "T0TEAM", "domain": "makers"}
APP = "A0TECHNAME"
_COMMON = {"api_app_id": APP, "token": "legacy", "team": TEAM, "enterprise": None, "is_enterprise_install": False}
_later = itertools.count(1)


def escaped_as_typed(text: str) -> str:
    """Text as it leaves Slack: exactly these three characters are escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def slash_command(text: str, response_url: str, **fields: str) -> dict[str, str]:
    """The form fields of `/techname text`."""
    return {
        "token": "legacy",
        "team_id": TEAM["id"],
        "team_domain": TEAM["domain"],
        "channel_id": "C0NAMES",
        "channel_name": "names",
        "user_id": "U0ANA",
        "user_name": "ana",
        "command": "/techname",
        "text": escaped_as_typed(text),
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": secrets.token_hex(8),
        **fields,
    }


def pressed(button: dict, message: dict, response_url: str, user: str = "U0BEN", **fields: object) -> dict:
    """The block_actions payload of a button pressed by somebody in a message of ours."""
    now = f"{time.time():.6f}"
    return {
        "type": "block_actions",
        "user": _user(user),
        **_COMMON,
        "container": {"type": "message", "message_ts": now, "channel_id": "C0NAMES", "is_ephemeral": False},
        "trigger_id": secrets.token_hex(8),
        "channel": {"id": "C0NAMES", "name": "names"},
        "message": {"type": "message", "subtype": "bot_message", "ts": now, "bot_id": "B0TECHNAME", **message},
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [{**button, "block_id": "buttons", "action_ts": now}],
        **fields,
    }


def pressed_at(post: Post, button: dict, user: str, response_url: str, trigger_id: str, **fields: object) -> dict:
    """The block_actions payload of a button in a post. One that only its reader sees comes without its message."""
    container = {
        "type": "message",
        "message_ts": post.ts,
        "channel_id": post.channel,
        "is_ephemeral": post.only is not None,
    }
    said = pressed(button, post.message, response_url, user, trigger_id=trigger_id, container=container)
    said |= {"channel": _channel(post.channel), "actions": [{**button, "block_id": "buttons", "action_ts": _moment()}]}
    said["message"] |= {"ts": post.ts}
    if post.only is not None:
        del said["message"]
    return said | fields


def shortcut(callback_id: str, user: str, trigger_id: str) -> dict:
    """The payload of a global shortcut: it has no channel and nowhere to answer to."""
    who = {"type": "shortcut", "user": _user(user), "callback_id": callback_id}
    return {**_COMMON, **who, "trigger_id": trigger_id, "action_ts": _moment()}


def message_shortcut(
    callback_id: str, user: str, post: Post, response_url: str, trigger_id: str, **fields: object
) -> dict:
    """The payload of a message shortcut, with the message that it was used on."""
    said = {
        key: value for key, value in post.message.items() if key in ("text", "blocks", "user", "bot_id", "attachments")
    }
    message = {"type": "message", "ts": post.ts, "team": TEAM["id"], **said}
    return {
        **shortcut(callback_id, user, trigger_id),
        "type": "message_action",
        "response_url": response_url,
        "channel": _channel(post.channel),
        "message_ts": post.ts,
        "message": message,
        **fields,
    }


def entered(view: dict, action: dict, user: str, trigger_id: str) -> dict:
    """The block_actions payload of an input in a form: it has no channel, no message and nowhere to answer to."""
    said = {**_COMMON, "type": "block_actions", "user": _user(user), "trigger_id": trigger_id, "view": view}
    return said | {
        "container": {"type": "view", "view_id": view["id"]},
        "actions": [{**action, "action_ts": _moment()}],
    }


def submitted(view: dict, user: str, trigger_id: str, response_urls: list[dict]) -> dict:
    """The view_submission payload of a form: it has no channel."""
    said = {**_COMMON, "type": "view_submission", "user": _user(user), "trigger_id": trigger_id, "view": view}
    return said | {"response_urls": response_urls}


def _user(user: str) -> dict:
    name = user.removeprefix("U0").lower()
    return {"id": user, "username": name, "name": name, "team_id": TEAM["id"]}


def _channel(channel: str) -> dict:
    return {"id": channel, "name": channel.removeprefix("C0").lower()}


def _moment() -> str:
    """A time a little later than the one before, as Slack writes it."""
    return f"{1_700_000_000 + next(_later)}.000000"
