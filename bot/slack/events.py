"""Lambda's events: every shape of an HTTP request is read into one, and the answer gets the shape of its event.

API Gateway (v1 and v2), a Function URL and a load balancer use different names, and leave out or set to null different
fields. Bolt's adapter stumbles over several of them, so `lambda_handler` does without it.
"""

import base64
import re
from typing import NamedTuple
from urllib.parse import parse_qs

_SCHEDULED = ("aws.events", "aws.scheduler", "serverless-plugin-warmup")
# The SDK's signature check raises an error if these headers are malformed, which is the sender's fault and not ours.
_SIGNATURE = {
    "x-slack-request-timestamp": re.compile("[0-9]{1,12}"),
    "x-slack-signature": re.compile("v0=[0-9a-f]{64}"),
}
_SSL_CHECK = re.compile("(?:^|&)ssl_check=1(?:&|$)")
_SHORT = 1_000  # characters in which Slack's check of the certificate, which nobody signs, says so
_FORM = "application/x-www-form-urlencoded"


LARGEST = 1_000_000  # bytes of a body; Slack's payloads have some kilobytes


class TooLarge(ValueError):
    """The body is larger than any that Slack sends."""


class NoForm(ValueError):
    """The body is not a form; the message says why and quotes nothing of it."""


class Call(NamedTuple):
    """One HTTP request: header names in lower case, the body as it was signed."""

    method: str
    headers: dict[str, str]
    body: str
    ssl_check: bool  # Slack checks the certificate and expects status 200


def is_warm_up(event: object) -> bool:
    """Whether this is a scheduled event that only keeps the function warm."""
    return isinstance(event, dict) and event.get("source") in _SCHEDULED


def read_call(event: object) -> Call:
    """Read an event of any HTTP shape; the body is not parsed. Raises NoForm if it is not text, and TooLarge."""
    if not isinstance(event, dict):
        raise NoForm("the event is no HTTP request")
    method, body = _method(event), _body(event)
    checks = bool(_SSL_CHECK.search(body[:_SHORT])) if method == "POST" else "1" in _query(event).get("ssl_check", ())
    return Call(method, _headers(event), body, checks)


def check_form(call: Call) -> None:
    """Raise NoForm unless the body looks like a form; the body is not parsed."""
    kind = call.headers.get("content-type", _FORM).partition(";")[0].strip().lower()
    if kind != _FORM or call.body.lstrip()[:1] in ("{", "["):
        raise NoForm("the body is no form")
    if "=" not in call.body:
        raise NoForm("the body has no fields")


def reply(event: object, status: int, body: str = "", headers: dict[str, str] | None = None) -> dict:
    """An answer in the shape of its event."""
    answer = {"statusCode": status, "headers": headers or {}, "body": body, "isBase64Encoded": False}
    context = _dict(event, "requestContext")
    if "elb" in context:
        answer["statusDescription"] = str(status)
        if _dict(event, "multiValueHeaders"):
            answer["multiValueHeaders"] = {name: [value] for name, value in answer.pop("headers").items()}
    return answer


def request_id(event: object) -> str | None:
    """The request's id in API Gateway or the Function URL."""
    found = _dict(event, "requestContext").get("requestId")
    return found if isinstance(found, str) else None


def _dict(event: object, key: str) -> dict:
    """The object under a key; empty if it is missing, null or of another type."""
    found = event.get(key) if isinstance(event, dict) else None
    return found if isinstance(found, dict) else {}


def _method(event: dict) -> str:
    context = _dict(event, "requestContext")
    found = _dict(context, "http").get("method") or event.get("httpMethod") or context.get("httpMethod")
    return found.upper() if isinstance(found, str) else "POST"


def _headers(event: dict) -> dict[str, str]:
    listed = _dict(event, "multiValueHeaders").items()
    many = {name: values[-1] for name, values in listed if isinstance(values, list) and values}
    headers = {
        name.lower(): value for name, value in (many | _dict(event, "headers")).items() if isinstance(value, str)
    }
    odd = [name for name, form in _SIGNATURE.items() if not form.fullmatch(headers.get(name, ""))]
    return {name: value for name, value in headers.items() if name not in odd}


def _query(event: dict) -> dict[str, list[str]]:
    raw = event.get("rawQueryString")
    if isinstance(raw, str):
        return parse_qs(raw)
    return {name: [value] for name, value in _dict(event, "queryStringParameters").items()}


def _body(event: dict) -> str:
    body = event.get("body") or ""
    if not isinstance(body, str):
        raise NoForm("the body is no text")
    encoded = event.get("isBase64Encoded") is True
    if len(body) > (LARGEST * 4 // 3 + 4 if encoded else LARGEST):
        raise TooLarge("the body is too large")
    try:
        data = base64.b64decode(body) if encoded else body.encode()
        if len(data) > LARGEST:
            raise TooLarge("the body is too large")
        return data.decode()
    except TooLarge:
        raise
    except ValueError:  # binascii.Error, bad UTF-8 and half of a surrogate pair are ValueErrors
        raise NoForm("the body is not base64 or not UTF-8") from None
