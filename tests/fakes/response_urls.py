"""The response_urls of the fake Slack, and the rules that Slack keeps at them."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.slack_limits import problems

USES = 5
SECONDS = 30 * 60


@dataclass
class ResponseUrl:
    """One place to answer to; `messages` are those that arrived and were in order."""

    born: float
    visibility: str = "in_channel"  # of the message that stands there already
    uses: int = 0
    messages: list[dict] = field(default_factory=list)


class ResponseUrls:
    """Gives out response_urls and judges what is posted to them; `broken` collects what Slack would refuse."""

    def __init__(self, broken: list[str], clock: Callable[[], float] = time.monotonic):
        self.broken = broken
        self.clock = clock
        self.given: dict[str, ResponseUrl] = {}

    def open(self, visibility: str = "in_channel") -> str:
        """A fresh response_url, as its path."""
        path = f"/response/{len(self.given) + 1}"
        self.given[path] = ResponseUrl(self.clock(), visibility)
        return path

    def post(self, path: str, content_type: str, body: bytes) -> tuple[int, str]:
        """The HTTP status and text with which Slack answers a post to a response_url."""
        status, text = self._judge(path, content_type, body)
        if status != 200:
            self.broken.append(f"response_url: {text}")
        return status, text

    def _judge(self, path: str, content_type: str, body: bytes) -> tuple[int, str]:
        url = self.given.get(path)
        if url is None:
            return 404, "no such response_url"
        if self.clock() - url.born > SECONDS:
            return 404, "expired_url"
        url.uses += 1
        if url.uses > USES:
            return 404, "used_url"
        if content_type.split(";")[0].strip() != "application/json":
            return 400, f"content type {content_type!r}, not application/json"
        try:
            message = json.loads(body)
        except ValueError:
            return 400, "invalid_payload: no JSON"
        return self._take(url, message)

    def _take(self, url: ResponseUrl, message: dict) -> tuple[int, str]:
        wrong = problems(message) or list(_visibility(message, url.visibility))
        if wrong:
            return 400, "; ".join(wrong)
        url.messages.append(message)
        return 200, "ok"


def _visibility(message: dict, visibility: str):
    """A new message says who sees it; one that replaces another cannot change that."""
    stated = message.get("response_type")
    if message.get("replace_original") and (stated or visibility) != visibility:
        yield f"replace_original: {visibility} cannot become {stated}"
    elif stated is None and not (message.get("replace_original") or message.get("delete_original")):
        yield "response_type: not stated, so only the person who asked would see it"
