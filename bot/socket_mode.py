"""Slack over Socket Mode: connects, says so, and reconnects by itself until Ctrl-C.

It needs no public address. https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import ipaddress
import logging
import re
import socket
import sys
import threading
from contextlib import suppress
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from bot import words
from bot.settings import VARIABLES, Settings

PING = 2  # seconds between pings; a connection that was cut is noticed within some five of them
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


def socket_mode(settings: Settings) -> int:
    """Answer a workspace until Ctrl-C; the exit status, which is then 0. Raises NoConnection."""
    from bot.app import build_app

    app = build_app(settings)
    go_direct(app.client, settings.slack_api_url)
    handler = _handler(app, settings, Reporter(whoami(app.client, settings)))
    try:
        _connect(handler, settings)
        threading.Event().wait()
    except KeyboardInterrupt:
        print("\n" + words.DISCONNECTED, file=sys.stderr)
    finally:
        _close(handler)
    return 0


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


def _handler(app, settings: Settings, reporter: "Reporter"):
    from slack_bolt.adapter.socket_mode import SocketModeHandler

    logger = logging.getLogger("techname.socket_mode")
    logger.propagate = False  # the SDK says the same every few seconds while it is offline; the reporter says it once
    logger.handlers[:] = [reporter]
    handler = SocketModeHandler(app, settings.app_token, logger=logger, ping_interval=PING)
    go_direct(handler.client, settings.slack_api_url)
    handler.client.message_listeners.append(reporter.hear)
    handler.client.on_close_listeners.append(reporter.lost)
    return handler


def _connect(handler, settings: Settings) -> None:
    """The SDK logs a failed handshake and goes on; the first connection is to fail aloud."""
    handler.client.wss_uri = open_connection(handler.app.client, settings)["url"]
    handler.connect()
    if not handler.client.is_connected():
        raise NoConnection(words.unreachable(handler.client.wss_uri.split("?")[0], words.NO_HANDSHAKE))


class Reporter(logging.Handler):
    """Says that we are connected, that the connection is lost and that it is back, each once."""

    def __init__(self, team: dict):
        super().__init__(logging.WARNING)
        self.greeting = words.connected(team.get("team"), team.get("user"))
        self.up = False

    def hear(self, client, message: dict, raw: str | None = None) -> None:
        """Slack says hello on every new connection."""
        if message.get("type") == "hello":
            print(self.greeting, file=sys.stderr, flush=True)
            self.greeting, self.up = words.CONNECTED_AGAIN, True

    def lost(self, *why: object) -> None:
        """The connection was closed, or the SDK complains of it."""
        if self.up:
            print(words.RECONNECTING, file=sys.stderr, flush=True)
            self.up = False

    emit = lost


def _close(handler) -> None:
    """End the connection at once: the SDK's reader would sit out its three seconds. A second Ctrl-C changes nothing."""
    with suppress(KeyboardInterrupt):
        sock = handler.client.current_session and handler.client.current_session.sock
        handler.client.auto_reconnect_enabled = False
        with suppress(OSError):
            sock and sock.shutdown(socket.SHUT_RDWR)
        handler.close()


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
