"""One post to a response_url, inside what is left of the 3 seconds that Slack waits for an answer to a click."""

import json
import threading
import time
import urllib.error
import urllib.request

from bot.message import Message

DEADLINE = 2.5  # seconds after the click arrived
_LEAST = 0.5


def post(url: str | None, message: Message, started: float) -> str | None:
    """Send a message to a response_url once; give the trouble in a few words, or None where it went well.

    `started` is when the click arrived, in time.monotonic() seconds. A thread keeps the deadline: a timeout of urllib counts
    anew for every read, and not at all while a host name is looked up.
    """
    if not url or not url.startswith(("https://", "http://")):
        return "no response_url"
    left = max(_LEAST, started + DEADLINE - time.monotonic())
    troubles: list[str | None] = []
    sender = threading.Thread(target=lambda: troubles.append(_send(url, message, left)), daemon=True)
    sender.start()
    sender.join(left)
    return troubles[0] if troubles else "response_url too slow"


def _send(url: str, message: Message, timeout: float) -> str | None:
    body = json.dumps({**message.payload(), "replace_original": False}).encode()
    try:
        request = urllib.request.Request(url, body, {"content-type": "application/json; charset=utf-8"})
        urllib.request.urlopen(request, timeout=timeout).close()
    except urllib.error.HTTPError as error:
        error.close()
        return f"response_url answered {error.code}"
    except Exception as error:  # of whatever kind: the click is acknowledged, and the outcome is all that is left to say
        return f"response_url failed: {type(error).__name__}"
    return None
