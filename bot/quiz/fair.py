"""Names that are fair to ask about: neither the form nor a second meaning gives the answer away or makes it wrong."""

import re
from functools import cache

import corpora
import generator
from bot.names.similarity import OneEditIndex
from bot.quiz.kinds import MADE, POKEMON, REAL, TECH
from corpora import english, rude

_FORM = re.compile("[a-z]{4,10}")
_LISTS = {
    POKEMON: ("pokemon", "pokemon-de", "pokemon-es", "pokemon-fr"),
    TECH: ("tech",),
}  # other languages' names are real too
_OTHERS = {POKEMON: (TECH,), TECH: (POKEMON,), MADE: REAL}


def plain_form(entry: str) -> bool:
    """Whether an entry is one word of 4 to 10 letters from a to z, and not initials in capitals.

    >>> [plain_form(entry) for entry in ("GitHub", "Porygon2", "Mr. Mime", "ABAP", "Mew")]
    [True, False, False, False, False]
    """
    return bool(_FORM.fullmatch(entry.lower())) and not entry.isupper()


def fair(name: str, kind: str) -> bool:
    """Whether a name of plain form is fair: not rude, no English word, and at least two edits from every name of
    another kind.

    >>> fair("Snorlax", "pokemon"), fair("Onix", "pokemon"), fair("Charmandar", "made")
    (True, False, False)
    """
    key = generator.key(name)
    if key in _words() or rude.is_rude(name):
        return False
    return all(_names(other).within_one([key]) == [None] for other in _OTHERS[kind])


@cache
def _words() -> frozenset[str]:
    return frozenset(english.common())


@cache
def _names(kind: str) -> OneEditIndex:
    """All real names of a kind, also those that no question is about."""
    return OneEditIndex([generator.key(entry) for name in _LISTS[kind] for entry in corpora.load(name).entries])
