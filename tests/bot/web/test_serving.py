"""`techname serve`: one port, loopback, the page, the API and Slack's endpoint."""

import json
import signal
import subprocess
import sys
import urllib.request
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from bot.errors import BadInput
from bot.web.serving import address, listen, whole_app
from tests.fakes.typist import ROOT
from tests.helpers.http import SECRET, form, signed


def test_slack_is_answered_beside_the_page(settings, library):
    """A signed command is answered as on AWS; an unsigned one is 401."""
    client = TestClient(whole_app(replace(settings, signing_secret=SECRET), library))
    body = form("complete mo*** pokemon")
    answer = client.post("/slack/events", content=body, headers=signed(body))
    assert answer.status_code == 200 and json.loads(answer.text)["response_type"] == "in_channel"
    assert client.post("/slack/events", content=body).status_code == 401
    assert client.get("/api").status_code == 200


def test_without_a_secret_there_is_no_slack(settings, library):
    """The address is not there; the page is."""
    client = TestClient(whole_app(replace(settings, signing_secret=None), library))
    assert client.post("/slack/events", content="a=b").status_code in (404, 405)


def test_a_huge_body_is_refused(settings, library):
    """Before it fills the memory."""
    client = TestClient(whole_app(replace(settings, signing_secret=SECRET), library))
    assert client.post("/slack/events", content=b"x" * 1_000_001).status_code == 413


def test_a_port_in_use_is_said_with_another():
    """What to do, in place of a traceback."""
    with listen("127.0.0.1", 0) as taken, pytest.raises(BadInput, match="--port 8090"):
        listen("127.0.0.1", taken.getsockname()[1])


def test_the_address_is_loopback_unless_told():
    """IPv6 in brackets."""
    with listen("127.0.0.1", 0) as listening:
        assert address(listening).startswith("http://127.0.0.1:")
    with listen("::1", 0) as listening:
        assert address(listening).startswith("http://[::1]:")


@pytest.mark.slow
def test_the_command_serves_and_ends_by_ctrl_c(environment):
    """The address is named once it answers; what is asked is not logged."""
    serving = subprocess.Popen(
        [sys.executable, "-m", "bot", "serve", "--port", "0"],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        url = serving.stderr.readline().split()[1]
        with urllib.request.urlopen(f"{url}api/chain/pokemon?n=2&begins=mo", timeout=60) as answer:
            assert len(json.load(answer)["names"]) == 2
    finally:
        serving.send_signal(signal.SIGINT)
        _, said = serving.communicate(timeout=30)
    assert "begins" not in said and "127.0.0.1" not in said, said
