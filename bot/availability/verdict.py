"""What a probe found out, as typed values."""

from typing import NamedTuple

# A page says "taken" or "free", as its set-up reads its status; a domain is never said to be free, for it may be
# registered unused.
TAKEN, FREE = "taken", "free"
IN_USE, NO_RECORD = "in use", "no record"
UNKNOWN = "unknown"
IMPOSSIBLE = "impossible"  # no domain can be called so


class Answer(NamedTuple):
    """One of the words above; where it is UNKNOWN, why."""

    said: str
    reason: str = ""


class Verdict(NamedTuple):
    """What the probe of that label says of a name; `asked` is the address or the domain, or nothing where there can be
    none."""

    name: str
    label: str
    asked: str
    said: str
    reason: str = ""
