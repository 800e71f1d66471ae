"""What Slack sends: the fields of a slash command and of a pressed button, as recorded and with invented people."""

import secrets
import time

TEAM = {"id": "T0TEAM", "domain": "makers"}
APP = "A0TECHNAME"


def typed(text: str) -> str:
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
        "text": typed(text),
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
        "user": {"id": user, "username": "ben", "name": "ben", "team_id": TEAM["id"]},
        "api_app_id": APP,
        "token": "legacy",
        "container": {"type": "message", "message_ts": now, "channel_id": "C0NAMES", "is_ephemeral": False},
        "trigger_id": secrets.token_hex(8),
        "team": TEAM,
        "enterprise": None,
        "is_enterprise_install": False,
        "channel": {"id": "C0NAMES", "name": "names"},
        "message": {"type": "message", "subtype": "bot_message", "ts": now, "bot_id": "B0TECHNAME", **message},
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [{**button, "block_id": "buttons", "action_ts": now}],
        **fields,
    }
