"""One call to DynamoDB, tried again while that helps and Slack still waits: the only door through which boto3 comes in."""

import random
import threading
import time
from collections.abc import Callable
from typing import Any

from bot.store import Conflict, Unavailable
from bot.words import store as words

# Slack waits 3 s for the whole answer: a call takes PATIENCE and the two timeouts of its last attempt at most.
PATIENCE = 1.2
CONNECT, READ = 0.4, 0.8  # seconds
_PAUSE, _LONGEST = 0.01, 0.2  # seconds: attempts stand at most that far apart, at first and at last
# Somebody else's transaction holds an item, DynamoDB asks for less, or an answer got lost: the same call may go through in a moment.
_PASSING = {
    "TransactionConflict", "TransactionConflictException", "TransactionInProgressException", "ThrottlingError", "ThrottlingException",
    "ProvisionedThroughputExceeded", "ProvisionedThroughputExceededException", "RequestLimitExceeded", "EndpointConnectionError",
    "ConnectTimeoutError", "InternalServerError", "ServiceUnavailable", "ReadTimeoutError", "ConnectionClosedError", "HTTPClientError",
}
_UNMET = {"ConditionalCheckFailed", "ConditionalCheckFailedException"}


def connect(read_timeout: float = READ, **given: Any) -> Any:
    """A client that gives up in time and leaves trying again to us; what is given goes to boto3."""
    import boto3
    from botocore.config import Config

    config = Config(connect_timeout=CONNECT, read_timeout=read_timeout, retries={"total_max_attempts": 1}, tcp_keepalive=True)
    return boto3.session.Session().client("dynamodb", config=config, **given)


class Calls:
    """Calls on one table, from any thread; the client is made at the first.

    No attempt at a call begins later than `patience` seconds after the first; `draw` gives numbers in [0, 1) for the pauses.
    """

    def __init__(self, table: str, connect: Callable[[], Any] = connect, patience: float = PATIENCE,
                 draw: Callable[[], float] = random.random):
        self.table = table
        self._connect, self._patience, self._draw = connect, patience, draw
        self._lock = threading.Lock()
        self._client: Any = None

    def __call__(self, operation: str, **given: Any) -> dict:
        """DynamoDB's answer. Raises Conflict where a condition does not hold, Unavailable where there is no answer in time."""
        from botocore.exceptions import BotoCoreError, ClientError

        ends, pause = time.monotonic() + self._patience, _PAUSE
        while True:
            try:
                return getattr(self._connected(), operation)(**given)
            except ClientError as error:
                codes, trouble = _codes(error.response), error
            except BotoCoreError as error:
                codes, trouble = {type(error).__name__}, error
            if codes & _UNMET:
                raise Conflict(operation) from trouble
            wait = pause * self._draw()
            if not codes & _PASSING or time.monotonic() + wait > ends:
                raise Unavailable(words.no_table(self.table, trouble)) from trouble
            time.sleep(wait)
            pause = min(2 * pause, _LONGEST)

    def _connected(self) -> Any:
        with self._lock:  # boto3 makes clients for one thread at a time, and lets many use them
            if self._client is None:
                self._client = self._connect()
            return self._client


def _codes(response: dict) -> set[str]:
    """Why a call was refused; a transaction is refused for each of its parts that was."""
    reasons = {reason.get("Code", "None") for reason in response.get("CancellationReasons", ())} - {"None"}
    return reasons or {response["Error"]["Code"]}
