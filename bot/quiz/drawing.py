"""Draws a name to ask about: a third each real Pokémon, real technologies, and names made up in the style of either."""

import random
from collections.abc import Collection, Iterator
from typing import NamedTuple

import generator
from bot.commands.queries import Generate
from bot.errors import BadInput, NothingFits
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.quiz.fair import fair, plain_form
from bot.quiz.kinds import KINDS, MADE, REAL
from bot.strings import quiz as words

_BATCHES = 5  # of made-up names, before it gives up
_SEEDS = 1_000_000
_LENGTH = 4, 10  # letters


class Drawn(NamedTuple):
    """A name as shown and as its corpus spells it, its kind, and the corpus that it is from or was made from."""

    name: str
    spelling: str
    kind: str  # one of KINDS
    corpus: str  # one of REAL


def draw(library: Library, chance: random.Random, asked: Collection[str] = ()) -> Drawn:
    """A fair name whose key is not among `asked`; the kinds are equally probable. Raises BadInput if none is left."""
    for kind in chance.sample(KINDS, len(KINDS)):
        found = next((drawn for drawn in _candidates(kind, library, chance) if _is_question(drawn, asked)), None)
        if found:
            return found
    raise BadInput(words.NOTHING_LEFT)


def _is_question(drawn: Drawn, asked: Collection[str]) -> bool:
    return plain_form(drawn.spelling) and generator.key(drawn.name) not in asked and fair(drawn.name, drawn.kind)


def _candidates(kind: str, library: Library, chance: random.Random) -> Iterator[Drawn]:
    return _made_up(library, chance) if kind == MADE else _real(kind, library, chance)


def _real(corpus: str, library: Library, chance: random.Random) -> Iterator[Drawn]:
    """The entries of a corpus in random order, written as made-up names are."""
    home = library.corpus(corpus)
    for place in chance.sample(range(len(home.entries)), len(home.entries)):
        yield Drawn(home.write(home.sequences[place]), home.entries[place], corpus, corpus)


def _made_up(library: Library, chance: random.Random) -> Iterator[Drawn]:
    """The names of `/techname pokemon` or `/techname tech`, each list in random order: the panel rates the names that
    people see."""
    corpus = chance.choice(REAL)
    for _ in range(_BATCHES):
        request = Generate(corpus, length=_LENGTH, seed=chance.randrange(_SEEDS))
        try:
            names = [found.name for found in brainstorm(request, library).names]
        except NothingFits:
            return
        yield from (Drawn(name, name, MADE, corpus) for name in chance.sample(names, len(names)))
