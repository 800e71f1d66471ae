"""The Slack app's manifest, for Socket Mode or, with an address, for HTTP.

https://docs.slack.dev/reference/app-manifest. A test keeps manifest.yml at the root equal to `as_text(manifest())`.
"""

import json
from urllib.parse import urlsplit

from bot.errors import BadInput
from bot.strings import operating as words
from bot.strings.phrasing import COMMAND

OPEN_FORM, LIKE_THESE = "form", "like_these"  # the shortcuts' callback_ids
PATH = "/slack/events"  # the route of serverless.yml
LONGEST_URL = 3_000


def manifest(url: str | None = None) -> dict:
    """Give the manifest for Socket Mode, or for HTTP at that address. Raises BadInput for an address Slack cannot use.

    >>> manifest("https://names.example")["features"]["slash_commands"][0]["url"]
    'https://names.example/slack/events'
    """
    at = {"url": address(url)} if url is not None else {}
    return {
        "display_information": {
            "name": "techname",
            "description": words.DESCRIPTION,
            "long_description": words.LONG_DESCRIPTION,
            "background_color": "#1f2937",
        },
        "features": {
            "bot_user": {"display_name": "techname", "always_online": True},
            "shortcuts": [_shortcut("global", OPEN_FORM), _shortcut("message", LIKE_THESE)],
            "slash_commands": [_slash_command(at)],
        },
        # `commands` alone: a command is answered in its acknowledgement, a button through its response_url.
        "oauth_config": {"scopes": {"bot": ["commands"]}},
        "settings": {
            "interactivity": {"is_enabled": True, **{f"request_{key}": value for key, value in at.items()}},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def _shortcut(kind: str, callback_id: str) -> dict:
    name, description = words.SHORTCUTS[kind]
    return {"name": name, "type": kind, "callback_id": callback_id, "description": description}


def _slash_command(at: dict) -> dict:
    return {
        "command": COMMAND,
        **at,
        "description": words.COMMAND_DESCRIPTION,
        "usage_hint": words.USAGE_HINT,
        # A name may hold @ or #, which Slack would otherwise replace by the id of a person or channel.
        "should_escape": False,
    }


def address(url: str) -> str:
    """Give the address, with the Lambda function's route if it has no path. Raises BadInput."""
    url = url.strip()
    if not _usable(url):
        raise BadInput(words.bad_url(url))
    return url if urlsplit(url).path.strip("/") else url.rstrip("/") + PATH


def _usable(url: str) -> bool:
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or set(url) & set(" \"'<>\\^`{|}#?"):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and "." in (parts.hostname or "") and "@" not in parts.netloc and parts.port != 0
    except ValueError:
        return False


def as_text(manifest: dict) -> str:
    """Write a manifest as JSON, which YAML readers take as well: Slack takes either."""
    return json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
