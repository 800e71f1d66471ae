"""A server that speaks DynamoDB's protocol on loopback: moto's, made to take one request at a time."""

import copy
import logging
import threading
from itertools import count

from moto.dynamodb.models.table import Table
from moto.moto_server.werkzeug_app import create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

from bot.store.dynamodb_calls import Calls, connect

ACCOUNT = {"region_name": "us-east-1", "aws_access_key_id": "made-up", "aws_secret_access_key": "made-up"}
SCHEMA = {
    "BillingMode": "PAY_PER_REQUEST",
    "KeySchema": [{"AttributeName": "team", "KeyType": "HASH"}, {"AttributeName": "key", "KeyType": "RANGE"}],
    "AttributeDefinitions": [{"AttributeName": name, "AttributeType": "S"} for name in ("team", "key")],
}



def kept(table: Table, memo: dict) -> Table:
    """A table as it is now. moto copies it whole for every transaction, items and all; a put never changes an item in place."""
    twin = copy.copy(table)
    twin.items = table.items.copy()
    twin.items.update({team: dict(held) for team, held in table.items.items()})
    return twin


Table.__deepcopy__ = kept


class Handler(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"  # connections are kept, as DynamoDB keeps them

    def log_request(self, *_):
        """The tests' output is no access log."""


class DynamoDb:
    """The server, and tables on it."""

    def __init__(self):
        self._numbers, self._one = count(1), threading.Lock()
        self._app = create_backend_app("dynamodb")
        logging.getLogger("werkzeug").setLevel(logging.ERROR)
        self._server = make_server("127.0.0.1", 0, self._answer, threaded=True, request_handler=Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self._client = self.connect()  # making one takes a quarter of a second

    def _answer(self, environ, start):
        """moto undoes a refused transaction by putting the whole table back as it was: what others wrote meanwhile would be gone."""
        with self._one:
            return list(self._app(environ, start))

    def connect(self, **given):
        """A client such as the store makes on AWS, led to this server, which may be slow where much else is going on."""
        return connect(endpoint_url=self.url, **(ACCOUNT | {"read_timeout": 60} | given))

    def calls(self) -> Calls:
        """Calls on a new, empty table with the keys that tools/resources.yml gives it."""
        table = f"table-{next(self._numbers)}"
        self._client.create_table(TableName=table, **SCHEMA)
        return Calls(table, lambda: self._client, patience=60)

    def close(self) -> None:
        self._client.close()
        self._server.shutdown()
        self._server.server_close()
