"""What is refused before any work: a parameter out of its limits, a wrong method or address, too many requests."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.web.delivery import ALWAYS
from bot.web.limits import Rate
from bot.web.problems import Problem

_ALLOWED = {
    "greater_than_equal": "{ge} or more",
    "less_than_equal": "at most {le}",
    "string_too_long": "at most {max_length} characters",
    "string_too_short": "at least {min_length} character",
    "string_pattern_mismatch": "a text that matches {pattern}",
    "int_parsing": "a whole number",
    "float_parsing": "a number",
    "bool_parsing": "true or false",
}


async def invalid(request: Request, error: RequestValidationError) -> Response:
    """The response to parameters that their limits refuse."""
    return of_validation(error.errors()).response()


def of_validation(errors: Sequence[Mapping]) -> Problem:
    """The problem with the first parameter that its limits refuse, from the errors of pydantic."""
    first = errors[0]
    parameter = str(first["loc"][-1])
    if first["type"] == "missing":
        detail = f"The parameter {parameter} is missing."
        return Problem(422, "bad-parameter", detail, parameter)
    if first["type"] == "extra_forbidden":
        detail = f"There is no parameter {parameter} here."
        return Problem(422, "bad-parameter", detail, parameter, str(first["input"]), "/docs lists them")
    allowed = _ALLOWED.get(first["type"], first["msg"]).format(**first.get("ctx", {}))
    detail = f"The parameter {parameter} must be {allowed}."
    return Problem(422, "bad-parameter", detail, parameter, str(first["input"]), allowed)


async def http(request: Request, error: HTTPException) -> Response:
    """An address that is not there, or a method that it does not take."""
    if error.status_code == 405:
        allowed = (error.headers or {}).get("Allow", "GET")
        problem = Problem(405, "method", f"This address does not take {request.method}.", allowed=allowed)
        return problem.response(allow=allowed)
    if error.status_code == 404:
        return Problem(404, "not-here", "There is nothing at this address; /docs lists what there is.").response()
    return Problem(error.status_code, "bad-parameter", str(error.detail)).response()


class Limited:
    """An ASGI middleware that answers 429 to an address which asks too often."""

    def __init__(self, app: ASGIApp, rate: Rate):
        self.app, self.rate = app, rate

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, if its address may ask now."""
        wait = self.rate.take((scope.get("client") or ("",))[0]) if scope["type"] == "http" else 0.0
        if not wait:
            return await self.app(scope, receive, send)
        seconds = math.ceil(wait)
        detail = f"Your address asks more than {self.rate.per_second:g} times a second; ask again in {seconds} s."
        await Problem(429, "too-many", detail, retry_after=seconds).response(**ALWAYS)(scope, receive, send)
