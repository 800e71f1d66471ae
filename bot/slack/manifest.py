"""The app's Slack manifest: what a newcomer pastes, for Socket Mode or, with an address, for HTTP.

https://docs.slack.dev/reference/app-manifest. manifest.yml at the root is `as_yaml(manifest())`, and a test keeps it
so.
"""

import json
from urllib.parse import urlsplit

from bot.errors import BadInput
from bot.strings import manifest as words
from bot.strings.phrasing import COMMAND

OPEN_FORM, LIKE_THESE = "form", "like_these"  # the shortcuts' callback_ids
PATH = "/slack/events"  # the route of serverless.yml
LONGEST_URL = 3_000


def manifest(url: str | None = None) -> dict:
    """The manifest for Socket Mode, or for HTTP at that address. Raises BadInput for an address Slack cannot use.

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
        # A name may hold @ or #: what is typed is to arrive as it is typed, not as the id of a person or channel.
        "should_escape": False,
    }


def address(url: str) -> str:
    """The address with the route that the Lambda function answers at, where none was given. Raises BadInput."""
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


def as_yaml(value: dict | list, indent: str = "") -> str:
    """Write a mapping as YAML: text is quoted as in JSON, which YAML reads alike.

    >>> print(as_yaml({"a": {"b": ["c", True]}}), end="")
    a:
      b:
        - "c"
        - true
    """
    if isinstance(value, dict):
        return "".join(f"{indent}{key}:{_written(item, indent)}" for key, item in value.items())
    return "".join(f"{indent}-{_listed(item, indent)}" for item in value)


def _written(value: object, indent: str) -> str:
    if isinstance(value, dict | list):
        return "\n" + as_yaml(value, indent + "  ")
    return f" {json.dumps(value, ensure_ascii=False)}\n"


def _listed(item: object, indent: str) -> str:
    if isinstance(item, dict):
        return as_yaml(item, indent + "  ")[len(indent) + 1 :]
    return _written(item, indent)
