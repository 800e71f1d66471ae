"""The base of all typed commands: a verb, and the words after it."""

from collections.abc import Iterable
from typing import ClassVar


class Command:
    """A typed command; each subclass has its verb."""

    verb: ClassVar[str]

    def __init_subclass__(cls, verb: str | None = None):
        if verb:
            cls.verb = verb

    def words(self) -> Iterable[str]:
        """The words after the verb, in quotes if need be."""
        return ()

    def command(self) -> str:
        """The command as somebody would type it."""
        return " ".join([self.verb, *self.words()])
