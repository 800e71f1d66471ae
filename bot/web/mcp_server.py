"""The MCP server: tools by which a coding assistant asks for names, with the limits of the API.

Over HTTP it is stateless: each request is served by itself, so that any instance of a function can answer it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import TypeVar

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from pydantic import BaseModel, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from bot import availability
from bot.commands.naming import read_names
from bot.commands.queries import Query
from bot.errors import BadInput
from bot.names.training_queue import library_in_background
from bot.settings import Settings, SettingsError
from bot.web import answering, asking, schemas
from bot.web.api import Tools
from bot.web.limits import Gate
from bot.web.mcp_route import PATH
from bot.web.parameters import CompleteParameters, NamesParameters, ScoreParameters, WhyParameters
from bot.web.problems import Problem
from bot.web.refusals import of_validation

LARGEST = 65_536  # bytes of a request
INSTRUCTIONS = (
    "Finds new names in the style of known ones. A pattern has holes: * is one unknown letter, ... any number. "
    "The corpus may be a blend such as pokemon+ikea."
)
A = TypeVar("A")


class Verdict(BaseModel):
    """What one place says of a name."""

    name: str
    place: str
    said: str
    reason: str


def mcp_server(tools: Tools, settings: Settings) -> MCPServer:
    """The server with its five tools."""
    with _logging_as_it_was():
        server = MCPServer("techname", instructions=INSTRUCTIONS)
    library = tools.library
    corpora = ", ".join(card.name for card in library.shelf())

    @server.tool(description=f"The best of many new names. Corpora: {corpora}.")
    async def names(
        corpus: str = "pokemon",
        model: str = "mix",
        n: int = 5,
        seed: int | None = None,
        length: str | None = None,
        begins: str | None = None,
        ends: str | None = None,
        contains: str | None = None,
    ) -> schemas.Names:
        given = {"n": n, "seed": seed, "length": length, "begins": begins, "ends": ends, "contains": contains}
        return await _answer(
            tools,
            lambda: asking.generate(model, corpus, NamesParameters(**given), library),
            lambda query: answering.names(query, library),
        )

    @server.tool(description="The likeliest new names that fit a pattern such as mo*** or ...base, likeliest first.")
    async def complete(
        pattern: str, corpus: str = "tech", model: str = "mix", n: int = 5, length: str | None = None
    ) -> schemas.Names:
        return await _answer(
            tools,
            lambda: asking.complete(model, corpus, CompleteParameters(q=pattern, n=n, length=length), library),
            lambda query: answering.names(query, library),
        )

    @server.tool(description="How probable each token is in each hole of a pattern such as *u*a.")
    async def why(pattern: str, corpus: str = "pokemon", model: str = "mix", n: int = 5) -> schemas.Why:
        return await _answer(
            tools,
            lambda: asking.why(model, corpus, WhyParameters(q=pattern, n=n), library),
            lambda query: answering.why(query, library),
        )

    @server.tool(description="How good a name is, from 0 to 100, and which parts of real names it stands on.")
    async def score(name: str, corpus: str = "pokemon", model: str = "mix") -> schemas.Scored:
        return await _answer(
            tools,
            lambda: (ScoreParameters(name=name), asking.home(model, corpus, library))[1],
            lambda home: answering.score(name, *home, library),
        )

    @server.tool(description="Whether up to five names are taken, at the places that the operator has listed.")
    async def taken(names: list[str]) -> list[Verdict]:
        return await _answer(tools, lambda: read_names(names), lambda read: _verdicts(read, settings))

    return server


@contextmanager
def _logging_as_it_was() -> Iterator[None]:
    """Undo what the SDK does to the root logger; its own would log what was asked."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = handlers, level
    logging.getLogger("mcp").setLevel(logging.CRITICAL)


async def _answer(tools: Tools, ask: Callable[[], A], answer: Callable[[A], object]):
    """Ask and answer in a thread. Raises ToolError with what is wrong and what is allowed."""

    def work():
        query = ask()
        home = (query.corpus, query.model) if isinstance(query, Query) else ()
        return tools.work(lambda: answer(query), *home)

    try:
        return await run_in_threadpool(work)
    except Problem as problem:
        raise ToolError(_said(problem)) from None
    except ValidationError as error:
        raise ToolError(_said(of_validation(error.errors()))) from None
    except BadInput as error:
        raise ToolError(error.message) from None


def _said(problem: Problem) -> str:
    allowed = problem.allowed if isinstance(problem.allowed, str) else ", ".join(problem.allowed or ())
    return f"{problem.detail} Allowed: {allowed}." if allowed else problem.detail


def _verdicts(names: tuple[str, ...], settings: Settings) -> list[Verdict]:
    try:
        found = availability.check(names, settings)
    except SettingsError as error:
        raise BadInput(str(error)) from None
    return [Verdict(name=each.name, place=each.label, said=each.said, reason=each.reason) for each in found]


def mcp_endpoint(server: MCPServer) -> ASGIApp:
    """The server over streamable HTTP."""
    # No cookie and no secret stands behind these tools, so a name server that points at us gains nothing.
    security = TransportSecuritySettings(enable_dns_rebinding_protection=False)

    async def endpoint(scope: Scope, receive: Receive, send: Send) -> None:
        app = server.streamable_http_app(
            streamable_http_path=PATH,
            stateless_http=True,
            json_response=True,
            max_request_body_size=LARGEST,
            transport_security=security,
        )
        async with app.router.lifespan_context(app):
            await app(scope, receive, send)

    return endpoint


def run_stdio(settings: Settings) -> None:
    """Serve one client on stdin and stdout until it leaves."""
    with closing(library_in_background(settings)) as library:
        mcp_server(Tools(library, Gate(), None), settings).run("stdio")
