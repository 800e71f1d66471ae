"""Slash commands as API Gateway hands them to the function."""

import base64
import time
from urllib.parse import urlencode

from slack_sdk.signature import SignatureVerifier

SECRET = "a-secret-of-the-benchmark"


class Context:
    """What Lambda gives beside the event."""

    function_name = "techname"
    invoked_function_arn = "arn:aws:lambda:us-east-1:1:function:techname"
    aws_request_id = "request-1"


def command(text: str) -> dict:
    """The signed httpApi event of `/techname TEXT`, good for five minutes."""
    body = urlencode(
        {
            "team_id": "T1",
            "channel_id": "C1",
            "channel_name": "general",
            "user_id": "U1",
            "user_name": "ada",
            "command": "/techname",
            "text": text,
            "api_app_id": "A1",
            "response_url": "http://127.0.0.1:9/none",
            "trigger_id": "1.2.3",
        }
    )
    stamp = str(int(time.time()))
    signature = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body)
    return {
        "version": "2.0",
        "rawPath": "/slack/events",
        "rawQueryString": "",
        "isBase64Encoded": True,
        "headers": {
            "content-type": "application/x-www-form-urlencoded",
            "x-slack-request-timestamp": stamp,
            "x-slack-signature": signature,
        },
        "requestContext": {"http": {"method": "POST", "path": "/slack/events"}},
        "body": base64.b64encode(body.encode()).decode(),
    }
