"""The answers of probes, as typed values."""

from typing import NamedTuple

# A page's status means "taken" or "free", as the operator has set it up. A domain is never called free: it may be
# registered without a record.
TAKEN, FREE = "taken", "free"
IN_USE, NO_RECORD = "in use", "no record"
UNKNOWN = "unknown"
IMPOSSIBLE = "impossible"  # no domain can have that name


class Answer(NamedTuple):
    """One of the words above, with a reason if it is UNKNOWN."""

    said: str
    reason: str = ""


class Verdict(NamedTuple):
    """A probe's answer about a name; `asked` is the address or the domain, empty if there can be none."""

    name: str
    label: str
    asked: str
    said: str
    reason: str = ""
