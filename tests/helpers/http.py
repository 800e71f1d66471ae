"""Asking the bot as Slack does, over HTTP: forms, their signatures, and the shapes in which Lambda hands them on."""

import base64
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

from tests.fakes.payloads import slash_command

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # of Slack's published example of a signature
NOWHERE = "http://127.0.0.1:9/none"  # a response_url at which nobody listens


def form(text: str, **fields: str) -> str:
    """The body of `/techname text`."""
    return urlencode(slash_command(text, NOWHERE, **fields))


def clicked(payload: object) -> str:
    """The body of a click."""
    return urlencode({"payload": json.dumps(payload)})


def signed(body: str, secret: str = SECRET, age: int = 0) -> dict[str, str]:
    """Slack's headers for a body, by its published recipe rather than by the SDK that the bot uses."""
    stamp = str(int(time.time()) - age)
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }


def v2(body: str, headers: dict | None = None, /, **fields) -> dict:
    """API Gateway's httpApi, payload 2.0."""
    headers = signed(body) if headers is None else headers
    return {
        "version": "2.0",
        "rawPath": "/slack/events",
        "rawQueryString": "",
        "headers": {name.lower(): value for name, value in headers.items()},
        "requestContext": {"http": {"method": "POST", "path": "/slack/events"}, "requestId": "r2"},
        "body": body,
        "isBase64Encoded": False,
        **fields,
    }


def function_url(body: str, headers: dict | None = None) -> dict:
    """A Function URL, and httpApi with a form: payload 2.0, with the body in base64."""
    encoded = base64.b64encode(body.encode()).decode()
    return v2(body, headers, body=encoded, isBase64Encoded=True, cookies=None, queryStringParameters=None)


def v1(body: str, /, **fields) -> dict:
    """API Gateway's REST API, payload 1.0."""
    headers = signed(body)
    return {
        "resource": "/slack/events",
        "path": "/slack/events",
        "httpMethod": "POST",
        "headers": headers,
        "multiValueHeaders": {name: [value] for name, value in headers.items()},
        "queryStringParameters": None,
        "multiValueQueryStringParameters": None,
        "requestContext": {"httpMethod": "POST", "requestId": "r1", "stage": "prod"},
        "body": body,
        "isBase64Encoded": False,
        **fields,
    }


def load_balancer(body: str, many: bool = False) -> dict:
    """An application load balancer, with its headers one by one or as lists."""
    event = v1(body, requestContext={"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:…"}})
    del event["headers" if many else "multiValueHeaders"]
    return event


def message_of(reply: dict) -> dict:
    """The message in a handler's reply."""
    assert reply["statusCode"] == 200, reply
    return json.loads(reply["body"])
