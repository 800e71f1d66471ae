"""Posts to a response_url, inside what is left of the 3 seconds that Slack waits for an answer to a click."""

import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from typing import NamedTuple

from bot.slack.blocks.message import Message

DEADLINE = 2.5  # seconds after the click arrived
_LEAST = 0.5
_TRIES = 4
_PATIENCE = 1.0  # seconds for a try that may be made again
_PAUSE = 0.2  # seconds before the second try where Slack does not say how long to wait; then twice as long


class _Trouble(NamedTuple):
    """Why a try failed; whether another may do better, and in how many seconds (None: ours to choose)."""

    what: str
    passing: bool = False
    wait: float | None = None


def post(url: str | None, message: Message, started: float, replacing: bool = False) -> str | None:
    """Send a message to a response_url, anew or in the place of the one that was clicked; the trouble, or None where it
    went well.

    `started` is when the click arrived, in time.monotonic() seconds. Too many requests (429) and Slack's own faults
    (5xx) are tried again as Retry-After says, within the time there is; what went unanswered only if sending it twice
    changes nothing.
    """
    return deliver(url, lambda: {**message.payload(), "replace_original": replacing}, started, repeatable=replacing)


def remove(url: str | None, started: float) -> str | None:
    """Delete the message that was clicked; the trouble, or None."""
    return deliver(url, lambda: {"delete_original": True}, started, repeatable=True)


def deliver(url: str | None, body: Callable[[], dict], started: float, repeatable: bool) -> str | None:
    """Post until it is taken, or until that is hopeless; each try asks for the body anew. The trouble, or None."""
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
    """Seconds until an answer would come too late."""
    return started + DEADLINE - time.monotonic()


def _try(url: str, body: bytes, seconds: float, repeatable: bool) -> _Trouble | None:
    """One post. A thread keeps the time: urllib's timeout counts anew for every read, and not at all while a host is
    looked up."""
    outcome: list[_Trouble | None] = []
    sender = threading.Thread(target=lambda: outcome.append(_send(url, body, seconds)), daemon=True)
    sender.start()
    sender.join(seconds)
    return outcome[0] if outcome else _Trouble("response_url too slow", passing=repeatable, wait=0.0)


def _send(url: str, body: bytes, timeout: float) -> _Trouble | None:
    try:
        request = urllib.request.Request(url, body, {"content-type": "application/json; charset=utf-8"})
        urllib.request.urlopen(request, timeout=timeout).close()
    except urllib.error.HTTPError as error:
        error.close()
        return _Trouble(
            f"response_url answered {error.code}", error.code == 429 or error.code >= 500, retry_after(error.headers)
        )
    except (
        Exception
    ) as error:  # of whatever kind: the click is acknowledged, and the outcome is all that is left to say
        return _Trouble(f"response_url failed: {type(error).__name__}")
    return None


def retry_after(headers: Mapping[str, str] | None) -> float | None:
    """What Slack asks for in Retry-After, where it is a number of seconds."""
    asked = (headers or {}).get("Retry-After", "")
    return float(asked) if asked.isascii() and asked.isdigit() else None
