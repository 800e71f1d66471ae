"""One call to DynamoDB, tried again while that helps and Slack still waits: the only door through which boto3 comes
in."""

import math
import random
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from bot.store import Conflict, Unavailable
from bot.strings import operating as words

# Slack waits 3 s for the whole answer: a call takes PATIENCE and the two timeouts of its last attempt at most.
PATIENCE = 1.2
CONNECT, READ = 0.4, 0.8  # seconds
_PAUSE, _LONGEST = 0.01, 0.2  # seconds: attempts stand at most that far apart, at first and at last
_REST = 2.0  # seconds without a further attempt after a call was given up
# Somebody else's transaction holds an item, DynamoDB asks for less, or an answer got lost: the same call may go through
# in a moment.
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
    """A client that gives up in time and leaves trying again to us; what is given goes to boto3."""
    import boto3
    from botocore.config import Config

    config = Config(
        connect_timeout=CONNECT, read_timeout=read_timeout, retries={"total_max_attempts": 1}, tcp_keepalive=True
    )
    return boto3.session.Session().client("dynamodb", config=config, **given)


class Calls:
    """Calls on one table, from any thread; the client is made at the first.

    No attempt at a call begins later than `patience` seconds after the first; `draw` gives numbers in [0, 1) for the
    pauses. After a call that was given up others are given up at once for a while: one command asks several times.
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
        """DynamoDB's answer. Raises Conflict where a condition does not hold, Unavailable where there is no answer in
        time."""
        return self._call(operation, given, time.monotonic() + self._patience)

    def batches(self, operation: str, left_in: str, asked: dict) -> Iterator[dict]:
        """DynamoDB's answers to a batch: what it leaves for another time, in that field of an answer, is asked for
        again.

        No attempt at any part of it begins later than at a single call. Raises Unavailable.
        """
        ends, pauses = time.monotonic() + self._patience, self._pauses()
        while True:
            answer = self._call(operation, {"RequestItems": asked}, ends)
            yield answer
            asked, pause = answer.get(left_in), next(pauses)
            if not asked:
                return
            if time.monotonic() + pause > ends:
                raise Unavailable(words.no_table(self.table, left_in))
            time.sleep(pause)

    def _call(self, operation: str, given: dict, ends: float) -> dict:
        """The answer to a call of which no attempt begins after `ends`, in time.monotonic() seconds."""
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
                if time.monotonic() + pause > ends:
                    self._given_up = time.monotonic(), words.no_table(self.table, error)
                    raise Unavailable(self._given_up[1]) from error
            time.sleep(pause)

    def _check_passing(self, operation: str, error: Exception) -> None:
        """Raise what an error means, unless the same call may go through in a moment."""
        codes = _codes(error)
        if codes & _UNMET:
            raise Conflict(operation) from error
        if not codes & _PASSING:
            raise Unavailable(words.no_table(self.table, error)) from error

    def _pauses(self) -> Iterator[float]:
        """Seconds between attempts, drawn so that those who met at one item do not meet again, and longer and
        longer."""
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
    """Why a call failed; a transaction is refused for each of its parts that was."""
    response = getattr(error, "response", None)
    if not isinstance(response, dict):
        return {type(error).__name__}
    reasons = {reason.get("Code", "None") for reason in response.get("CancellationReasons", ())} - {"None"}
    return reasons or {response["Error"]["Code"]}
