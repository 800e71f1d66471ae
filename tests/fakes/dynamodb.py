"""A server that speaks DynamoDB's protocol on loopback: moto's, made to take one request at a time."""

import copy
import io
import json
import logging
import socket
import threading
import time
from collections import deque
from itertools import count
from pathlib import Path

import yaml
from moto.dynamodb.models.table import Table
from moto.moto_server.werkzeug_app import create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.store.dynamodb_calls import Calls, connect

ACCOUNT = {"region_name": "us-east-1", "aws_access_key_id": "made-up", "aws_secret_access_key": "made-up"}
LOST = "lost"
_LEFT = {"BatchGetItem": "UnprocessedKeys", "BatchWriteItem": "UnprocessedItems"}
RESOURCES = Path(__file__).parents[2] / "tools" / "resources.yml"


def refusal(code: str, *reasons: str) -> dict:
    """DynamoDB's answer to a call that it does not carry out; reasons are those of a transaction's parts."""
    parts = {"CancellationReasons": [{"Code": reason} for reason in reasons]} if reasons else {}
    return {"__type": f"com.amazonaws.dynamodb.v20120810#{code}", "message": "refused by the tests", **parts}


def deployed(resource: str) -> dict:
    """The properties of a resource in tools/resources.yml."""
    return yaml.safe_load(RESOURCES.read_text())["Resources"][resource]["Properties"]


def schema() -> dict:
    """The table's keys as they are deployed."""
    properties = deployed("Remembered")
    return {name: properties[name] for name in ("BillingMode", "AttributeDefinitions", "KeySchema")}


def shallow_copy(table: Table, memo: dict) -> Table:
    """A table as it is now. moto copies it whole for every transaction, items and all; a put never changes an item in
    place."""
    twin = copy.copy(table)
    twin.items = table.items.copy()
    twin.items.update({team: dict(held) for team, held in table.items.items()})
    return twin


Table.__deepcopy__ = shallow_copy


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept, as DynamoDB keeps them

    def log_request(self, *_):
        """The tests' output is no access log."""


class DynamoDb:
    """The server, and tables on it."""

    def __init__(self):
        self._numbers, self._one = count(1), threading.Lock()
        self._failures: deque[dict | str | None] = deque()
        self.asked: deque[tuple[str, dict]] = deque(maxlen=99)  # the last requests, operation and body
        self.lasting = 0.0  # seconds for which a transaction holds its items against others
        self.conflicts, self._held = 0, {}
        self.leaving = 0.0  # of how many batches that are to come all but the first part is left for another time
        self._app = create_backend_app("dynamodb")
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.client = self.connect()  # making one takes a quarter of a second

    def fail(self, *failures: dict | str | None) -> None:
        """Let the next requests fail, one after the other: by an answer that refuses them, or LOST, after they were
        carried out; None lets one through."""
        self._failures.extend(failures)

    def recover(self) -> None:
        """Nothing fails any more."""
        self._failures.clear()

    def _answer(self, environ, start):
        """moto undoes a refused transaction by putting the whole table back as it was: what others wrote meanwhile
        would be gone."""
        with self._one:
            failure = self._failures.popleft() if self._failures else None
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            environ["wsgi.input"] = io.BytesIO(body)
            self.asked.append((environ["HTTP_X_AMZ_TARGET"].partition(".")[2], json.loads(body)))
            failure = failure or self._conflict(*self.asked[-1])
            if isinstance(failure, dict):
                start("400 Bad Request", [("Content-Type", "application/x-amz-json-1.0")])
                return [json.dumps(failure).encode()]
            if self.leaving and self.asked[-1][0] in _LEFT:
                self.leaving -= 1
                return self._partly(environ, start, *self.asked[-1])
            answer = list(self._app(environ, start))
            if failure == LOST:
                environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
            return answer

    def _partly(self, environ, start, operation: str, body: dict) -> list[bytes]:
        """DynamoDB may carry out a part of a batch, where that is a lot or it is busy, and give the rest back; moto
        never does."""
        [(table, given)] = body["RequestItems"].items()
        reads = operation == "BatchGetItem"
        parts = given["Keys"] if reads else given
        first, rest = ({"Keys": some} if reads else some for some in (parts[:1], parts[1:]))
        asked = json.dumps({"RequestItems": {table: first}}).encode()
        environ |= {"wsgi.input": io.BytesIO(asked), "CONTENT_LENGTH": str(len(asked))}
        answer = json.loads(b"".join(self._app(environ, lambda *said: None)))
        answer[_LEFT[operation]] = {table: rest} if parts[1:] else {}
        start("200 OK", [("Content-Type", "application/x-amz-json-1.0")])
        return [json.dumps(answer).encode()]

    def _conflict(self, operation: str, body: dict) -> dict | None:
        """DynamoDB refuses a transaction that meets another one at an item, were it only to check it; moto has no such
        time."""
        if operation != "TransactWriteItems" or not self.lasting:
            return None
        touched = {
            str(part.get("Key") or {name: part["Item"][name] for name in ("team", "key")})
            for parts in body["TransactItems"]
            for part in parts.values()
        }
        now = time.monotonic()
        if any(now < self._held.get(item, 0) for item in touched):
            self.conflicts += 1
            return refusal("TransactionCanceledException", *["TransactionConflict"] * len(touched))
        self._held |= dict.fromkeys(touched, now + self.lasting)
        return None

    def connect(self, **given):
        """A client such as the store makes on AWS, led to this server, which may be slow where much else is going
        on."""
        return connect(endpoint_url=self.url, **(ACCOUNT | {"read_timeout": 60} | given))

    def calls(self) -> Calls:
        """Calls on a new, empty table, made as tools/resources.yml says."""
        table = f"table-{next(self._numbers)}"
        self.client.create_table(TableName=table, **schema())
        return Calls(table, lambda: self.client, patience=60)

    def close(self) -> None:
        self.client.close()
        self._server.shutdown()
        self._server.server_close()
