"""The lines of a conversation in a terminal: the person who says each, and the command in it."""

import re

from bot.strings import terminal as words
from bot.terminal.standin import YOU

_AS = re.compile(r"as (?P<person>\w{1,20})(?::(?P<line>.*))?", re.IGNORECASE | re.DOTALL)
_COMMAND = re.compile(r"/?techname(?:\s+(?P<text>.*))?", re.IGNORECASE | re.DOTALL)


class Aside(Exception):
    """A sentence of the console's own, in place of an answer of the bot's."""


class Conversation:
    """People's lines and the answers to them. `as Ada: …` is a line of Ada's; after `as Ada` all lines are hers."""

    def __init__(self, interactive: bool):
        self.interactive = interactive
        self.person = YOU

    def reply(self, line: str) -> str:
        """The text for one line. Raises Aside."""
        said = _AS.fullmatch(line.strip())
        if said and not (said["line"] or "").strip():
            self.person = said["person"]
            raise Aside(words.now_as(self.person))
        return self.answer_line(*((said["line"].strip(), said["person"]) if said else (line.strip(), self.person)))

    def answer_line(self, line: str, person: str) -> str:
        """The text for one line of a person's. Raises Aside."""
        raise NotImplementedError


def command_in(line: str) -> str:
    """The text of a command, with or without `/techname`. Raises Aside for a command of another app."""
    command = _COMMAND.fullmatch(line)
    if line.startswith("/") and not command:
        raise Aside(words.other_command(line.split()[0]))
    return (command["text"] or "" if command else line).strip()
