"""Lines of text as words and punctuation, and back: a word keeps its apostrophes and hyphens, a sign stands alone."""

import re
import unicodedata
from collections.abc import Sequence

_JOINED = ",.;:!?…%"  # stand against the word before them
_OPENING = "¿¡"  # and against the word behind them
_DASHES = "–—"
# What a model could open and not close, or close unopened.
_UNPAIRED = dict.fromkeys(map(ord, '"“”„«»()[]{}'), " ") | {ord("’"): "'", ord("‘"): "'"}
_ENDS = frozenset(".!?…")
# A number with its signs, a row of dots, a sign, or whatever else stands without a space.
_TOKEN = re.compile(rf"\d+(?:[.,:]\d+)+|\.\.+|[{_JOINED}{_OPENING}{_DASHES}]|[^\s{_JOINED}{_OPENING}{_DASHES}]+")


def words(text: str) -> tuple[str, ...]:
    """The words and signs of a line as they are written; quotation marks and brackets are left out.

    >>> words("Can't stop, won't stop: 3.5 miles...")
    ("Can't", 'stop', ',', "won't", 'stop', ':', '3.5', 'miles', '…')
    """
    plain = unicodedata.normalize("NFC", text).translate(_UNPAIRED)
    return tuple("…" if token.startswith("..") else token for token in _TOKEN.findall(plain))


def split(text: str) -> tuple[str, ...]:
    """The tokens of a line: its words and signs in lower case."""
    return tuple(unicodedata.normalize("NFC", word.lower()) for word in words(text))


def join(tokens: Sequence[str]) -> str:
    """Words and signs as text, no space before a comma.

    >>> join(("stop", ",", "look", "and", "listen", "!"))
    'stop, look and listen!'
    """
    text = ""
    for token in tokens:
        close = not text or token in _JOINED or text[-1] in _OPENING
        text += token if close else f" {token}"
    return text


def starts(tokens: Sequence[str]) -> list[int]:
    """The places where a sentence begins: its first word behind the end of another, or in front."""
    places, open_ = [], True
    for i, token in enumerate(tokens):
        if open_ and any(map(str.isalnum, token)):
            places.append(i)
            open_ = False
        elif token in _ENDS:
            open_ = True
    return places


def write(tokens: Sequence[str]) -> str:
    """A line with a capital where a sentence begins.

    >>> write(("one", "more", "time", "!", "hold", "it", ",", "there"))
    'One more time! Hold it, there'
    """
    capital = set(starts(tokens))
    return join([_capital(token) if i in capital else token for i, token in enumerate(tokens)])


def _capital(word: str) -> str:
    """A word with its first letter as a capital, behind an apostrophe too; a letter that would become two (ß) stays."""
    for i, char in enumerate(word):
        if char.isalnum():
            upper = char.upper()
            return word if len(upper) > 1 else word[:i] + upper + word[i + 1 :]
    return word
