"""The fallback while a slow model trains in the background: a `markov` of the same corpus, named in the small print.

It trains in a fraction of a second. Users can ask for it by its name, so its seeds give the same names again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.commands.queries import Q, Query
from bot.names.library import FILED, Library
from bot.strings import models as words

if TYPE_CHECKING:
    from generator.training.train import Model

FALLBACK = "markov"


def answerable(query: Q, library: Library) -> Q:
    """The query itself, or with the fallback model while its own is trained in the background."""
    if library.queue is None or query.model not in FILED or library.at_hand(query.corpus, query.model):
        return query
    _train_meanwhile(library, query.corpus, query.model)
    return replace(query, model=FALLBACK)


def trains_long(query: Query, library: Library) -> bool:
    """Whether an answer now would wait for a slow training."""
    return library.queue is None and query.model in FILED and not library.at_hand(query.corpus, query.model)


def _train_meanwhile(library: Library, name: str, kind: str) -> None:
    """Train a model; for the HMM of a corpus on the shelf first the mixture, which may hold it."""
    wanted = "mix" if kind == "hmm" and library.has_file(name) and not library.at_hand(name, "mix") else kind

    def take(model: Model) -> None:
        library.take_over(name, wanted, model)
        if wanted != kind and not library.at_hand(name, kind):
            _train_meanwhile(library, name, kind)

    if library.queue.ask(name, wanted, take):
        library.progress(words.training(name, wanted))
