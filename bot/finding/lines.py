"""What a new line must be besides new: one that reads as a line, by what the lines of its corpus begin and end with and how their words meet."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import generator
from corpora.wording import Wording

if TYPE_CHECKING:
    from generator.models import Model


def with_ends(model: Model, wording: Wording) -> Model:
    """The model, of which no line begins or ends with a word that never does, unless somebody types it there."""
    barred = model.vocabulary.bars
    vocabulary = generator.Vocabulary(model.vocabulary.tokens, {*barred[0], *wording.never_first}, {*barred[1], *wording.never_last})
    return _over(model, vocabulary)


def _over(model: Model, vocabulary: generator.Vocabulary) -> Model:
    if model.kind == "mix":
        return replace(model, vocabulary=vocabulary, parts=tuple(_over(part, vocabulary) for part in model.parts))
    return replace(model, vocabulary=vocabulary, kept_messages={})  # what was worked out for other ends is not of this one


def apart(wording: Wording, vocabulary: generator.Vocabulary) -> generator.Guard | None:
    """The guard that no two words meet that never do."""
    return generator.no_copy(sorted(wording.apart), 1, vocabulary) if wording.apart else None


def bound(wording: Wording, sequences: tuple, vocabulary: generator.Vocabulary) -> generator.Guard | None:
    """The guard that words stand with what they stood with; None for too many words."""
    try:
        return generator.collocated(sequences, vocabulary.among(wording.binding), vocabulary)
    except ValueError:
        return None
