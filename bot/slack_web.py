"""What Slack's Web API says of the tokens, in sentences; whoever calls it touches the network."""

import ipaddress
import re
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from bot.settings import VARIABLES, Settings
from bot.words import terminal as words

FINAL = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type"}


class NoConnection(RuntimeError):
    """Slack cannot be reached or does not let us in; the message is a sentence that says what to do."""


def tokens(settings: Settings) -> bool:
    """True with both tokens, False with none. Raises NoConnection, naming the other, with only one."""
    given = {VARIABLES[name]: bool(getattr(settings, name)) for name in ("bot_token", "app_token")}
    if len(set(given.values())) > 1:
        here, missing = sorted(given, key=given.get, reverse=True)
        raise NoConnection(words.one_token(here, missing))
    return all(given.values())


def web_client(settings: Settings):
    """A client of Slack's Web API, or of whatever stands in its place; calls nothing yet."""
    from slack_sdk import WebClient

    client = WebClient(base_url=settings.slack_api_url)
    go_direct(client, settings.slack_api_url)
    return client


def whoami(client, settings: Settings) -> dict:
    """What auth.test says of the bot token; empty where the server has no such method. Raises NoConnection."""
    return _call(lambda: client.auth_test(token=settings.bot_token), settings, "bot_token", FINAL)


def open_connection(client, settings: Settings) -> dict:
    """What apps.connections.open says of the app token. Raises NoConnection."""
    return _call(lambda: client.apps_connections_open(app_token=settings.app_token), settings, "app_token")


def _call(method, settings: Settings, token: str, final: set[str] | None = None) -> dict:
    """A Web API call; a refusal is an exception only where it is final (None: every one is)."""
    from slack_sdk.errors import SlackApiError, SlackClientError

    try:
        return method().data
    except SlackApiError as error:
        code = str(error.response.get("error"))
        if final is not None and code not in final:
            return {}
        if not re.fullmatch("[a-z_]+", code) or code == "unknown_method":
            raise NoConnection(words.unreachable(settings.slack_api_url, words.NOT_SLACK)) from None
        raise NoConnection(words.refused_token(VARIABLES[token], code)) from None
    except (OSError, SlackClientError, ValueError) as error:
        raise NoConnection(words.unreachable(settings.slack_api_url, str(getattr(error, "reason", error)))) from None


def go_direct(client, url: str) -> None:
    """Take a proxy away from a client of the SDK, which does not know NO_PROXY, where the address needs none."""
    host = urlsplit(url).hostname or ""
    if is_here(host) or proxy_bypass(host):
        client.proxy = None


def is_here(host: str) -> bool:
    """Whether that is this machine.

    >>> is_here("127.0.0.1"), is_here("slack.com")
    (True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
