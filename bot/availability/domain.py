"""A domain that has a record in DNS or not.

getaddrinfo and not a DNS library: it asks as this machine asks (its resolver, its VPN, its hosts file), costs no
dependency, and on Linux tells a domain without an address (in use) from one that is not there. That it may hang is the
deadline's to bear.
"""

import socket
from typing import NamedTuple

from bot.availability.call import Call
from bot.availability.slugs import domain_label
from bot.availability.verdict import IN_USE, NO_RECORD, UNKNOWN, Answer
from bot.strings import taken as words

RESOLVER = ""  # the host that stands for whoever answers for DNS
_NO_ADDRESS = getattr(socket, "EAI_NODATA", socket.EAI_NONAME)  # the same where the platform does not tell them apart


class Domain(NamedTuple):
    """The domains of one suffix, such as `.com`; `known` is one that is in use for sure, where the operator has said
    one."""

    suffix: str
    known: str = ""

    @property
    def host(self) -> str:
        """Who is asked."""
        return RESOLVER

    @property
    def label(self) -> str:
        return self.suffix

    def asked(self, name: str) -> str:
        """The domain of a name, or nothing where there can be none."""
        label = domain_label(name)
        return label + self.suffix if label else ""

    def ask(self, domain: str, call: Call) -> Answer:
        try:
            call.resolve(f"{domain}.", None)  # the dot: no search list may turn it into another's
        except socket.gaierror as error:
            if error.errno == socket.EAI_NONAME:
                return Answer(NO_RECORD)
            return Answer(IN_USE) if error.errno == _NO_ADDRESS else Answer(UNKNOWN, words.NO_ANSWER)
        except (OSError, UnicodeError):
            return Answer(UNKNOWN, words.NO_ANSWER)
        return Answer(IN_USE)
