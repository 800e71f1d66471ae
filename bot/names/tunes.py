"""A new tune is in a metre of its corpus, or in the metre that the query asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import generator
from bot.commands.queries import NO_METRE, Query
from bot.strings import chat as words
from corpora import Corpus, notes
from corpora.metre import SIGNATURES, learned

if TYPE_CHECKING:
    from bot.names.library import Library


def in_metre(query: Query, library: Library) -> bool:
    """Whether a query asks for tunes in metre."""
    return library.kind(query.corpus) == "notes" and query.metre != NO_METRE


def acceptor_for(query: Query, library: Library, vocabulary: generator.Vocabulary) -> generator.Acceptor | None:
    """The acceptor of tunes in metre that end on a tonic; None if neither the query nor the corpus has a metre."""
    return library.derived(query.corpus, _acceptor, query.metre, vocabulary) if in_metre(query, library) else None


def said_of(corpus: Corpus, asked: Query) -> str:
    """The metres and the tonics of a query, in words."""
    own = learned(corpus)
    return words.in_metre(
        [asked.metre] if asked.metre else own.signatures, [notes.pitch_name(tonic)[:-1] for tonic in sorted(own.tonics)]
    )


def _acceptor(corpus: Corpus, asked: str | None, vocabulary: generator.Vocabulary) -> generator.Acceptor | None:
    own = learned(corpus)
    signatures = [asked] if asked else own.signatures if own.tonics else []
    if not signatures:
        return None
    lengths = [notes.quarters(token) * own.ticks if notes.note(token) == token else 0 for token in vocabulary.tokens]
    ticks = [int(length) if length == int(length) else 0 for length in lengths]
    last = [
        pitch is not None and (pitch in own.tonics or not own.tonics)
        for pitch in map(notes.pitch_class, vocabulary.tokens)
    ]
    bars = [generator.Signature(*(int(quarters * own.ticks) for quarters in SIGNATURES[name])) for name in signatures]
    try:
        return generator.metre_acceptor(vocabulary, ticks, bars, last)
    except ValueError:  # the lengths are too fine
        return None
