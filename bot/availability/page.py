"""A page that exists or not: one HTTP request, of which only the status is read."""

import ssl
from functools import cache
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import NamedTuple
from urllib.parse import quote, urlsplit

from bot.availability.call import Call
from bot.availability.slugs import slug
from bot.availability.verdict import UNKNOWN, Answer
from bot.strings import taken as words

PLACE = "{name}"
AGENT = "techname"


class Page(NamedTuple):
    """An address with a place for the name, and the meanings of its statuses; other statuses mean nothing.

    `known` is a name that is certainly taken there, if the operator has given one.
    """

    label: str
    address: str
    meanings: tuple[tuple[int, str], ...]
    method: str = "GET"
    joint: str = "-"
    known: str = ""

    @property
    def host(self) -> str:
        """The host, which gets only a few questions at a time."""
        return urlsplit(self.address).netloc.lower()

    def asked(self, name: str) -> str:
        """The address for a name; no name can change its host or its path."""
        return self.address.replace(PLACE, quote(slug(name, self.joint), safe=""))

    def ask(self, address: str, call: Call) -> Answer:
        """One request: no redirect is followed, no body read, and there is no second try."""
        try:
            status = _status(self.method, address, call)
        except (OSError, HTTPException, ValueError):  # ValueError: TLS on a closed connection
            return Answer(UNKNOWN, words.LATE if call.left() <= 0 else words.NO_ANSWER)
        said = dict(self.meanings).get(status, UNKNOWN)
        return Answer(said, words.odd_status(status) if said == UNKNOWN else "")


def _status(method: str, address: str, call: Call) -> int:
    parts = urlsplit(address)
    connection = _connection(parts, call.left())
    try:
        connection.connect()
        call.hold(connection.sock)
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request(method, target, headers={"User-Agent": call.agent, "Connection": "close"})
        return connection.getresponse().status
    finally:
        connection.close()


def _connection(parts, timeout: float) -> HTTPConnection:
    if timeout <= 0:
        raise TimeoutError
    if parts.scheme == "https":
        return HTTPSConnection(parts.hostname, parts.port, timeout=timeout, context=_trust())
    return HTTPConnection(parts.hostname, parts.port, timeout=timeout)


@cache
def _trust() -> ssl.SSLContext:
    """The system's certificates; loading them takes tens of milliseconds."""
    return ssl.create_default_context()
