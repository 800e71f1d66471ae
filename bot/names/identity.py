"""When two names that were written are one."""

import generator
from corpora import notes


def key(name: str) -> str:
    """What is left of a name to tell it from others: its letters and digits; of a tune every sign, since C4 is not C#4.

    >>> key("Mr. Mime") == key("mr-mime"), key("C4 E4:0.5") == key("C#4 E4:0.5")
    (True, False)
    """
    words = name.split()
    return name if len(words) > 1 and all(map(notes.note, words)) else generator.key(name)
