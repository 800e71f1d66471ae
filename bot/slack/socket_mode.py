"""Slack over Socket Mode: it connects, says so, and reconnects by itself until Ctrl-C.

It needs no public address. https://docs.slack.dev/apis/events-api/using-socket-mode
"""

import json
import logging
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from bot import log
from bot.commands.queries import Generate
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.names.training_queue import library_in_background
from bot.settings import Settings
from bot.slack.shapes import Misfit, fit
from bot.slack.web_api import NoConnection, go_direct, open_connection, whoami
from bot.store import Store
from bot.strings import terminal as words

PING = 2  # seconds between pings; a lost connection is noticed after about five of them


def socket_mode(settings: Settings) -> int:
    """Answer a workspace until Ctrl-C; the exit status 0. Raises NoConnection."""
    try:
        with closing(library_in_background(settings)) as library:
            threading.Thread(target=_warm_up, args=(library,), daemon=True).start()
            with connected(settings, library):
                threading.Event().wait()
    except KeyboardInterrupt:
        print("\n" + words.DISCONNECTED, file=sys.stderr)
    return 0


def _warm_up(library: Library) -> None:
    """Make names from the smallest corpus for nobody, so that imports and loading are done while we connect."""
    with suppress(Exception):  # the person who asks is told
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

    class Fitting(SocketModeHandler):
        """Hands on a payload that fits its shape; another is acknowledged, with one line in the log."""

        def handle(self, client, req):
            try:
                req.payload = fit(req.payload)
            except Misfit as error:
                with log.one_line(req.envelope_id):
                    log.note(outcome=f"misfit: {error}")
                return client.send_socket_mode_response({"envelope_id": req.envelope_id})
            return super().handle(client, req)

    logger = logging.getLogger("techname.socket_mode")
    logger.propagate = False  # the SDK complains every few seconds while it is offline; the reporter does so once
    logger.handlers[:] = [reporter]
    handler = Fitting(app, settings.app_token, logger=logger, ping_interval=PING)
    go_direct(handler.client, settings.slack_api_url)
    handler.client.message_listeners.append(reporter.hear)
    handler.client.on_close_listeners.append(reporter.lost)
    handler.client.on_message_listeners.append(lambda line: _let_go(handler.client, line))
    return handler


def _let_go(client, line: str) -> None:
    """When Slack announces that it hangs up, wait less for the old connection.

    Until the SDK's reader gives up, after up to three seconds, it does not read from the new connection.
    """
    if line.startswith("{") and json.loads(line).get("type") == "disconnect":
        with suppress(AttributeError, OSError):  # it may be gone already
            client.current_session.sock.settimeout(0.1)


def _connect(handler, settings: Settings) -> None:
    """Connect for the first time. Raises NoConnection after a failed handshake, which the SDK would only log."""
    handler.client.wss_uri = open_connection(handler.app.client, settings)["url"]
    handler.connect()
    if not handler.client.is_connected():
        raise NoConnection(words.unreachable(handler.client.wss_uri.split("?")[0], words.NO_HANDSHAKE))


class Reporter(logging.Handler):
    """Says once each that the connection is there, lost and back."""

    def __init__(self, team: dict):
        super().__init__(logging.WARNING)
        self.greeting = words.connected(team.get("team"), team.get("user"))
        self.up = False

    def hear(self, client, message: dict, raw: str | None = None) -> None:
        """Take Slack's hello, which comes with every new connection."""
        if message.get("type") == "hello":
            print(self.greeting, file=sys.stderr, flush=True)
            self.greeting, self.up = words.CONNECTED_AGAIN, True

    def lost(self, *why: object) -> None:
        """Note that the connection was closed, or that the SDK complains about it."""
        if self.up:
            print(words.RECONNECTING, file=sys.stderr, flush=True)
            self.up = False

    emit = lost


def _close(handler) -> None:
    """End the connection at once, without waiting for the SDK's threads. A second Ctrl-C changes nothing."""
    client = handler.client
    with suppress(KeyboardInterrupt):
        client.closed, client.auto_reconnect_enabled = True, False
        client.message_queue.put(None)
        with suppress(AttributeError, OSError):  # there may be no connection
            client.current_session.sock.shutdown(socket.SHUT_RDWR)
        client.close()
