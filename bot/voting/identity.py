"""The key of a name: two spellings with one key share their votes."""

import hashlib
import unicodedata

import generator
from bot.voting.votes import Named

_KEY = 100  # characters; a line of words or notes may have many more, and a store takes some hundreds


def named(name: str) -> Named:
    """A name with its key, which ignores capitals, accents, spaces and punctuation.

    Some scripts write vowels as marks. They stay in the key: without them different names would share their votes.

    >>> named("Mr. Mime").key, named("กิ").key == named("กา").key
    ('mrmime', False)
    """
    folded = generator.fold(name)
    key = "".join(char for char in folded if unicodedata.category(char)[0] in "LMN") or folded
    return Named(key if len(key) <= _KEY else hashlib.sha256(key.encode()).hexdigest(), name)
