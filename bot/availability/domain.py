"""A domain that has a record in DNS or not.

getaddrinfo needs no dependency and asks as this machine does, by its resolver, VPN and hosts file. On Linux it tells a
domain without an address (in use) from a domain that does not exist. It may hang, so the prober has a deadline.
"""

import socket
from typing import NamedTuple

from bot.availability.call import Call
from bot.availability.slugs import domain_label
from bot.availability.verdict import IN_USE, NO_RECORD, UNKNOWN, Answer
from bot.strings import taken as words

RESOLVER = ""  # stands for the host of the DNS resolver
_NO_ADDRESS = getattr(socket, "EAI_NODATA", socket.EAI_NONAME)  # or one for both


class Domain(NamedTuple):
    """The domains of one suffix, such as `.com`; `known` is certainly in use, if the operator has given one."""

    suffix: str
    known: str = ""

    @property
    def host(self) -> str:
        """The host to ask: the resolver."""
        return RESOLVER

    @property
    def label(self) -> str:
        return self.suffix

    def asked(self, name: str) -> str:
        """The domain of a name; empty if there can be none."""
        label = domain_label(name)
        return label + self.suffix if label else ""

    def ask(self, domain: str, call: Call) -> Answer:
        try:
            call.resolve(f"{domain}.", None)  # the dot keeps a search list from changing it
        except socket.gaierror as error:
            if error.errno == socket.EAI_NONAME:
                return Answer(NO_RECORD)
            return Answer(IN_USE) if error.errno == _NO_ADDRESS else Answer(UNKNOWN, words.NO_ANSWER)
        except (OSError, UnicodeError):
            return Answer(UNKNOWN, words.NO_ANSWER)
        return Answer(IN_USE)
