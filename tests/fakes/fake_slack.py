"""A strict Slack of the tests' own: Web API, Socket Mode, response_urls, channels and forms on 127.0.0.1.

Nothing of it is shared with the console's stand-in. Whatever Slack would refuse is kept in `broken`, and leaving the
`with` block raises it. test_fake_slack.py and its neighbours show each rule refusing.
"""

import secrets
from collections.abc import Callable

from tests.fakes.channels import Channels, Post, buttons_of
from tests.fakes.lambda_door import LambdaDoor
from tests.fakes.modals import Modals
from tests.fakes.payloads import pressed, slash_command
from tests.fakes.people import Talking
from tests.fakes.response_urls import ResponseUrls
from tests.fakes.socket_server import SocketServer
from tests.fakes.web_api import HttpServer, Trouble, WebApi, arguments, as_json, token_in
from tests.helpers.clock import Clock

__all__ = ["APP_TOKEN", "BOT_TOKEN", "FakeSlack", "Post", "buttons_of"]

BOT_TOKEN = "xoxb-1-made-up-for-the-tests"
APP_TOKEN = "xapp-1-made-up-for-the-tests"


class FakeSlack(Talking):
    """`with FakeSlack() as slack:` serves at `slack.api_url`; what people do in it stands in people.py.

    It speaks to the app over Socket Mode or, after `slack.through(handler, secret)`, through a Lambda handler. Its
    clock stands still until a test moves it: what Slack allows three seconds for may take a slow machine longer.
    """

    def __init__(self, clock: Callable[[], float] | None = None):
        clock = clock or Clock()
        self.broken: list[str] = []
        self.channels = Channels()
        self.modals = Modals(self.broken, clock)
        self.sockets = SocketServer(self.broken, clock)
        self.door: SocketServer | LambdaDoor = self.sockets
        self.urls = ResponseUrls(self.broken, self.channels, clock)
        self.web = WebApi(BOT_TOKEN, APP_TOKEN, self.sockets.new_url, self.modals, self.broken)
        self.http = HttpServer(self._answer)
        self.api_url = f"{self.http.url}/api/"

    def __enter__(self) -> "FakeSlack":
        return self

    def __exit__(self, kind, error, trace) -> None:
        self.http.close()
        self.sockets.close()
        if kind is None:
            assert not self.broken, "\n".join(self.broken)

    def through(self, handler: Callable[[dict, object], dict], secret: str) -> "FakeSlack":
        """From now on everything goes, signed, through that Lambda handler."""
        self.door = LambdaDoor(handler, secret, self.broken)
        return self

    def stumble(
        self,
        at: str,
        status: int = 429,
        retry_after: int | str | None = None,
        times: int = 1,
        body: bytes | None = None,
        held: bool = False,
    ) -> Trouble:
        """The next posts whose path holds `at` ("/response/", "views.open") are answered so; `held`, once the test sets
        the trouble's `go`."""
        trouble = Trouble(at, status, retry_after, times, body)
        self.http.troubles.append(trouble)
        if not held:
            trouble.go.set()
        return trouble

    def _answer(self, path: str, headers, body: bytes) -> tuple[int, str, bytes]:
        if path.startswith("/api/"):
            given = arguments(headers, body)
            return as_json(self.web.call(path.removeprefix("/api/"), token_in(headers, given), given))
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
        post = Post("C0NAMES", secrets.token_hex(4), {}, None if visibility == "in_channel" else "U0BEN")
        return self.address("C0NAMES", "U0BEN", post)

    def address(self, channel: str, person: str, post: Post | None = None) -> str:
        """A fresh response_url of a person in a channel, at a message perhaps."""
        return self.http.url + self.urls.open(channel, person, post)
