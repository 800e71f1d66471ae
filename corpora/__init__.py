"""What names are made from: lists of names, where each comes from and how its names are written.

Listing the shelf reads one small index; loading a corpus reads that one file. Standard library only.

>>> import corpora
>>> [card.name for card in corpora.shelf()]
['pokemon', 'tech']
>>> pokemon = corpora.load("pokemon")
>>> pokemon.entries[150], pokemon.sequences[150]
('Mew', ('m', 'e', 'w'))
>>> pokemon.write(("m", "o", "r", "b", "-", "z"))
'Morb-Z'
"""

from .cards import Card, UnknownCorpus, card, shelf
from .corpus import Corpus, load
from .errors import CorpusError
from .own import read

__all__ = ["Card", "Corpus", "CorpusError", "UnknownCorpus", "card", "load", "read", "shelf"]
