"""Errors as problem details (RFC 9457): each names the parameter, the value that was sent and what is allowed."""

from __future__ import annotations

import json
from dataclasses import dataclass

from starlette.responses import Response

from bot.text import harmless
from corpora import rude

MEDIA_TYPE = "application/problem+json"
TITLES = {
    "bad-parameter": "A parameter cannot be used",
    "nothing-fits": "No new name fits",
    "not-here": "There is nothing at this address",
    "method": "This address takes other methods",
    "too-many": "Too many requests",
    "busy": "Too much work at the moment",
    "no-model": "The model is not at hand",
    "fault": "A fault of ours",
}


@dataclass(eq=False)
class Problem(Exception):
    """An answer that is no answer: its HTTP status, its kind (a key of TITLES), a sentence, and the parameter at fault.

    `retry_after` is in seconds.
    """

    status: int
    kind: str
    detail: str
    parameter: str | None = None
    sent: str | None = None
    allowed: str | list[str] | None = None
    retry_after: int | None = None

    def document(self) -> dict:
        """The members of the problem's JSON; absent ones are left out."""
        said = {
            "type": f"/docs#{self.kind}",
            "title": TITLES[self.kind],
            "status": self.status,
            "detail": self.detail,
            "parameter": self.parameter,
            "sent": _repeated(self.sent),
            "allowed": self.allowed,
        }
        return {name: value for name, value in said.items() if value is not None}

    def response(self, **headers: str) -> Response:
        """The problem as an HTTP response; no cache keeps it."""
        again = {"retry-after": str(self.retry_after)} if self.retry_after else {}
        body = json.dumps(self.document(), ensure_ascii=False).encode()
        return Response(body, self.status, {"cache-control": "no-store", **again, **headers}, MEDIA_TYPE)


def _repeated(sent: str | None) -> str | None:
    """The sent value, made harmless; a rude one is not repeated."""
    return None if sent is None or rude.holds_stem(sent) else harmless(sent)
