"""Scores the names that were found for a query (see score)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import generator
from bot.commands.queries import NamesQuery
from bot.names.library import Library
from bot.names.score import Reference, Score, is_word, share_below, totals

if TYPE_CHECKING:
    import numpy

    from generator.training.train import Model


class Judge(NamedTuple):
    """The model, at its trained temperature, that gives names their likelihoods, and the real names to compare with."""

    model: Model
    reference: Reference

    def nats(self, ids: numpy.ndarray, vocabulary: generator.Vocabulary) -> numpy.ndarray:
        """log p a token of names, float64 (n,); rows of ids of a vocabulary, -1 after the last."""
        own = self.model.vocabulary
        if own.tokens != vocabulary.tokens:
            import numpy

            ids = numpy.append(own.encode(vocabulary.tokens), -1)[ids]
        return generator.token_nats(self.model, ids)


def judge(request: NamesQuery, library: Library) -> Judge:
    """The judge of a query's names: the model that makes them, whatever the temperature.

    A plain chain knows only what it has seen, so the corpus's mixture judges its names if that needs no training.
    """
    kind, order = request.model, request.order
    if kind == "chain" and "+" not in request.corpus and library.at_hand(request.corpus, generator.DEFAULT_MODEL):
        kind, order = generator.DEFAULT_MODEL, None
    return Judge(library.trained(request.corpus, kind, order), library.reference(request.corpus, kind, order))


def scores(found: Mapping[str, Sequence[str]], request: NamesQuery, library: Library) -> dict[str, Score]:
    """A score for each name, from its tokens; none if the names that the model learned from are not known."""
    if not found or not library.corpus(request.corpus).entries:
        return {}
    import numpy

    judged, names = judge(request, library), list(found)
    tokens, ids = numbered(list(found.values()))
    nats = judged.nats(ids, generator.Vocabulary(tokens))
    words = numpy.array([_word(name, library.kind(request.corpus)) for name in names], dtype=float)
    total = totals(judged.reference, nats, ids, tokens, words).round().astype(int).tolist()
    ends, strange = (
        judged.reference.endings.all(ids, tokens).round(2).tolist(),
        judged.reference.strangeness(ids, tokens).astype(int).tolist(),
    )
    nearest = library.nearest_names(request.corpus).nearest(names)
    likelier = [round(share_below(each, judged.reference.nats), 3) for each in nats]
    return {
        name: Score(
            total[i],
            likelier[i],
            judged.reference.off(len(found[name])),
            ends[i],
            strange[i],
            bool(words[i]),
            *nearest[i],
        )
        for i, name in enumerate(names)
    }


def numbered(sequences: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], numpy.ndarray]:
    """The distinct tokens of some names, and each name as a row of their ids, -1 after the last."""
    import numpy

    tokens = tuple(sorted(set().union(*sequences)))
    number = {token: i for i, token in enumerate(tokens)}
    ids = numpy.full((len(sequences), max(map(len, sequences))), -1)
    for row, sequence in zip(ids, sequences, strict=True):
        row[: len(sequence)] = [number[token] for token in sequence]
    return tokens, ids


def _word(name: str, kind: str) -> bool:
    return kind == "characters" and is_word(name)
