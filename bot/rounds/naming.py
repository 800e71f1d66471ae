"""When two names on a shortlist are one, and which a person may suggest."""

import hashlib

from bot import sameness
from bot.votes import Named

_KEY = 100  # characters; a line of words or notes may have many more, and a store takes some hundreds


def named(name: str) -> Named:
    """A name and the key under which it is one name, whatever its capitals, accents, spaces and punctuation.

    >>> named("Mr. Mime").key
    'mrmime'
    """
    key = sameness.key(name)
    return Named(key if len(key) <= _KEY else hashlib.sha256(key.encode()).hexdigest(), name)
