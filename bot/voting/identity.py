"""When two names on a shortlist are one."""

import hashlib
import unicodedata

import generator
from bot.voting.votes import Named

_KEY = 100  # characters; a line of words or notes may have many more, and a store takes some hundreds


def named(name: str) -> Named:
    """A name and the key under which it is one name, whatever its capitals, accents, spaces and punctuation.

    The vowels that some scripts write as marks are letters here: without them other names would share a name's votes.

    >>> named("Mr. Mime").key, named("กิ").key == named("กา").key
    ('mrmime', False)
    """
    folded = generator.fold(name)
    key = "".join(char for char in folded if unicodedata.category(char)[0] in "LMN") or folded
    return Named(key if len(key) <= _KEY else hashlib.sha256(key.encode()).hexdigest(), name)
