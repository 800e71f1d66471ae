"""Typed text made safe to show."""

import re
import unicodedata

SHOWN = 80  # characters of typed text that an answer repeats
_INVISIBLE = ("Cc", "Cf", "Cs", "Co")  # control, format (right-to-left, zero-width), surrogate, private use
_LOOKALIKE = str.maketrans({"<": "‹", ">": "›", "`": "'"})


def invisible(char: str) -> bool:
    """Tell whether a character shows nothing and is no space: controls, direction marks, zero-width joiners."""
    return unicodedata.category(char) in _INVISIBLE and not char.isspace()


def harmless(text: str, longest: int = SHOWN) -> str:
    """Shorten typed text and make it safe to show: no invisible characters, no mentions.

    >>> harmless("<!channel> \\u202egnp")
    '‹!channel› [U+202E]gnp'
    """
    seen = "".join(f"[U+{ord(char):04X}]" if invisible(char) else char for char in text[: longest + 1])
    seen = re.sub(r"\s+", " ", seen).translate(_LOOKALIKE)
    seen = re.sub(r"@(?=here|channel|everyone)", "＠", seen, flags=re.IGNORECASE)
    return seen if len(text) <= longest and len(seen) <= longest else seen[: longest - 1] + "…"
