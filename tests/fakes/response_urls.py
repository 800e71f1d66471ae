"""The response_urls of the fake Slack, and the rules that Slack keeps at them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.fakes.channels import Channels, Post
from tests.fakes.slack_limits import problems

USES = 5
SECONDS = 30 * 60


@dataclass
class ResponseUrl:
    """One place to answer to: a channel, a person there, and the message whose button was pressed, if one was.

    `messages` are those that arrived and were in order, `posts` what new ones became of them.
    """

    born: float
    channel: str
    person: str
    origin: Post | None
    uses: int = 0
    messages: list[dict] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)


class ResponseUrls:
    """Gives out response_urls and does what is posted to them; `broken` collects what Slack would refuse."""

    def __init__(self, broken: list[str], channels: Channels, clock: Callable[[], float]):
        self.broken = broken
        self.channels = channels
        self.clock = clock
        self.given: dict[str, ResponseUrl] = {}

    def open(self, channel: str, person: str, origin: Post | None = None) -> str:
        """A fresh response_url, as its path."""
        path = f"/response/{len(self.given) + 1}"
        self.given[path] = ResponseUrl(self.clock(), channel, person, origin)
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
        wrong = problems(message) or list(_out_of_place(message, url.origin))
        if wrong:
            return 400, "; ".join(wrong)
        url.messages.append(message)
        self._do(url, message)
        return 200, "ok"

    def _do(self, url: ResponseUrl, message: dict) -> None:
        if message.get("delete_original"):
            url.origin.deleted = True
        elif message.get("replace_original"):
            url.origin.message, url.origin.edits = message, url.origin.edits + 1
        else:
            url.posts.append(self.channels.put(url.channel, message, url.person))


def _out_of_place(message: dict, origin: Post | None):
    """A new message says who sees it; one that replaces another cannot change that; only what stands there can go."""
    stated = message.get("response_type")
    for field_ in ("replace_original", "delete_original"):
        if message.get(field_) and (origin is None or origin.deleted):
            yield f"{field_}: there is no message in this place"
            return
    if message.get("delete_original"):
        if set(message) != {"delete_original"}:
            yield "delete_original: it goes alone, and the rest would be lost"
    elif message.get("replace_original"):
        if (stated or origin.visibility) != origin.visibility:
            yield f"replace_original: {origin.visibility} cannot become {stated}"
    elif stated is None:
        yield "response_type: not stated, so only the person who asked would see it"
