"""Slack's endpoint beside the page: POST /slack/events goes, signed, through the same handler as on AWS."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from bot.web.problems import Problem

PATH = "/slack/events"
LARGEST = 1_000_000  # bytes of a body; Slack's are some thousand


def slack(handler: Callable[[object, object], dict]) -> APIRouter:
    """The route that hands Slack's requests to a handler of Lambda events."""
    router = APIRouter(include_in_schema=False)

    @router.post(PATH)
    async def events(request: Request) -> Response:
        body = await _body(request)
        event = {
            "version": "2.0",
            "headers": dict(request.headers),
            "body": body.decode("utf-8", "replace"),
            "isBase64Encoded": False,
            "requestContext": {"http": {"method": "POST", "path": PATH}},
        }
        answer = await run_in_threadpool(handler, event, SimpleNamespace(aws_request_id=None))
        return Response(answer.get("body") or "", answer["statusCode"], answer.get("headers"))

    return router


async def _body(request: Request) -> bytes:
    """The body of a request. Raises Problem 413 before a huge one fills the memory."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LARGEST:
            raise Problem(413, "bad-parameter", f"The body is longer than {LARGEST:,} bytes.")
    return body
