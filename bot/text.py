"""The three characters Slack escapes in text, to and fro, and what is typed made safe to show again."""

import re
import unicodedata

SHOWN = 80  # characters of what somebody typed that an answer repeats
_INVISIBLE = ("Cc", "Cf", "Cs", "Co")  # control, format (right-to-left, zero-width), surrogate, private use
_LOOKALIKE = str.maketrans({"<": "‹", ">": "›", "`": "'"})


def escape(text: str) -> str:
    """Write & < > as Slack wants them in message text, and as it sends them in a command.

    >>> escape("AT&T <*>")
    'AT&amp;T &lt;*&gt;'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(escaped: str, longest: int) -> str:
    """An escaped text, shortened where it is too long and never inside of an escape.

    >>> cut("AT&amp;T", 7)
    'AT…'
    """
    return escaped if len(escaped) <= longest else re.sub(r"&[a-z]*$", "", escaped[: longest - 1]) + "…"


def unescape(text: str) -> str:
    """Read those three back, exactly once.

    >>> unescape("&amp;lt;")
    '&lt;'
    """
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def invisible(char: str) -> bool:
    """True for what takes no ink and is no space: control characters, direction marks, zero-width joints."""
    return unicodedata.category(char) in _INVISIBLE and not char.isspace()


def harmless(text: str, longest: int = SHOWN) -> str:
    """Shorten what somebody typed and make it safe to show: nothing unseen, no mention of anybody.

    >>> harmless("<!channel> \\u202egnp")
    '‹!channel› [U+202E]gnp'
    """
    seen = "".join(f"[U+{ord(char):04X}]" if invisible(char) else char for char in text[: longest + 1])
    seen = re.sub(r"\s+", " ", seen).translate(_LOOKALIKE)
    seen = re.sub(r"@(?=here|channel|everyone)", "＠", seen, flags=re.IGNORECASE)
    return seen if len(text) <= longest and len(seen) <= longest else seen[: longest - 1] + "…"
