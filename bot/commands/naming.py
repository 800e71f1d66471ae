"""The whole names of `taken NAME` and `suggest NAME`."""

import re
from collections.abc import Sequence

from bot.commands.quoting import quote
from bot.commands.request import Taken
from bot.errors import BadInput
from bot.strings import taken as words

MOST, LONGEST = 5, 64  # names at once, characters of one
_PASTED = re.compile(r"^([*_~])([^*_~]+)\1$")
_HOLE = re.compile(r"\*|\.\.\.")


def read_names(typed: Sequence[str]) -> tuple[str, ...]:
    """The names that are typed, each once. Raises BadInput.

    >>> read_names(["Mongo", "mr mime", "Mongo"])
    ('Mongo', 'mr mime')
    """
    names = tuple(dict.fromkeys(typed))
    if not names:
        raise BadInput(words.NAME_MISSING)
    if len(names) > MOST:
        raise BadInput(words.too_many(len(names), MOST), [" ".join(map(quote, (Taken.verb, *names[:MOST])))])
    return tuple(map(read_name, names))


def read_name(name: str, verb: str = Taken.verb) -> str:
    """A whole name as typed after `verb`. Raises BadInput for a pattern, and for a name without letters or too long.

    A name that was pasted with its marks for bold, italics or struck out loses them.

    >>> read_name("*Kingar*")
    'Kingar'
    """
    name = _PASTED.sub(r"\2", name)
    if _HOLE.search(name):
        raise BadInput(words.holes(name, verb), [f"complete {quote(name)}"])
    if not any(char.isalnum() for char in name):
        raise BadInput(words.no_letters(name, verb))
    if len(name) > LONGEST:
        raise BadInput(words.too_long(name, LONGEST, verb))
    return name
