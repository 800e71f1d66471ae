"""What new tunes must be besides new: in a metre of their corpus, or in one that somebody asks for."""

from __future__ import annotations

import generator
from bot.asking.request import NO_METRE, Request
from bot.words import tunes as words
from corpora import notes
from corpora.metre import SIGNATURES, Metre


def guard_for(learned: Metre, asked: str | None, vocabulary: generator.Vocabulary) -> generator.Guard | None:
    """The acceptor of tunes that are in a metre of their corpus, or in the one asked for, and end on a tonic; None where there is no metre."""
    signatures = [asked] if asked else learned.signatures if learned.tonics else []
    if not signatures:
        return None
    lengths = [notes.quarters(token) * learned.ticks if notes.note(token) == token else 0 for token in vocabulary.tokens]
    ticks = [int(length) if length == int(length) else 0 for length in lengths]
    last = [pitch is not None and (pitch in learned.tonics or not learned.tonics) for pitch in map(notes.pitch_class, vocabulary.tokens)]
    bars = [generator.Signature(*(int(quarters * learned.ticks) for quarters in SIGNATURES[name])) for name in signatures]
    try:
        return generator.metre_guard(vocabulary, ticks, bars, last)
    except ValueError:  # the lengths are too fine
        return None


def said_of(learned: Metre, asked: Request) -> str:
    """What it means that a tune is in metre here, in words."""
    return words.in_metre([asked.metre] if asked.metre else learned.signatures, [notes.pitch_name(tonic)[:-1] for tonic in sorted(learned.tonics)])


def kept_by(request: Request, kind: str) -> bool:
    """Whether what a request asks for is to be in metre."""
    return kind == "notes" and request.metre != NO_METRE
