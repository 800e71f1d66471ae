"""Commands of the chat, as a shell takes them."""

import re
import shlex
from collections.abc import Mapping
from types import MappingProxyType

from bot.commands.quoting import OpenQuote, split


def shell_form(message: str, instead: Mapping[str, str] = MappingProxyType({})) -> str:
    """Rewrite each `/techname …` in a message as a shell takes it; `instead` replaces some of its words.

    >>> shell_form("For example `/techname complete mo***`.")
    "For example `techname complete 'mo***'`."
    """
    return re.sub(r"`/(techname(?: [^`]*)?)`", lambda found: f"`{_for_shell(found[1], instead)}`", message)


def _for_shell(command: str, instead: Mapping[str, str]) -> str:
    """Quote the words of a command that has no slash; leave it alone if a quote of it is open."""
    try:
        return " ".join(instead.get(word) or shlex.quote(word) for word in split(command))
    except OpenQuote:
        return command
