"""Slack's side of the console: requests signed and shaped as API Gateway delivers them, and a place to answer to."""

import base64
import hashlib
import hmac
import json
import queue
import secrets
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace
from urllib.parse import urlencode

from bot.words import terminal as words

PATH = "/slack/events"
CHANNEL = {"id": "C0CONSOLE", "name": "names"}
YOU = "you"
_COMMON = {"team_id": "T0HERE", "team_domain": "here", "api_app_id": "A0HERE", "is_enterprise_install": "false"}


class Refused(RuntimeError):
    """The handler answered with a status other than 200, which Slack shows as a failure; the message says so."""


class StandIn:
    """Types commands and presses buttons for people in one channel, through a Lambda handler.

    `handler` is what bot.handler.make_handler gives; `secret` is the signing secret that it knows; `people` are the names of those
    who have done something, by their ids.
    """

    def __init__(self, handler: Callable[[dict, object], dict], secret: str):
        self.handler = handler
        self.secret = secret
        self.answers: Answers | None = None
        self.people: dict[str, str] = {}

    def command(self, text: str, person: str = YOU) -> dict | None:
        """The message that answers `/techname text`, or None where there is no answer."""
        fields = _slash_fields(text, self._id(person), person)
        return _message(self._deliver({**_COMMON, **fields, "response_url": "http://127.0.0.1:9/unused"}))

    def press(self, button: dict, message: dict, person: str = YOU) -> list[dict]:
        """What is posted when a person presses that button of that message: new messages, and what becomes of this one."""
        self.answers = self.answers or Answers()
        self._deliver({"payload": json.dumps(_block_actions(button, message, self.answers.url, self._id(person), person))})
        return self.answers.take()

    def _id(self, person: str) -> str:
        """The id of a person: the same for the same name."""
        letters = person.upper() if person.isascii() and person.isalnum() else hashlib.sha256(person.encode()).hexdigest()[:9].upper()
        self.people[f"U0{letters}"] = person
        return f"U0{letters}"

    def close(self) -> None:
        """Close the place to answer to, if it was ever needed."""
        if self.answers:
            self.answers.close()

    def _deliver(self, form: dict[str, str]) -> str:
        answer = self.handler(event(urlencode(form), self.secret), _context())
        if answer.get("statusCode") != 200:
            raise Refused(words.refused(answer.get("statusCode")))
        return answer.get("body") or ""


class Answers:
    """A response_url on 127.0.0.1: keeps the messages that are posted to it."""

    def __init__(self):
        self.messages: queue.SimpleQueue[dict] = queue.SimpleQueue()
        messages = self.messages

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                messages.put(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *args):
                """Nothing: the terminal belongs to the conversation."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/response"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self) -> list[dict]:
        """What has been posted since the last time; posts come before the handler returns, so nothing is waited for."""
        return [self.messages.get() for _ in range(self.messages.qsize())]

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def event(body: str, secret: str) -> dict:
    """An API Gateway event (version 2.0) with that form, signed as Slack signs it."""
    now = str(int(time.time()))
    mac = hmac.new(secret.encode(), f"v0:{now}:{body}".encode(), hashlib.sha256)
    headers = {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": now,
        "x-slack-signature": f"v0={mac.hexdigest()}",
    }
    return {
        "version": "2.0",
        "routeKey": f"POST {PATH}",
        "rawPath": PATH,
        "rawQueryString": "",
        "headers": headers,
        "requestContext": {"http": {"method": "POST", "path": PATH, "sourceIp": "127.0.0.1"}, "stage": "$default"},
        "body": base64.b64encode(body.encode()).decode(),
        "isBase64Encoded": True,
    }


def _context() -> SimpleNamespace:
    """What a Lambda function is told about its invocation."""
    return SimpleNamespace(
        aws_request_id=secrets.token_hex(8),
        function_name="techname",
        invoked_function_arn="arn:aws:lambda:here:000000000000:function:techname",
        get_remaining_time_in_millis=lambda: 3_000,
    )


def _slash_fields(text: str, id: str, person: str) -> dict[str, str]:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {
        "command": "/techname",
        "text": escaped,
        "channel_id": CHANNEL["id"],
        "channel_name": CHANNEL["name"],
        "user_id": id,
        "user_name": person,
        "trigger_id": secrets.token_hex(8),
    }


def _block_actions(button: dict, message: dict, response_url: str, id: str, person: str) -> dict:
    alone = message.get("response_type") != "in_channel"
    now = f"{time.time():.6f}"
    return {
        "type": "block_actions",
        "user": {"id": id, "name": person, "username": person, "team_id": _COMMON["team_id"]},
        "team": {"id": _COMMON["team_id"], "domain": _COMMON["team_domain"]},
        "api_app_id": _COMMON["api_app_id"],
        "is_enterprise_install": False,
        "enterprise": None,
        "channel": CHANNEL,
        "container": {"type": "message", "message_ts": now, "channel_id": CHANNEL["id"], "is_ephemeral": alone},
        "message": {"type": "message", "ts": now, **message},
        "state": {"values": {}},
        "trigger_id": secrets.token_hex(8),
        "response_url": response_url,
        "actions": [{"block_id": "buttons", **button, "action_ts": now}],
    }


def _message(body: str) -> dict | None:
    """Slack takes JSON for a message and anything else for its text; nothing is no answer."""
    if not body:
        return None
    try:
        return json.loads(body)
    except ValueError:
        return {"text": body}
