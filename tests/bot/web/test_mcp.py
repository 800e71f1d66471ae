"""The MCP server through the SDK's own client, over stdio and over streamable HTTP."""

import logging
import sys

import anyio
import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")

from mcp import Client, StdioServerParameters
from starlette.testclient import TestClient

from bot.web.api import Tools
from bot.web.limits import Gate
from bot.web.mcp_server import mcp_server
from tests.bot.web.served import served
from tests.fakes.typist import ROOT

TOOLS = {"names", "complete", "why", "score", "taken"}


def talk(target, *calls):
    """The tools of a server and its answers to some calls, (tool, arguments)."""

    async def conversation():
        async with Client(target) as client:
            tools = await client.list_tools()
            return {tool.name for tool in tools.tools}, [await client.call_tool(*call) for call in calls]

    return anyio.run(conversation)


@pytest.fixture(scope="module")
def server(settings, library):
    """The server in this process."""
    return mcp_server(Tools(library, Gate(), None), settings)


def test_completions_are_those_of_the_api(server, client):
    """The same names and probabilities, as structured content."""
    tools, [found] = talk(server, ("complete", {"pattern": "mo***", "corpus": "pokemon", "n": 3}))
    told = client.get("/api/mix/pokemon/complete?q=mo***&n=3").json()
    assert tools == TOOLS and not found.is_error
    assert found.structured_content["names"] == told["names"]


def test_the_other_tools_answer_as_the_api_does(server, client):
    """Chosen names by their seed, the posterior, the score."""
    calls = [
        ("names", {"corpus": "pokemon", "n": 2, "seed": 7}),
        ("why", {"pattern": "*u*a", "n": 3}),
        ("score", {"name": "Morbasaur"}),
    ]
    paths = ["?n=2&seed=7", "/why?q=*u*a&n=3", "/score?name=Morbasaur"]
    _, answers = talk(server, *calls)
    for answer, path in zip(answers, paths, strict=True):
        assert answer.structured_content == client.get(f"/api/mix/pokemon{path}").json()


@pytest.mark.parametrize(
    "call, said",
    [
        (("complete", {"pattern": "base"}), "no hole"),
        (("names", {"n": 21}), "at most 20"),
        (("names", {"corpus": "pokmon"}), "Did you mean pokemon?"),
        (("score", {"name": "fucker"}), "something rude"),
        (("taken", {"names": ["Mongo"]}), "taken"),
        (("taken", {"names": ["a", "b", "c", "d", "e", "f"]}), "5"),
    ],
)
def test_a_refusal_says_what_is_allowed(server, call, said):
    """The limits are the API's; an assistant is told what to ask instead."""
    _, [answer] = talk(server, call)
    assert answer.is_error and said in answer.content[0].text


def test_over_http_each_request_stands_alone(settings, library):
    """Streamable HTTP at /mcp, with no session, beside the API on one port."""
    with served(settings, library) as url:
        tools, [found] = talk(f"{url}mcp", ("complete", {"pattern": "mo***", "corpus": "pokemon", "n": 2}))
    assert tools == TOOLS and len(found.structured_content["names"]) == 2


def test_the_sdk_leaves_our_log_alone(settings, library):
    """It would print what was asked on the root logger."""
    root = logging.getLogger()
    before = list(root.handlers), root.level
    mcp_server(Tools(library, Gate(), None), settings)
    assert (list(root.handlers), root.level) == before


def test_other_methods_of_the_endpoint_are_refused(client: TestClient):
    """There is no stream to open and no session to end."""
    assert client.get("/mcp").status_code == client.delete("/mcp").status_code == 405


@pytest.mark.slow
def test_over_stdio_it_is_a_command(environment):
    """`techname mcp` speaks on stdin and stdout, and nothing else is written there."""
    command = StdioServerParameters(command=sys.executable, args=["-m", "bot", "mcp"], env=environment, cwd=ROOT)
    tools, [found] = talk(command, ("score", {"name": "Morbase", "corpus": "pokemon", "model": "chain"}))
    assert tools == TOOLS and found.structured_content["name"] == "Morbase"
