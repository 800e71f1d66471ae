"""serverless-offline serves what serverless.yml describes: the route, the handler, the answer."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

import pytest

from tests.helpers.checkout import ROOT, clean_environment
from tests.helpers.http import SECRET, form, signed

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def await_port(port: int, process: subprocess.Popen, seconds: float = 60) -> None:
    """Return when something listens; fail with the server's words when it ended or never does."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGKILL)
    pytest.fail(f"serverless-offline does not listen: {process.communicate()[0]}")


@pytest.fixture(scope="module")
def url(node, models):
    """The address of `make offline`'s server, on ports of its own."""
    port, lambda_port = free_port(), free_port()
    process = subprocess.Popen(
        ["tools/offline.sh", "--httpPort", str(port), "--lambdaPort", str(lambda_port)],
        cwd=ROOT,
        text=True,
        env=clean_environment(SLACK_SIGNING_SECRET=SECRET, TECHNAME_MODELS=str(models)),
        start_new_session=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    await_port(port, process)
    yield f"http://127.0.0.1:{port}/slack/events"
    os.killpg(process.pid, signal.SIGTERM)  # the server and the Python it started
    process.communicate(timeout=30)


def post(url: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
    request = urllib.request.Request(url, body.encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        with refusal:
            return refusal.code, refusal.read().decode()


def test_a_signed_command_is_answered(url):
    """A slash command posted over HTTP gets its names, through API Gateway's shape."""
    body = form("complete mo*** pokemon")
    status, answer = post(url, body, signed(body))
    assert status == 200, answer
    assert json.loads(answer)["response_type"] == "in_channel"


def test_a_wrong_signature_is_refused(url):
    """The route refuses what Slack did not sign."""
    body = form("pokemon")
    assert post(url, body, signed(body, secret="another"))[0] == 401


def test_there_is_one_route(url):
    """Nothing else is served: another path never reaches the function."""
    body = form("pokemon")
    assert post(url.replace("/slack/events", "/other"), body, signed(body))[0] == 404
