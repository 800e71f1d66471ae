"""What a new line must be besides new: one that reads as a line, by what the lines of its corpus begin and end with and
how their words meet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import generator
from bot.commands.queries import Generate, Query
from bot.names.screen import decent
from corpora import Corpus
from corpora.wording import wording

if TYPE_CHECKING:
    from bot.names.library import Library
    from generator.training.train import Model


def guard_for(
    request: Query,
    library: Library,
    vocabulary: generator.Vocabulary,
    patterns: Sequence[generator.Pattern],
    loose: bool,
) -> generator.Guard | None:
    """The guard against words that never meet, unless they were typed, and, if it is not `loose`, against words that
    bind out of their company.

    A plain chain makes no two words meet that never do.
    """
    if library.kind(request.corpus) != "words":
        return None
    apart = None if request.model == "chain" else decent(library.learned(request.corpus, _apart, vocabulary), patterns)
    return (
        generator.both(apart, library.learned(request.corpus, _bound, vocabulary))
        if bind(request, library) and not loose
        else apart
    )


def bind(request: Query, library: Library) -> bool:
    """Whether words that bind are to stand as they stood: in what a plain chain draws for no pattern, since there is
    enough of that."""
    known = library.kind(request.corpus) == "words" and library.corpus(request.corpus).entries
    return isinstance(request, Generate) and request.model == "chain" and bool(known)


def with_ends(corpus: Corpus, model: Model) -> Model:
    """The model, of which no line begins or ends with a word that never does, unless somebody types it there."""
    barred, learned = model.vocabulary.bars, wording(corpus.sequences)
    return _over(
        model,
        generator.Vocabulary(
            model.vocabulary.tokens, {*barred[0], *learned.never_first}, {*barred[1], *learned.never_last}
        ),
    )


def _over(model: Model, vocabulary: generator.Vocabulary) -> Model:
    if model.kind == "mix":
        return replace(model, vocabulary=vocabulary, parts=tuple(_over(part, vocabulary) for part in model.parts))
    return replace(
        model, vocabulary=vocabulary, kept_messages={}
    )  # what was worked out for other ends is not of this one


def _apart(corpus: Corpus, vocabulary: generator.Vocabulary) -> generator.Guard | None:
    never = sorted(wording(corpus.sequences).apart)
    return generator.no_copy(never, 1, vocabulary) if never else None


def _bound(corpus: Corpus, vocabulary: generator.Vocabulary) -> generator.Guard | None:
    try:
        return generator.collocated(corpus.sequences, vocabulary.among(wording(corpus.sequences).binding), vocabulary)
    except ValueError:  # too many words
        return None
