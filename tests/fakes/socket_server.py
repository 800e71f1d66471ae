"""The fake Slack's WebSocket side: hello, envelopes, and the rules for acknowledging them."""

import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Request, Response, ServerConnection, serve

from tests.fakes.acks import ack_problems, carries

WITHIN = 3.0  # seconds in which an envelope must be acknowledged, by the fake's clock
PATIENCE = 100.0  # seconds after which a test that waits for nothing fails, by the clock on the wall


@dataclass
class Envelope:
    """Something sent to the app, and what came back: `payload` once it is acknowledged."""

    kind: str
    payload: dict
    sent: float
    id: str = field(default_factory=lambda: secrets.token_hex(8))
    acked: threading.Event = field(default_factory=threading.Event)
    answer: dict | None = None


class SocketServer:
    """Accepts WebSocket connections that hold a ticket, each ticket once; `broken` collects broken rules."""

    def __init__(self, broken: list[str], clock: Callable[[], float]):
        self.broken = broken
        self.clock = clock
        self.patience = PATIENCE
        self.tickets: set[str] = set()
        self.envelopes: dict[str, Envelope] = {}
        self.open: list[ServerConnection] = []
        self.connected = threading.Condition()
        self.count = 0
        self.server = serve(self._serve, "127.0.0.1", 0, process_request=self._admit, compression=None)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def new_url(self) -> str:
        """An address that lets one connection in."""
        ticket = secrets.token_hex(8)
        self.tickets.add(ticket)
        return f"ws://127.0.0.1:{self.server.socket.getsockname()[1]}/link/?ticket={ticket}"

    def wait(self, count: int = 1) -> None:
        """Wait until as many connections as `count` were made in all, and one is open."""
        with self.connected:
            ready = self.connected.wait_for(lambda: self.count >= count and self.open, self.patience)
        assert ready, f"{self.count} connections in {self.patience} s, {count} expected"

    def send(self, kind: str, payload: dict) -> Envelope:
        """Send an envelope over the newest connection and wait for its acknowledgement; AssertionError without one."""
        envelope = Envelope(kind, payload, self.clock())
        self.envelopes[envelope.id] = envelope
        body = {"type": kind, "envelope_id": envelope.id, "payload": payload}
        self.say({**body, "accepts_response_payload": carries(kind, payload)})
        if not envelope.acked.wait(self.patience):
            self.broken.append(f"{kind}: not acknowledged")
            raise AssertionError(self.broken[-1])
        return envelope

    def say(self, message: dict) -> None:
        """Send any message over the newest connection."""
        self.open[-1].send(json.dumps(message))

    def drop(self, politely: bool = True) -> None:
        """Close every connection: with a closing handshake, or by cutting the line."""
        for connection in list(self.open):
            if politely:
                connection.close()
            else:
                connection.socket.shutdown(2)

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        ticket = parse_qs(urlsplit(request.path).query).get("ticket", [""])[0]
        if ticket not in self.tickets:
            self.broken.append("WebSocket: no ticket, or one that was used already")
            return connection.respond(401, "no ticket, or one that was used already\n")
        self.tickets.remove(ticket)
        return None

    def _serve(self, connection: ServerConnection) -> None:
        hello = {"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0TECHNAME"}}
        connection.send(json.dumps(hello))
        with self.connected:
            self.open.append(connection)
            self.count += 1
            self.connected.notify_all()
        try:
            for message in connection:
                self._judge(message)
        except ConnectionClosed:
            pass
        finally:
            self.open.remove(connection)

    def _judge(self, message: str | bytes) -> None:
        try:
            ack = json.loads(message)
        except ValueError:
            return self.broken.append("acknowledgement: no JSON")
        envelope = self.envelopes.get(ack.get("envelope_id")) if isinstance(ack, dict) else None
        if envelope is None:
            return self.broken.append("acknowledgement: of an envelope_id that was never sent")
        self.broken += [f"acknowledgement of {envelope.kind}: {wrong}" for wrong in self._wrong(envelope, ack)]
        envelope.answer = ack.get("payload")
        envelope.acked.set()

    def _wrong(self, envelope: Envelope, ack: dict):
        if envelope.acked.is_set():
            yield "a second one"
        if self.clock() - envelope.sent > WITHIN:
            yield f"after {WITHIN} s"
        if set(ack) - {"envelope_id", "payload"}:
            yield f"unknown fields {sorted(set(ack) - {'envelope_id', 'payload'})}"
        yield from ack_problems(envelope.kind, envelope.payload, ack.get("payload"))
