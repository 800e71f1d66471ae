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

from bot.strings import terminal as words

PATH = "/slack/events"
CHANNEL = {"id": "C0CONSOLE", "name": "names"}
YOU = "you"
TEAM = "T0HERE"
_COMMON = {"team_id": TEAM, "team_domain": "here", "api_app_id": "A0HERE", "is_enterprise_install": "false"}


class Refused(RuntimeError):
    """The handler answered with a status other than 200, which Slack shows as a failure; the message says so."""


class StandIn:
    """Types commands and presses buttons for people in one channel, through a Lambda handler.

    `handler` is what bot.slack.lambda_handler.make_handler gives; `secret` is the signing secret that it knows;
    `people` are the names of those who have done something, by their ids.
    """

    def __init__(self, handler: Callable[[dict, object], dict], secret: str, answers: "Answers | None" = None):
        self.handler = handler
        self.secret = secret
        self.answers = answers or Answers()
        self.people: dict[str, str] = {}

    def command(self, text: str, person: str = YOU) -> dict | None:
        """The message that answers `/techname text`, or None where there is none: the answer may be a form."""
        fields = _slash_fields(text, self._id(person), person)
        return _message(self._deliver({**_COMMON, **fields, "response_url": self.answers.url}))

    def press(self, button: dict, message: dict, person: str = YOU) -> list[dict]:
        """What is posted when a person presses that button of that message: new messages, and what becomes of this
        one."""
        self._interact(_block_actions(button, message, self.answers.url, self._id(person), person))
        return self.answers.take()

    def shortcut(self, callback_id: str, person: str = YOU, message: dict | None = None) -> None:
        """A shortcut from anywhere, or one on a message, which has an address to answer to."""
        at = (
            {"type": "message_action", "channel": CHANNEL, "message": message, "response_url": self.answers.url}
            if message
            else {}
        )
        self._interact({"type": "shortcut", "callback_id": callback_id, **self._who(person), **at})

    def view(self) -> dict | None:
        """The view that was opened or updated since the last time."""
        return self.answers.view()

    def change(self, view: dict, action: dict, person: str = YOU) -> None:
        """A person changes an input that reports it."""
        self._interact(
            {
                "type": "block_actions",
                "view": view,
                "container": {"type": "view"},
                "actions": [action],
                **self._who(person),
            }
        )

    def submit(self, view: dict, person: str = YOU) -> tuple[dict, list[dict]]:
        """A person sends a form: what the acknowledgement says, and the messages that came of it."""
        urls = [{"channel_id": CHANNEL["id"], "response_url": self.answers.url}]
        answer = self._interact({"type": "view_submission", "view": view, "response_urls": urls, **self._who(person)})
        return _message(answer) or {}, self.answers.take()

    def _who(self, person: str) -> dict:
        ids = {"id": self._id(person), "name": person, "username": person, "team_id": _COMMON["team_id"]}
        return {
            "user": ids,
            "team": {"id": _COMMON["team_id"]},
            "trigger_id": secrets.token_hex(8),
            "api_app_id": _COMMON["api_app_id"],
        }

    def _interact(self, payload: dict) -> str:
        return self._deliver({"payload": json.dumps(payload)})

    def _id(self, person: str) -> str:
        """The id of a person: the same for the same name."""
        letters = (
            person.upper()
            if person.isascii() and person.isalnum()
            else hashlib.sha256(person.encode()).hexdigest()[:9].upper()
        )
        self.people[f"U0{letters}"] = person
        return f"U0{letters}"

    def close(self) -> None:
        """Close the place to answer to."""
        self.answers.close()

    def _deliver(self, form: dict[str, str]) -> str:
        answer = self.handler(event(urlencode(form), self.secret), _context())
        if answer.get("statusCode") != 200:
            raise Refused(words.refused(answer.get("statusCode")))
        return answer.get("body") or ""


class Answers:
    """A response_url and a Web API on 127.0.0.1: keeps the messages and the views that are posted to it."""

    def __init__(self):
        self.messages: queue.SimpleQueue[dict] = queue.SimpleQueue()
        self.views: queue.SimpleQueue[dict] = queue.SimpleQueue()
        kept = {True: self.views, False: self.messages}

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                posted, asked = (
                    json.loads(self.rfile.read(int(self.headers["Content-Length"]))),
                    self.path.startswith("/api/"),
                )
                kept[asked].put(posted["view"] if asked else posted)
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", "12")
                self.end_headers()
                self.wfile.write(b'{"ok": true}')

            def log_message(self, *args):
                """Nothing: the terminal belongs to the conversation."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/response"
        self.api_url = f"http://127.0.0.1:{self.server.server_port}/api/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def take(self) -> list[dict]:
        """What has been posted since the last time; posts come before the handler returns, so nothing is waited for."""
        return [self.messages.get() for _ in range(self.messages.qsize())]

    def view(self) -> dict | None:
        """The last view that was shown since the last time."""
        shown = [self.views.get() for _ in range(self.views.qsize())]
        return shown[-1] if shown else None

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
