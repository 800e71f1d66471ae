"""When two names of a list are one. Names on a shortlist have a key of their own (see voting.identity)."""

import generator
from corpora import notes


def key(name: str) -> str:
    """The key of a name: its letters and digits; the whole text of a tune, since C4 is not C#4.

    >>> key("Mr. Mime") == key("mr-mime"), key("C4 E4:0.5") == key("C#4 E4:0.5")
    (True, False)
    """
    words = name.split()
    return name if len(words) > 1 and all(map(notes.note, words)) else generator.key(name)
