"""Lines of text as words and punctuation, and back: a word keeps its apostrophes and hyphens, a sign stands alone."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

_JOINED = ",.;:!?…%"  # stand against the word before them
_OPENING = "¿¡"  # and against the word behind them
_DASHES = "–—"
# What a model could open and not close, or close unopened.
_UNPAIRED = dict.fromkeys(map(ord, '"“”„«»()[]{}'), " ") | {ord("’"): "'", ord("‘"): "'"}
_ENDS = frozenset(".!?…")
# Abbreviations, whose stop is part of the word: letters with a stop each, and those that are no words without it.
_SHORT = (
    r"(?<!\w)(?:[^\W\d_]\.){2,}|(?<![\w'])(?i:mr|mrs|ms|dr|prof|st|jr|sr|vs|etc|vol|fig|bzw|ca|mme|mlle)\.(?=[ ,;:]|$)"
)
# One of these, a number with its signs, a row of dots, a sign, or whatever else stands without a space.
_TOKEN = re.compile(
    rf"{_SHORT}|\d+(?:[.,:]\d+)+|\.\.+|[{_JOINED}{_OPENING}{_DASHES}]|[^\s{_JOINED}{_OPENING}{_DASHES}]+"
)
# Words that begin with an apostrophe; another ' in front of a word opens a quotation.
_CLIPPED = re.compile(
    r"'(?:\d\d|(?:n|em|im|er|tis|twas|twere|twill|til|till|cause|cuz|cos|bout|round|neath|fore|gainst|tween|nother|nuff"
    r"|ello|ere|nd|s|t)\b)",
    re.IGNORECASE,
)
_OPENED, _CLOSED = re.compile(r"(?<![\w'])'(?=[\w([¿¡…])"), re.compile(r"(?<=[,.;:!?…])'(?!\w)|(?<=\w)'(?!\w)")


def words(text: str) -> tuple[str, ...]:
    """The words and signs of a line as they are written; quotation marks and brackets are left out.

    >>> words("Can't stop, won't stop: 3.5 miles...")
    ("Can't", 'stop', ',', "won't", 'stop', ':', '3.5', 'miles', '…')
    """
    plain = _unquoted(unicodedata.normalize("NFC", text).translate(_UNPAIRED))
    return tuple("…" if token.startswith("..") else token for token in _TOKEN.findall(plain))


def _unquoted(text: str) -> str:
    """A line without single quotation marks; an apostrophe (don't, dogs', runnin', 'tis) stays.

    A mark behind a comma or a stop closes, one behind a letter if one is open. A mark before a word opens, if it is
    closed later or a capital follows, unless the word is known to begin with an apostrophe.

    >>> _unquoted("'I don't know,' said Tom. 'Tis the dogs' 'n' runnin'")
    " I don't know,  said Tom. 'Tis the dogs' 'n' runnin'"
    """
    if "'" not in text:
        return text
    opens = [found.start() for found in _OPENED.finditer(text) if not _CLIPPED.match(text, found.start())]
    closes = [found.start() for found in _CLOSED.finditer(text)]
    marks = {at for at in closes if not text[at - 1].isalnum()}
    for begin, end in zip(opens, [*opens[1:], len(text)], strict=False):
        behind = closes[bisect_right(closes, begin) : bisect_left(closes, end)]
        close = next((at for at in behind if at in marks), None)
        # Behind an s it may be an apostrophe.
        close = close or next((at for at in behind if text[at - 1] not in "sS"), (behind or [None])[-1])
        if close is not None or text[begin + 1].isupper():
            marks |= {begin} if close is None else {begin, close}
    return "".join(" " if i in marks else char for i, char in enumerate(text))


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
