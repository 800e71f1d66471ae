"""The fake Slack's way to an app that runs on Lambda: signed posts as API Gateway hands them on, and the rules for the
replies."""

import itertools
import json
from collections.abc import Callable
from types import SimpleNamespace
from urllib.parse import urlencode

from tests.fakes.acks import ack_problems
from tests.helpers.http import clicked, signed, v2


class LambdaDoor:
    """Delivers through a Lambda handler; an answer that Slack would refuse goes to `broken`."""

    def __init__(self, handler: Callable[[dict, object], dict], secret: str, broken: list[str]):
        self.handler = handler
        self.secret = secret
        self.broken = broken

    def send(self, kind: str, payload: dict) -> SimpleNamespace:
        """Deliver a command or an interaction: what came back, as `answer`."""
        body = urlencode(payload) if kind == "slash_commands" else clicked(payload)
        reply = self.handler(v2(body, signed(body, self.secret)), SimpleNamespace(aws_request_id="r"))
        if reply["statusCode"] != 200:
            self.broken.append(f"{kind}: answered with status {reply['statusCode']}")
            return SimpleNamespace(answer=None)
        answer = _read(reply["body"])
        self.broken += [f"answer to {kind}: {wrong}" for wrong in ack_problems(kind, payload, answer)]
        return SimpleNamespace(answer=answer)


def _read(body: str) -> object:
    """JSON, or the text that Slack would show as it stands."""
    try:
        return json.loads(body) if body else None
    except ValueError:
        return body


class ManyDoors:
    """A Slack whose deliveries go to one instance of the function after another."""

    def __init__(self, doors: list[LambdaDoor]):
        self.doors = itertools.cycle(doors)

    def send(self, kind: str, payload: dict):
        return next(self.doors).send(kind, payload)
