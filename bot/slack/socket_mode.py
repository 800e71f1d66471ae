"""Slack over Socket Mode: connects, says so, and reconnects by itself until Ctrl-C.

It needs no public address. https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import json
import logging
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from bot.commands.queries import Generate
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.names.training_queue import library_in_background
from bot.settings import Settings
from bot.slack.web_api import NoConnection, go_direct, open_connection, whoami
from bot.store import Store
from bot.strings import terminal as words

PING = 2  # seconds between pings; a connection that was cut is noticed within some five of them


def socket_mode(settings: Settings) -> int:
    """Answer a workspace until Ctrl-C; the exit status, which is then 0. Raises NoConnection."""
    try:
        with closing(library_in_background(settings)) as library:
            threading.Thread(target=_warm_up, args=(library,), daemon=True).start()
            with connected(settings, library):
                threading.Event().wait()
    except KeyboardInterrupt:
        print("\n" + words.DISCONNECTED, file=sys.stderr)
    return 0


def _warm_up(library: Library) -> None:
    """Import and load while we connect what the first answer needs, by an answer to nobody from the smallest corpus."""
    with suppress(Exception):  # what goes wrong is told to whoever asks
        brainstorm(Generate(min(library.shelf(), key=lambda card: card.count).name, "markov"), library)


@contextmanager
def connected(settings: Settings, library: Library | None = None, store: Store | None = None) -> Iterator[None]:
    """Answer a workspace while the `with` block lasts. Raises NoConnection."""
    from bot.slack.app import build_app

    app = build_app(settings, library, store)
    go_direct(app.client, settings.slack_api_url)
    handler = _handler(app, settings, Reporter(whoami(app.client, settings)))
    try:
        _connect(handler, settings)
        yield
    finally:
        _close(handler)


def _handler(app, settings: Settings, reporter: "Reporter"):
    from slack_bolt.adapter.socket_mode import SocketModeHandler

    logger = logging.getLogger("techname.socket_mode")
    logger.propagate = False  # the SDK says the same every few seconds while it is offline; the reporter says it once
    logger.handlers[:] = [reporter]
    handler = SocketModeHandler(app, settings.app_token, logger=logger, ping_interval=PING)
    go_direct(handler.client, settings.slack_api_url)
    handler.client.message_listeners.append(reporter.hear)
    handler.client.on_close_listeners.append(reporter.lost)
    handler.client.on_message_listeners.append(lambda line: _let_go(handler.client, line))
    return handler


def _let_go(client, line: str) -> None:
    """When Slack announces that it hangs up, wait less for the old connection's last words.

    The SDK takes its place only after its reader, which waits up to three seconds, and is deaf to the new one until
    then.
    """
    if line.startswith("{") and json.loads(line).get("type") == "disconnect":
        with suppress(AttributeError, OSError):  # it may be gone already
            client.current_session.sock.settimeout(0.1)


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
    """End the connection at once: the SDK's threads would sit out their waits. A second Ctrl-C changes nothing."""
    client = handler.client
    with suppress(KeyboardInterrupt):
        client.closed, client.auto_reconnect_enabled = True, False
        client.message_queue.put(None)
        with suppress(AttributeError, OSError):  # there may be no connection
            client.current_session.sock.shutdown(socket.SHUT_RDWR)
        client.close()
