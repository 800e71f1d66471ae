"""What must not be said at work as an acceptor of the engine: the stems of corpora.rude, wherever they stand in a name.

To work the automaton out of the stems takes a quarter of a second, so it comes laid out: `python -m
bot.names.profanity` writes it anew. It is stricter than `is_rude` in what is made: no word makes a stem harmless, a
stem is one over spaces too, and some short words are stems (`Peacock` is nobody's fault, but a name made up need not
end so).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import generator
from corpora import rude

if TYPE_CHECKING:
    import numpy

FILE = rude.FOLDER / "automaton.npz"
LETTERS = (*"abcdefghijklmnopqrstuvwxyz", rude.OTHER)


def acceptor_for(vocabulary: generator.Vocabulary) -> generator.Acceptor:
    """The acceptor of names over these letters.

    >>> acceptor = acceptor_for(generator.Vocabulary("dekmuw"))
    >>> generator.allowed(acceptor, acceptor.vocabulary.encode("mewdek")[None]).tolist()
    [True]
    """
    return generator.Relabelled(_laid_out(), generator.Vocabulary(LETTERS), vocabulary, rude.fold)


@cache
def _laid_out() -> numpy.ndarray:
    import numpy

    with numpy.load(FILE, allow_pickle=False) as file:
        return file["table"]


def lay_out() -> numpy.ndarray:
    """The automaton of the stems over letters, worked out: uint16, shape (states, letters)."""
    lists = rude.lists()
    return generator.transition_table(
        generator.blocked_substrings(
            [*lists.stems, *lists.made], generator.Vocabulary(LETTERS), lambda letter: {letter}
        )
    )


def main() -> None:
    """Write the automaton of the stems as they are now."""
    import numpy

    numpy.savez_compressed(FILE, table=lay_out())


if __name__ == "__main__":
    main()
