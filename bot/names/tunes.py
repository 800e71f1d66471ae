"""What a new tune must be besides new: in a metre of its corpus, or in the one that somebody asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import generator
from bot.commands.queries import NO_METRE, Query
from bot.strings import chat as words
from corpora import Corpus, notes
from corpora.metre import SIGNATURES, learned

if TYPE_CHECKING:
    from bot.names.library import Library


def in_metre(request: Query, library: Library) -> bool:
    """Whether what a request asks for is to be in metre."""
    return library.kind(request.corpus) == "notes" and request.metre != NO_METRE


def guard_for(request: Query, library: Library, vocabulary: generator.Vocabulary) -> generator.Guard | None:
    """The acceptor of tunes in metre that end on a tonic; None where they need not be, or their corpus is in no metre
    and none was asked for."""
    return library.learned(request.corpus, _acceptor, request.metre, vocabulary) if in_metre(request, library) else None


def said_of(corpus: Corpus, asked: Query) -> str:
    """What it means that a tune is in metre here, in words."""
    own = learned(corpus)
    return words.in_metre(
        [asked.metre] if asked.metre else own.signatures, [notes.pitch_name(tonic)[:-1] for tonic in sorted(own.tonics)]
    )


def _acceptor(corpus: Corpus, asked: str | None, vocabulary: generator.Vocabulary) -> generator.Guard | None:
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
        return generator.metre_guard(vocabulary, ticks, bars, last)
    except ValueError:  # the lengths are too fine
        return None
