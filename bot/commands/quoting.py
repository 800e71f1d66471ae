"""Quotes hold spaces together: `split` takes a line apart into words, `quote` writes one word."""

import re

_WORD = re.compile(
    # A backslash keeps its next character
    r"""(?P<key>-*[A-Za-z]+=)?(?P<mark>["'])(?P<held>(?:\\.|[^\\])*?)(?P=mark)(?=\s|$)
        |(?P<bare>\S+)""",
    re.VERBOSE | re.DOTALL,
)


class OpenQuote(ValueError):
    """A word opens with a quote that never closes; the argument is the word."""


def split(line: str) -> list[str]:
    """Split a line at its spaces. A word with a quote at its start, or after `key=`, ends at the next such quote.

    A quote inside a word is a letter, so farfetch'* needs no quotes. Raises OpenQuote.

    >>> split('complete "mr. *" contains="e g" pokemon')
    ['complete', 'mr. *', 'contains=e g', 'pokemon']
    """
    return [_held(found) for found in _WORD.finditer(line)]


def _held(found: re.Match) -> str:
    if found["mark"]:
        return (found["key"] or "") + found["held"]
    if found["bare"][0] in "\"'":
        raise OpenQuote(found["bare"])
    return found["bare"]


def quote(word: str) -> str:
    """Write one word so that `split` reads it back, without quotes if possible.

    >>> quote("mr. *"), quote("contains=r. m")
    ('"mr. *"', 'contains="r. m"')
    """
    key, equals, value = word.partition("=")
    for written in (word, f'{key}{equals}"{value}"', f'"{word}"', f"'{word}'"):
        if _reads_back(written, word):
            return written
    return word


def _reads_back(written: str, word: str) -> bool:
    try:
        return split(written) == [word]
    except OpenQuote:
        return False
