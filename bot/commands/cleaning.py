"""Text as it arrives becomes one clean line: phones and rich text editors change what people type."""

import re
import unicodedata

from bot.errors import BadInput
from bot.strings import reading as words
from bot.text import invisible

LONGEST = 1000  # characters of a command; the longest that a Request writes has half of that
_SINGLE, _DOUBLE = "‘’‚‛′＇", "“”„‟″«»＂"
_DASHES = "‐‑‒–—―−﹘﹣－"  # a phone turns -- into an em dash
_TYPED = str.maketrans(
    {
        **dict.fromkeys(_SINGLE, "'"),
        **dict.fromkeys(_DOUBLE, '"'),
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys("＊∗⁎", "*"),
        "`": " ",  # a pattern typed as code
        "…": "...",
    }
)
_DOTS = re.compile(r"\.{4,}")


def clean(text: str) -> str:
    """Straighten quotes, dashes and spaces, compose accents. Raises BadInput for invisible characters.

    >>> clean("complete\\u00a0mo… “mr. *”")
    'complete mo... "mr. *"'
    """
    if len(text) > LONGEST:
        raise BadInput(words.too_long(len(text), LONGEST))
    line = straighten(text)
    hidden = next(filter(invisible, line), None)
    if hidden:
        without = "".join(char for char in line if not invisible(char))
        raise BadInput(words.unseen(hidden), [without])
    return unicodedata.normalize("NFC", line)


def straighten(line: str) -> str:
    """Replace typographic marks by plain ones, four dots and more by three, and white space by single spaces."""
    return re.sub(r"\s+", " ", _DOTS.sub("...", line.translate(_TYPED))).strip()
