"""The address of the MCP server; the SDK is imported when somebody first asks it."""

from __future__ import annotations

from functools import cached_property

from fastapi import APIRouter
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.settings import Settings
from bot.web.api import Tools

PATH = "/mcp"


def mcp_routes(tools: Tools, settings: Settings) -> APIRouter:
    """The route of the server over streamable HTTP."""
    router = APIRouter(include_in_schema=False)
    router.routes.append(Route(PATH, _Endpoint(tools, settings), methods=["POST"]))
    return router


class _Endpoint:
    """An ASGI app; Starlette would take a function for an endpoint of requests."""

    def __init__(self, tools: Tools, settings: Settings):
        self._tools, self._settings = tools, settings

    @cached_property
    def _app(self) -> ASGIApp:
        from bot.web.mcp_server import mcp_endpoint, mcp_server

        return mcp_endpoint(mcp_server(self._tools, self._settings))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._app(scope, receive, send)
