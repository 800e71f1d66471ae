"""How an answer travels: HEAD, ETag and 304, gzip, the headers of every answer, and a cache.

An ASGI middleware around everything else. An answer that may be stored (its Cache-Control has no `no-store`) is kept
by its address, so that the same question costs no work again. The key of the cache is the path, the query string and
the media type that the client prefers.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from typing import NamedTuple

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import log
from bot.web.problems import Problem

SMALL = 500  # bytes that are not worth compressing
KEPT = 4096  # answers
LARGEST = 256_000  # bytes of an answer that is kept
OPEN = "/api"  # what pages of other origins may read
POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "object-src 'none'; img-src 'self' data:"
)
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "content-security-policy": POLICY,
    "cross-origin-opener-policy": "same-origin",
}
READABLE = {"access-control-allow-origin": "*", "access-control-expose-headers": "ETag, Retry-After"}
PREFLIGHT = {
    **READABLE,
    "access-control-allow-methods": "GET, HEAD, OPTIONS",
    "access-control-allow-headers": "*",
    "access-control-max-age": "86400",
}
VARY = "Accept, Accept-Encoding"
Raw = list[tuple[bytes, bytes]]


class Answer(NamedTuple):
    """A whole response, its body as it is and compressed (empty if that is not worth it)."""

    status: int
    headers: Raw
    body: bytes
    packed: bytes
    etag: str


class Delivery:
    """Answers GET and HEAD from the cache or from `app`; other methods pass through."""

    def __init__(self, app: ASGIApp, kept: int = KEPT):
        self.app, self._most = app, kept
        self._kept: OrderedDict[tuple, Answer] = OrderedDict()
        self._lock = threading.Lock()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        if scope["method"] == "OPTIONS" and scope["path"].startswith(OPEN):
            return await _send(send, 204, _raw(PREFLIGHT), b"")
        if scope["method"] not in ("GET", "HEAD"):
            return await self.app(scope, receive, _with_headers(send))
        asked = Headers(scope=scope)
        key = (scope["path"], scope["query_string"], prefers_text(asked.get("accept", "")))
        answer = self._find(key)
        if answer is None:
            answer = await _whole(self.app, {**scope, "method": "GET"}, receive)
            self._keep(key, answer)
        await _deliver(answer, scope["method"] == "HEAD", asked, send)

    def _find(self, key: tuple) -> Answer | None:
        with self._lock:
            answer = self._kept.get(key)
            if answer:
                self._kept.move_to_end(key)
            return answer

    def _keep(self, key: tuple, answer: Answer) -> None:
        if not answer.etag or len(answer.body) > LARGEST:
            return
        with self._lock:
            self._kept[key] = answer
            if len(self._kept) > self._most:
                self._kept.popitem(last=False)


def prefers_text(accept: str) -> bool:
    """Whether a client would rather read plain text than JSON.

    >>> prefers_text("text/plain"), prefers_text("*/*"), prefers_text("text/plain;q=0.5, application/json")
    (True, False, False)
    """
    weights = {"text/plain": 0.0, "application/json": 0.0}
    for part in accept.split(","):
        media, _, quality = part.strip().partition(";q=")
        if media.strip().lower() in weights:
            weights[media.strip().lower()] = _number(quality)
    return weights["text/plain"] > weights["application/json"]


def _number(quality: str) -> float:
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0


async def _whole(app: ASGIApp, scope: Scope, receive: Receive) -> Answer:
    """The response of an app to one request, with its ETag if it may be stored."""
    start, parts = {}, []

    async def collect(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            parts.append(message.get("body", b""))

    try:
        await app(scope, receive, collect)
    except (
        Exception
    ) as error:  # Starlette raises a fault again after it has answered: the log must not quote the request
        detail = f"Something broke on our side; the log has it as {log.bug(error)}."
        return _of(Problem(500, "fault", detail).response(), scope["path"])
    return _answer(start["status"], start["headers"], b"".join(parts), scope["path"])


def _of(response: Response, path: str) -> Answer:
    return _answer(response.status_code, response.raw_headers, bytes(response.body), path)


def _answer(status: int, headers: Raw, body: bytes, path: str) -> Answer:
    given = Headers(raw=headers)
    stored = status == 200 and "no-store" not in given.get("cache-control", "no-store")
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:20]}"' if stored else ""
    kept = [(name, value) for name, value in headers if name.lower() not in (b"content-length", b"vary")]
    kept += _raw(ALWAYS | {"vary": VARY} | (READABLE if path.startswith(OPEN) else {}))
    kept += _raw({"etag": etag} if etag else {})
    small = len(body) < SMALL or given.get("content-encoding") or given.get("content-type", "").startswith("image/")
    return Answer(status, kept, body, b"" if small else gzip.compress(body, 6, mtime=0), etag)


async def _deliver(answer: Answer, head: bool, asked: Headers, send: Send) -> None:
    if answer.etag and _matches(asked.get("if-none-match", ""), answer.etag):
        return await _send(send, 304, answer.headers, b"", length=None)
    packed = answer.packed and _takes_gzip(asked.get("accept-encoding", ""))
    body = answer.packed if packed else answer.body
    headers = [*answer.headers, (b"content-encoding", b"gzip")] if packed else answer.headers
    await _send(send, answer.status, headers, b"" if head else body, length=len(body))


def _matches(sent: str, etag: str) -> bool:
    """Whether If-None-Match names the entity; compared weakly, as RFC 9110 13.1.2 asks.

    >>> _matches('"a", W/"b"', 'W/"b"'), _matches("*", 'W/"b"'), _matches("", 'W/"b"')
    (True, True, False)
    """
    sought = etag.removeprefix("W/")
    return sent.strip() == "*" or any(each.strip().removeprefix("W/") == sought for each in sent.split(","))


def _takes_gzip(accept: str) -> bool:
    """Whether a client reads gzip.

    >>> _takes_gzip("br, gzip"), _takes_gzip("gzip;q=0"), _takes_gzip("identity")
    (True, False, False)
    """
    for part in accept.split(","):
        coding, _, quality = part.strip().partition(";q=")
        if coding.strip().lower() == "gzip":
            return _number(quality) > 0
    return False


def _raw(headers: dict[str, str]) -> Raw:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]


def _with_headers(send: Send) -> Send:
    """The same `send`, with the headers of every answer."""

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *_raw(ALWAYS)]}
        await send(message)

    return sending


async def _send(send: Send, status: int, headers: Raw, body: bytes, length: int | None = 0) -> None:
    sized = [] if length is None else [(b"content-length", str(length).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*headers, *sized]})
    await send({"type": "http.response.body", "body": body})
