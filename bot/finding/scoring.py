"""Scores for the names that were found for a request, against the yardstick of its corpus and model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import generator
from bot.asking.request import Request
from bot.finding.library import Library
from bot.finding.yardstick import Score


def scores(found: Mapping[str, generator.Found], request: Request, library: Library) -> dict[str, Score]:
    """A score for each name that was found for a request; for none where the model comes without the names that it was made from."""
    if not found or not library.corpus(request.corpus).entries:
        return {}
    yardstick = library.yardstick(request.corpus, request.model, request.order)
    nats, nearest = _nats(list(found.values()), request, library), yardstick.names.nearest(list(found))
    return {name: yardstick.score(len(one.tokens), each, *near)
            for (name, one), each, near in zip(found.items(), nats, nearest, strict=True)}


def _nats(found: Sequence[generator.Found], request: Request, library: Library) -> list[float]:
    """log p a token, the end counted as one, under the model as it was trained, whatever temperature made the names."""
    log_probs = [one.log_prob for one in found]
    if request.temperature != 1.0 or None in log_probs:
        model = library.trained(request.corpus, request.model, request.order)
        log_probs = generator.log_probs(model, [one.tokens for one in found]).tolist()
    return [log_prob / (len(one.tokens) + 1) for one, log_prob in zip(found, log_probs, strict=True)]
