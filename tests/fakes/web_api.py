"""The fake Slack's HTTP side: two methods of the Web API, and the response_urls."""

import json
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

Answer = dict[str, object]


class HttpServer:
    """An HTTP server on 127.0.0.1 that hands each post to `answer(path, headers, body) -> (status, type, bytes)`."""

    def __init__(self, answer: Callable):
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                status, kind, reply = answer(self.path, self.headers, body)
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(reply)))
                self.end_headers()
                self.wfile.write(reply)

            def log_message(self, *args):
                """Nothing: stderr belongs to the tests."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class WebApi:
    """auth.test and apps.connections.open with their checks of tokens; anything else is an unknown method."""

    def __init__(self, bot_token: str, app_token: str, new_socket_url: Callable[[], str], broken: list[str]):
        self.tokens = {"auth.test": bot_token, "apps.connections.open": app_token}
        self.new_socket_url = new_socket_url
        self.broken = broken
        self.calls: list[str] = []

    def call(self, method: str, token: str | None) -> Answer:
        """The answer of a Web API method to whoever holds this token."""
        self.calls.append(method)
        if method not in self.tokens:
            self.broken.append(f"Web API: {method} needs a scope beyond `commands`, or is no method")
            return {"ok": False, "error": "unknown_method"}
        if token != self.tokens[method]:
            return {"ok": False, "error": self._why(method, token)}
        return {"ok": True, **self._result(method)}

    def _why(self, method: str, token: str | None) -> str:
        if not token:
            return "not_authed"
        return "not_allowed_token_type" if token in self.tokens.values() else "invalid_auth"

    def _result(self, method: str) -> Answer:
        if method == "apps.connections.open":
            return {"url": self.new_socket_url()}
        ids = {"team_id": "T0TEAM", "user_id": "U0BOT", "bot_id": "B0TECHNAME"}
        return {"url": "https://makers.example/", "team": "Makers", "user": "techname", **ids}


def token_in(headers, body: bytes) -> str | None:
    """The token of a Web API call: in its Authorization header, or in its form."""
    scheme, _, token = (headers.get("Authorization") or "").partition(" ")
    if scheme == "Bearer" and token:
        return token
    return parse_qs(body.decode("utf-8", "replace")).get("token", [None])[0]


def as_json(answer: Answer) -> tuple[int, str, bytes]:
    """An HTTP answer; Slack says 200 to refusals too."""
    return 200, "application/json; charset=utf-8", json.dumps(answer).encode()
