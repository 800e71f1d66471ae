"""Calls to DynamoDB, each tried again while that may help and Slack still waits. Only this module imports boto3."""

import math
import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from bot.store import Conflict, Unavailable, deadline
from bot.strings import operating as words

# Slack waits 3 s for the whole answer. A call takes at most PATIENCE and the two timeouts of its last attempt.
PATIENCE = 1.2
CONNECT, READ = 0.4, 0.8  # seconds
_PAUSE, _LONGEST = 0.01, 0.2  # seconds: the longest pause after the first attempt, and after later ones
_REST = 2.0  # seconds without a further attempt after a call was given up
# Another transaction holds an item, DynamoDB throttles, or an answer was lost: the same call may soon succeed.
_PASSING = {
    "TransactionConflict",
    "TransactionConflictException",
    "TransactionInProgressException",
    "ThrottlingError",
    "ThrottlingException",
    "ProvisionedThroughputExceeded",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "EndpointConnectionError",
    "ConnectTimeoutError",
    "InternalServerError",
    "ServiceUnavailable",
    "ReadTimeoutError",
    "ConnectionClosedError",
    "HTTPClientError",
}
_UNMET = {"ConditionalCheckFailed", "ConditionalCheckFailedException"}


def connect(read_timeout: float = READ, **given: Any) -> Any:
    """Make a client that gives up in time and does not retry; `Calls` does. `given` goes to boto3."""
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=CONNECT, read_timeout=read_timeout, retries={"total_max_attempts": 1}, tcp_keepalive=True
    )
    return boto3.session.Session().client("dynamodb", config=config, **given)


class Calls:
    """Calls on one table, from any thread. The client is made at the first call.

    No further attempt at a call begins later than `patience` seconds after the first, nor after the deadline of the
    request; `draw` gives numbers in [0, 1) for the pauses. After a call's own patience is used up, others are refused
    at once for a while, since one command makes several calls.
    """

    def __init__(
        self,
        table: str,
        connect: Callable[[], Any] = connect,
        patience: float = PATIENCE,
        draw: Callable[[], float] = random.random,
    ):
        self.table = table
        self._connect, self._patience, self._draw = connect, patience, draw
        self._lock = threading.Lock()
        self._client: Any = None
        self._given_up: tuple[float, str] = (-math.inf, "")  # when, and why

    def __call__(self, operation: str, **given: Any) -> dict:
        """Give DynamoDB's answer. Raises Conflict if a condition does not hold, Unavailable if none comes in time."""
        return self._call(operation, given, time.monotonic() + self._patience)

    def batches(self, operation: str, left_in: str, asked: dict) -> Iterator[dict]:
        """Give DynamoDB's answers to a batch, and ask again for the items that it leaves in the field `left_in`.

        All parts together have the time of a single call. Raises Unavailable.
        """
        ends, pauses = time.monotonic() + self._patience, self._pauses()
        while True:
            answer = self._call(operation, {"RequestItems": asked}, ends)
            yield answer
            asked, pause = answer.get(left_in), next(pauses)
            if not asked:
                return
            if time.monotonic() + pause > min(ends, deadline.ends()):
                raise Unavailable(words.no_table(self.table, left_in))
            time.sleep(pause)

    def _call(self, operation: str, given: dict, ends: float) -> dict:
        """Give the answer to a call. No further attempt begins after `ends`, in time.monotonic() seconds."""
        from botocore.exceptions import BotoCoreError, ClientError

        when, why = self._given_up
        if time.monotonic() < when + _REST:
            raise Unavailable(why)
        pauses = self._pauses()
        while True:
            try:
                return getattr(self._connected(), operation)(**given)
            except (BotoCoreError, ClientError) as error:
                self._check_passing(operation, error)
                pause = next(pauses)
                if time.monotonic() + pause > min(ends, deadline.ends()):
                    trouble = words.no_table(self.table, error)
                    if time.monotonic() + pause > ends:
                        self._given_up = time.monotonic(), trouble
                    raise Unavailable(trouble) from error
            time.sleep(pause)

    def _check_passing(self, operation: str, error: Exception) -> None:
        """Raise Conflict or Unavailable, unless the same call may soon succeed."""
        codes = _codes(error)
        if codes & _UNMET:
            raise Conflict(operation) from error
        if not codes & _PASSING:
            raise Unavailable(words.no_table(self.table, error)) from error

    def _pauses(self) -> Iterator[float]:
        """Give the seconds between attempts: longer and longer, and random, so that two writers do not meet again."""
        longest = _PAUSE
        while True:
            yield longest * self._draw()
            longest = min(2 * longest, _LONGEST)

    def _connected(self) -> Any:
        with self._lock:  # boto3 makes clients for one thread at a time, and lets many use them
            if self._client is None:
                self._client = self._connect()
            return self._client


def _codes(error: Exception) -> set[str]:
    """Give the codes of an error; a refused transaction has one for each part that was refused."""
    response = getattr(error, "response", None)
    if not isinstance(response, dict):
        return {type(error).__name__}
    reasons = {reason.get("Code", "None") for reason in response.get("CancellationReasons", ())} - {"None"}
    return reasons or {response["Error"]["Code"]}
