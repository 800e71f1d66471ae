"""What names are made from: lists of names, lines and melodies, where each comes from and how its entries are written.

Listing the shelf reads one small index; loading a corpus reads that one file. Standard library only.

>>> import corpora
>>> [card.name for card in corpora.shelf()][:5]
['birds', 'cheeses', 'cities', 'colours', 'dinosaurs']
>>> pokemon = corpora.load("pokemon")
>>> pokemon.entries[150], pokemon.sequences[150]
('Mew', ('m', 'e', 'w'))
>>> pokemon.write(("m", "o", "r", "b", "-", "z"))
'Morb-Z'
"""

from corpora.blends import blend, parts
from corpora.cards import Card, UnknownCorpus, card, shelf
from corpora.corpus import Corpus, load
from corpora.errors import CorpusError
from corpora.tokens import KINDS, tokenise

__all__ = [
    "KINDS",
    "Card",
    "Corpus",
    "CorpusError",
    "UnknownCorpus",
    "blend",
    "card",
    "load",
    "parts",
    "read",
    "shelf",
    "tokenise",
]


def __getattr__(name: str):
    # A team's own file is read on a developer's machine; a cold start on Lambda need not wait for what reads CSV and
    # prose.
    if name != "read":
        raise AttributeError(f"module 'corpora' has no attribute {name!r}")
    from corpora.own import read

    return read
