"""A corpus: the names themselves, as they are written and as tokens."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from . import cards
from .errors import CorpusError
from .style import STYLES
from .tokens import tokenise


@dataclass(frozen=True)
class Corpus:
    """Names with their card; `dropped` has the number and the reason of each line that was left out."""

    card: cards.Card
    entries: tuple[str, ...] = field(repr=False)  # as written, NFC, each once
    dropped: tuple[tuple[int, str], ...] = ()  # lines count from 1

    @cached_property
    def sequences(self) -> tuple[tuple[str, ...], ...]:
        """The tokens of each entry, in the order of entries: lower-case characters."""
        return tuple(map(tokenise, self.entries))

    def write(self, tokens: Sequence[str]) -> str:
        """A name of these lower-case tokens, written the way the corpus writes its own.

        >>> load("pokemon").write(tuple("mr. morbase"))
        'Mr. Morbase'
        """
        return STYLES[self.card.style](tokens)


def load(name: str) -> Corpus:
    """The corpus of that name from the shelf; raises UnknownCorpus, or CorpusError if its file is not the one on its card.

    >>> load("tech").card.style
    'capitalised'
    """
    card = cards.card(name)
    path = cards.HERE / "data" / f"{name}.txt"
    entries = tuple(path.read_text(encoding="utf-8").splitlines())
    # Models are kept by this hash: a file that was edited by hand must not pass for the one that they were built from.
    if cards.digest(entries) != card.sha256:
        raise CorpusError(
            f"corpora/data/{name}.txt is not the file that its card describes",
            "the two are made together",
            f"make them again with `python -m corpora.sources {name}`",
        )
    return Corpus(card, entries)
