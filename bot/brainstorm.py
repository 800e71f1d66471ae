"""The one caller of the generator: `brainstorm(request, library) -> Batch`."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import generator
from bot import words
from bot.batch import Batch, Name
from bot.errors import NothingFits
from bot.library import Library
from bot.request import Request

if TYPE_CHECKING:
    from corpora import Corpus

__all__ = ["NothingFits", "brainstorm"]

KNOWN_SHOWN = 3
_SHORTEST = 3  # letters in a name that nobody gave a length: shorter ones are hardly new
_SEEDS = 1_000_000  # a seed that somebody may want to type again is short


def new_seed() -> int:
    """A seed that nobody can foresee."""
    return secrets.randbelow(_SEEDS)


def brainstorm(request: Request, library: Library, new_seed: Callable[[], int] = new_seed) -> Batch:
    """Find new names for a request; `new_seed` gives the seed where none was asked for. Raises NothingFits."""
    corpus, known = library.corpus(request.corpus), library.known(request.corpus)
    model = library.model(request.corpus, request.model, request.order)
    constraint = _constraint(request, corpus, model.vocabulary)
    if request.verb == "complete":
        seed, (found, exact, gap) = None, generator.complete(model, constraint, request.count, known, request.skip)
    else:
        seed, exact, gap = new_seed() if request.seed is None else request.seed, True, 0.0
        found = generator.draw(model, constraint, request.count, _rng(seed), known).found
    fitting = known.fitting(constraint, model.vocabulary) if request.pattern else ()
    already = tuple(corpus.entries[i] for i in fitting[:KNOWN_SHOWN])
    batch = Batch(request, _written(found, corpus), already, len(fitting), seed, exact, gap)
    if not batch.names:
        raise _nothing(batch)
    return batch


def _rng(seed: int):
    import numpy

    return numpy.random.default_rng(seed)


def _written(found: Iterable[generator.Found], corpus: Corpus) -> tuple[Name, ...]:
    """Names as the corpus writes them, each once: the generator's names differ by more than case and punctuation."""
    return tuple({name.name: name for name in (Name(corpus.write(f.tokens), f.log_prob) for f in found)}.values())


def _constraint(request: Request, corpus: Corpus, vocabulary) -> generator.Constraint:
    pattern = generator.parse_pattern(request.pattern) if request.pattern else None
    try:
        return generator.constrain(pattern, vocabulary, length=request.length or _usual_length(pattern, corpus))
    except generator.Unfillable as error:
        raise NothingFits(words.unfillable(request, error.part, error.reason)) from None


def _usual_length(pattern: generator.Pattern | None, corpus: Corpus) -> tuple[int, int] | None:
    """As long as the corpus's own names, where neither the request nor the pattern says how long."""
    if pattern and pattern.longest is not None:
        return None
    lengths = [len(sequence) for sequence in corpus.sequences]
    least = max(_SHORTEST, min(lengths), pattern.shortest if pattern else 0)
    return least, max(least, *lengths)


def _nothing(batch: Batch) -> NothingFits:
    if batch.known_count and not batch.request.skip:
        return NothingFits(words.all_known(batch.request, batch.known, batch.known_count))
    return NothingFits(words.none_fits(batch.request))
