"""A strict Slack of the tests' own: Web API, Socket Mode and response_urls on 127.0.0.1.

Nothing of it is shared with the console's stand-in. Whatever Slack would refuse is kept in `broken`, and leaving the
`with` block raises it. test_fake_slack.py shows each rule refusing.
"""

import time
from collections.abc import Callable

from tests.fakes.payloads import pressed, slash_command
from tests.fakes.response_urls import ResponseUrls
from tests.fakes.socket_server import WITHIN, SocketServer
from tests.fakes.web_api import HttpServer, WebApi, as_json, token_in

BOT_TOKEN = "xoxb-1-made-up-for-the-tests"
APP_TOKEN = "xapp-1-made-up-for-the-tests"


class FakeSlack:
    """`with FakeSlack() as slack:` serves at `slack.api_url`; `slack.slash(text)` and `slack.press(button, message)` ask."""

    def __init__(self, within: float = WITHIN, clock: Callable[[], float] = time.monotonic):
        self.broken: list[str] = []
        self.sockets = SocketServer(self.broken, within)
        self.urls = ResponseUrls(self.broken, clock)
        self.web = WebApi(BOT_TOKEN, APP_TOKEN, self.sockets.new_url, self.broken)
        self.http = HttpServer(self._answer)
        self.api_url = f"{self.http.url}/api/"

    def __enter__(self) -> "FakeSlack":
        return self

    def __exit__(self, kind, error, trace) -> None:
        self.http.close()
        self.sockets.close()
        if kind is None:
            assert not self.broken, "\n".join(self.broken)

    def _answer(self, path: str, headers, body: bytes) -> tuple[int, str, bytes]:
        if path.startswith("/api/"):
            return as_json(self.web.call(path.removeprefix("/api/"), token_in(headers, body)))
        status, text = self.urls.post(path, headers.get("Content-Type", ""), body)
        return status, "text/plain", text.encode()

    def slash(self, text: str, **fields: str) -> dict:
        """Somebody types `/techname text`: the message in the acknowledgement."""
        envelope = self.sockets.send("slash_commands", slash_command(text, self.new_response_url(), **fields))
        return envelope.answer or {}

    def press(self, button: dict, message: dict) -> list[dict]:
        """Somebody presses a button of a message: what was posted to its response_url by the acknowledgement."""
        url = self.new_response_url(message.get("response_type", "ephemeral"))
        self.sockets.send("interactive", pressed(button, message, url))
        return self.urls.given[url.removeprefix(self.http.url)].messages

    def new_response_url(self, visibility: str = "in_channel") -> str:
        """A fresh address to answer to, for a message of that visibility."""
        return self.http.url + self.urls.open(visibility)


def buttons(message: dict) -> list[dict]:
    """Every button of a message, in order."""
    blocks = message.get("blocks", [])
    found = [e for b in blocks for e in [*b.get("elements", []), b.get("accessory")] if e]
    return [e for e in found if e.get("type") == "button"]
