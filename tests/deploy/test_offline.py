"""serverless-offline serves what serverless.yml describes: the route, the handler, the answer."""

import json
import os
import signal
import socket
import subprocess
import urllib.error
import urllib.request

import pytest

from tests.helpers.checkout import ROOT, clean_environment
from tests.helpers.http import SECRET, form, signed
from tests.helpers.waiting import wait_until

pytestmark = pytest.mark.slow


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


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
    wait_until(lambda: listens(port) or process.poll() is not None)
    assert process.poll() is None, f"serverless-offline does not listen: {process.communicate()[0]}"
    yield f"http://127.0.0.1:{port}/slack/events"
    os.killpg(process.pid, signal.SIGTERM)  # the server and the Python it started
    process.communicate()


def post(url: str, body: str, headers: dict[str, str]) -> tuple[int, str]:
    request = urllib.request.Request(url, body.encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=300) as answer:
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
