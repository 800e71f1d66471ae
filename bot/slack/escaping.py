"""The three characters that Slack escapes in texts and commands."""

import re


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
