"""Slack's escapes of text, and typed text made safe to show."""

import re
import unicodedata

SHOWN = 80  # characters of typed text that an answer repeats
_INVISIBLE = ("Cc", "Cf", "Cs", "Co")  # control, format (right-to-left, zero-width), surrogate, private use
_LOOKALIKE = str.maketrans({"<": "‹", ">": "›", "`": "'"})


def escape(text: str) -> str:
    """Escape & < > as Slack wants them in message text, and as it sends them in a command.

    >>> escape("AT&T <*>")
    'AT&amp;T &lt;*&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(escaped: str, longest: int) -> str:
    """Shorten an escaped text if it is too long, but never inside an escape.

    >>> cut("AT&amp;T", 7)
    'AT…'
    """
    return escaped if len(escaped) <= longest else re.sub(r"&[a-z]*$", "", escaped[: longest - 1]) + "…"


def unescape(text: str) -> str:
    """Undo `escape`, exactly once.

    >>> unescape("&amp;lt;")
    '&lt;'
    """
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


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
