"""The composition root of the web edge: `make_app(settings, library)` gives the ASGI app of the page and the API."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp

from bot.names.library import Library
from bot.settings import Settings
from bot.web import refusals
from bot.web.api import Tools, api
from bot.web.delivery import Delivery
from bot.web.limits import Gate, Rate
from bot.web.mcp_route import mcp_routes
from bot.web.pages import pages
from bot.web.problems import Problem
from bot.web.slack import slack

SUMMARY = "New names in the style of known ones: chosen, completed, drawn, weighed."


def make_app(
    settings: Settings,
    library: Library,
    rate: Rate | None = None,
    gate: Gate | None = None,
    slack_handler: Callable[[object, object], dict] | None = None,
) -> ASGIApp:
    """The page and the API over a library; without a rate no caller is held back.

    `slack_handler` answers Slack's requests at /slack/events; without one there is no such address.
    """
    tools = Tools(library, gate or Gate(), rate)
    app = FastAPI(title="techname", version="1", summary=SUMMARY, docs_url=None, redoc_url=None)
    app.include_router(api(tools))
    app.include_router(pages(tools, app))
    if slack_handler:
        app.include_router(slack(slack_handler))
    if find_spec("mcp"):  # an extra of its own
        app.include_router(mcp_routes(tools, settings))
    app.add_exception_handler(Problem, _problem)
    app.add_exception_handler(RequestValidationError, refusals.invalid)
    app.add_exception_handler(HTTPException, refusals.http)
    return refusals.Limited(Delivery(app), rate) if rate else Delivery(app)


async def _problem(request: Request, problem: Problem) -> Response:
    return problem.response()
