"""Posts to a response_url, within the 3 seconds that Slack waits for the answer to a click."""

import ipaddress
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.slack.blocks.message import Message

DEADLINE = 2.5  # seconds after the click arrived
_LEAST = 0.5
_TRIES = 4
_PATIENCE = 1.0  # seconds for a try that may be repeated
_PAUSE = 0.2  # seconds before the second try unless Slack says how long to wait; then twice as long


class _Trouble(NamedTuple):
    """Why a try failed; whether another may succeed, and in how many seconds (None: ours to choose)."""

    what: str
    passing: bool = False
    wait: float | None = None


class _Direct(urllib.request.HTTPRedirectHandler):
    """Follows no redirection: a message goes to the address that was checked."""

    def redirect_request(self, *given):
        return None


def slacks(url: str | None, api: str) -> str | None:
    """The address if it is at the host of Slack's API or below it, by the same scheme; else None.

    >>> slacks("https://hooks.slack.com/actions/1", "https://slack.com/api/")
    'https://hooks.slack.com/actions/1'
    >>> slacks("https://hooks.slack.com@evil.example/1", "https://slack.com/api/")
    """
    home = urlsplit(api)
    try:
        asked = urlsplit(url or "")
        there = f".{asked.hostname or ''}".endswith(f".{home.hostname}")
    except ValueError:
        return None
    return url if there and asked.scheme == home.scheme else None


def post(url: str | None, message: Message, started: float, replacing: bool = False) -> str | None:
    """Send a message to a response_url, as a new one or in place of the clicked one; the trouble, or None.

    `started` is the time of the click, in time.monotonic() seconds. After too many requests (429) and Slack's own
    errors (5xx) it tries again as Retry-After says, while there is time; after no answer only if sending twice changes
    nothing.
    """
    return deliver(url, lambda: {**message.payload(), "replace_original": replacing}, started, repeatable=replacing)


def remove(url: str | None, started: float) -> str | None:
    """Delete the clicked message; the trouble, or None."""
    return deliver(url, lambda: {"delete_original": True}, started, repeatable=True)


def deliver(url: str | None, body: Callable[[], dict], started: float, repeatable: bool) -> str | None:
    """Post until Slack takes it or there is no hope; each try builds the body anew. The trouble, or None."""
    if not url or not url.startswith(("https://", "http://")):
        return "no response_url"
    pause = _PAUSE
    for last in [False] * (_TRIES - 1) + [True]:
        left = max(_LEAST, time_left(started))
        trouble = _try(
            url, json.dumps(body()).encode(), min(left, _PATIENCE) if repeatable and not last else left, repeatable
        )
        wait = pause if trouble is None or trouble.wait is None else trouble.wait
        if trouble is None or last or not trouble.passing or wait + _LEAST > time_left(started):
            break
        time.sleep(wait)
        pause *= 2
    return trouble and trouble.what


def time_left(started: float) -> float:
    """Seconds until an answer comes too late."""
    return started + DEADLINE - time.monotonic()


def _try(url: str, body: bytes, seconds: float, repeatable: bool) -> _Trouble | None:
    """One post, in a thread that is left behind when time is up: urllib's timeout starts anew with every read, and does
    not cover looking up the host."""
    outcome: list[_Trouble | None] = []
    sender = threading.Thread(target=lambda: outcome.append(_send(url, body, seconds)), daemon=True)
    sender.start()
    sender.join(seconds)
    return outcome[0] if outcome else _Trouble("response_url too slow", passing=repeatable, wait=0.0)


def _send(url: str, body: bytes, timeout: float) -> _Trouble | None:
    try:
        request = urllib.request.Request(url, body, {"content-type": "application/json; charset=utf-8"})
        here = [urllib.request.ProxyHandler({})] if is_here(urlsplit(url).hostname or "") else []
        urllib.request.build_opener(_Direct, *here).open(request, timeout=timeout).close()
    except urllib.error.HTTPError as error:
        error.close()
        return _Trouble(
            f"response_url answered {error.code}", error.code == 429 or error.code >= 500, retry_after(error.headers)
        )
    except Exception as error:  # of any kind: the click is acknowledged, so only the outcome is left to tell
        return _Trouble(f"response_url failed: {type(error).__name__}")
    return None


def retry_after(headers: Mapping[str, str] | None) -> float | None:
    """The seconds of a Retry-After header; None if it is missing or no number."""
    asked = (headers or {}).get("Retry-After", "")
    return float(asked) if asked.isascii() and asked.isdigit() else None


def is_here(host: str) -> bool:
    """Whether a host is this machine.

    >>> is_here("127.0.0.1"), is_here("slack.com")
    (True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
