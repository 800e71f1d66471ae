"""Who answers while a model of seconds is trained in the background: a `markov` of the same corpus, said so in the
small print.

It trains in a fraction of a second, and it can be asked for by its name, so its seeds give its names again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.commands.queries import Q, Query
from bot.names.library import FILED, Library
from bot.strings import models as words

if TYPE_CHECKING:
    from generator.training.train import Model

STAND_IN = "markov"


def answerable(request: Q, library: Library) -> Q:
    """The request as it is answered now: as it is, or by the stand-in while its model is trained in the background."""
    if library.queue is None or request.model not in FILED or library.at_hand(request.corpus, request.model):
        return request
    _train_meanwhile(library, request.corpus, request.model)
    return replace(request, model=STAND_IN)


def trains_long(request: Query, library: Library) -> bool:
    """Whether somebody who asks now waits for a training of seconds."""
    return library.queue is None and request.model in FILED and not library.at_hand(request.corpus, request.model)


def _train_meanwhile(library: Library, name: str, kind: str) -> None:
    """Train what is wanted for a model: of a corpus on the shelf first the mixture, which may hold its HMM."""
    wanted = "mix" if kind == "hmm" and library.has_file(name) and not library.at_hand(name, "mix") else kind

    def take(model: Model) -> None:
        library.take_over(name, wanted, model)
        if wanted != kind and not library.at_hand(name, kind):
            _train_meanwhile(library, name, kind)

    if library.queue.ask(name, wanted, take):
        library.progress(words.training(name, wanted))
