"""What the deployment tests share: one build of the models and the zip a session, and requests signed as Slack signs
them."""

import base64
import fcntl
import hashlib
import hmac
import os
import shutil
import subprocess
import time
from pathlib import Path
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).parents[2]
SECRET = "a-secret-of-the-tests"


def clean_environment(**more: str) -> dict[str, str]:
    """The environment of a child: no settings of ours, none of an outer make, nothing remembered in the developer's
    home."""
    drop = ("SLACK_", "AWS_", "TECHNAME_", "LAMBDA_", "MAKE", "MFLAGS")
    return (
        {key: value for key, value in os.environ.items() if not key.startswith(drop)}
        | {"TECHNAME_STORE": ":memory:"}
        | more
    )


def signed_headers(body: str, secret: str = SECRET, age: int = 0) -> dict[str, str]:
    """Slack's headers for a form body, by its published recipe rather than by the SDK that the bot uses."""
    stamp = str(int(time.time()) - age)
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "content-type": "application/x-www-form-urlencoded",
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": f"v0={digest}",
    }


def command_body(text: str) -> str:
    """The form that Slack posts for `/techname TEXT`."""
    return urlencode(
        {
            "token": "t",
            "team_id": "T1",
            "team_domain": "team",
            "channel_id": "C1",
            "channel_name": "general",
            "user_id": "U1",
            "user_name": "ada",
            "command": "/techname",
            "text": text,
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "response_url": "http://127.0.0.1:9/none",
            "trigger_id": "1.2.3",
        }
    )


def event(body: str, headers: dict[str, str]) -> dict:
    """The httpApi event (payload 2.0) of a post; API Gateway passes form bodies in base64."""
    return {
        "version": "2.0",
        "routeKey": "POST /slack/events",
        "rawPath": "/slack/events",
        "rawQueryString": "",
        "headers": headers,
        "requestContext": {
            "accountId": "1",
            "apiId": "a",
            "domainName": "a.example",
            "domainPrefix": "a",
            "stage": "$default",
            "requestId": "r",
            "routeKey": "POST /slack/events",
            "timeEpoch": 0,
            "time": "",
            "http": {
                "method": "POST",
                "path": "/slack/events",
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": "Slackbot 1.0",
            },
        },
        "body": base64.b64encode(body.encode()).decode(),
        "isBase64Encoded": True,
    }


def command_event(text: str) -> dict:
    """A signed slash command as an httpApi event."""
    body = command_body(text)
    return event(body, signed_headers(body))


def said_by(*command: str, **environment: str) -> str:
    """What a command of the checkout prints on stdout; its stderr goes to the test's."""
    return subprocess.run(
        command,
        cwd=ROOT,
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        env=clean_environment(**environment),
    ).stdout


@pytest.fixture(scope="session")
def models() -> None:
    """The models of the shipped corpora stand in models/, built from the engine and the corpora as they are now."""
    with open(ROOT / "tools/bundle.py") as any_file:
        fcntl.flock(any_file, fcntl.LOCK_EX)  # the suite has several processes, and one of them builds
        said_by("make", "models")


@pytest.fixture(scope="session")
def node() -> None:
    """Skip what needs Node.js where it, or what package-lock.json pins, is not installed."""
    if not (shutil.which("node") and shutil.which("npm")):
        pytest.skip("Node.js is not installed")
    if not (ROOT / "node_modules/osls").is_dir():
        pytest.skip("node_modules is not installed (npm ci)")
