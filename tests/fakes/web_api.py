"""The fake Slack's HTTP side: the methods of the Web API that need no scope beyond `commands`, and trouble on
demand."""

import json
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from tests.fakes.modals import Modals

Answer = dict[str, object]
VIEWS = ("views.open", "views.push", "views.update")


@dataclass
class Trouble:
    """What the next posts whose path holds `at` meet: a status, with Retry-After or a body that is no answer, once `go`
    is set. A post has `met` it."""

    at: str
    status: int
    retry_after: int | str | None = None
    left: int = 1
    body: bytes | None = None
    met: threading.Event = field(default_factory=threading.Event)
    go: threading.Event = field(default_factory=threading.Event)

    def answer(self) -> tuple[int, str, bytes]:
        error = "ratelimited" if self.status == 429 else "internal_error"
        said = json.dumps({"ok": False, "error": error}).encode()
        return self.status, "application/json; charset=utf-8", said if self.body is None else self.body


class HttpServer:
    """An HTTP server on 127.0.0.1 that hands each post to `answer(path, headers, body) -> (status, type, bytes)`."""

    def __init__(self, answer: Callable):
        self.troubles: list[Trouble] = []
        self.posts: list[tuple[str, int]] = []  # path and status of each
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                trouble = server.trouble(self.path)
                status, kind, reply = trouble.answer() if trouble else answer(self.path, self.headers, body)
                server.posts.append((self.path, status))
                self.send_response(status)
                if trouble and trouble.retry_after is not None:
                    self.send_header("Retry-After", str(trouble.retry_after))
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                with suppress(ConnectionError):  # whoever asked may have had no more time
                    self.wfile.write(reply)

            def log_message(self, *args):
                """Nothing: stderr belongs to the tests."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def trouble(self, path: str) -> Trouble | None:
        """The trouble that this post meets, if there is any."""
        for trouble in self.troubles:
            if trouble.left and trouble.at in path:
                trouble.left -= 1
                trouble.met.set()
                trouble.go.wait()
                return trouble
        return None

    def close(self) -> None:
        for trouble in self.troubles:
            trouble.go.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class WebApi:
    """auth.test, apps.connections.open and views with their checks of tokens; anything else is an unknown method."""

    def __init__(
        self, bot_token: str, app_token: str, new_socket_url: Callable[[], str], modals: Modals, broken: list[str]
    ):
        self.tokens = {**dict.fromkeys(("auth.test", *VIEWS), bot_token), "apps.connections.open": app_token}
        self.new_socket_url = new_socket_url
        self.modals = modals
        self.broken = broken
        self.calls: list[str] = []

    def call(self, method: str, token: str | None, given: dict) -> Answer:
        """The answer of a Web API method to whoever holds this token."""
        self.calls.append(method)
        if method not in self.tokens:
            self.broken.append(f"Web API: {method} needs a scope beyond `commands`, or is no method")
            return {"ok": False, "error": "unknown_method"}
        if token != self.tokens[method]:
            return {"ok": False, "error": self._why(method, token)}
        return self.modals.call(method, given) if method in VIEWS else {"ok": True, **self._result(method)}

    def _why(self, method: str, token: str | None) -> str:
        if not token:
            return "not_authed"
        return "not_allowed_token_type" if token in self.tokens.values() else "invalid_auth"

    def _result(self, method: str) -> Answer:
        if method == "apps.connections.open":
            return {"url": self.new_socket_url()}
        ids = {"team_id": "T0TEAM", "user_id": "U0BOT", "bot_id": "B0TECHNAME"}
        return {"url": "https://makers.example/", "team": "Makers", "user": "techname", **ids}


def arguments(headers, body: bytes) -> dict:
    """The arguments of a Web API call, from JSON or from a form."""
    text = body.decode("utf-8", "replace")
    if (headers.get("Content-Type") or "").startswith("application/json"):
        return json.loads(text or "{}")
    return {name: values[-1] for name, values in parse_qs(text).items()}


def token_in(headers, given: dict) -> str | None:
    """The token of a Web API call: in its Authorization header, or among its arguments."""
    scheme, _, token = (headers.get("Authorization") or "").partition(" ")
    return token if scheme == "Bearer" and token else given.get("token")


def as_json(answer: Answer) -> tuple[int, str, bytes]:
    """An HTTP answer; Slack says 200 to refusals too."""
    return 200, "application/json; charset=utf-8", json.dumps(answer).encode()
