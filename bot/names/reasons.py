"""Beside `brainstorm` the other caller of the generator: `reasons(request, library)` says what it believes of a
pattern's holes."""

from __future__ import annotations

import generator
from bot.commands.queries import Why
from bot.errors import BadInput, NothingFits
from bot.names.batch import Place, Reasons
from bot.names.brainstorm import constraint_of
from bot.names.library import Library
from bot.names.standin import answerable
from bot.strings import chat, why


def reasons(request: Why, library: Library) -> Reasons:
    """What is likeliest in each hole, at most `request.count` of it, known names, rude ones and those that cannot be
    said counted too.

    Raises NothingFits, and BadInput for a pattern that can be read in too many ways.
    """
    asked, request = request, answerable(request, library)
    kind = library.kind(request.corpus)
    model = library.model(request.corpus, request.model, request.order, request.wild)
    constraint = constraint_of(request, library, model.vocabulary)
    try:
        believed = generator.posterior(model, constraint)
    except generator.Tangled:
        raise BadInput(chat.tangled(request, kind)) from None
    except generator.Unfillable as error:
        raise NothingFits(why.no_reasons(request, error.reason, kind)) from None
    places = {hole.part: _hole(hole, model.vocabulary) for hole in believed.holes}
    places |= {gap.part: Place("...", tuple(gap.lengths.items())) for gap in believed.gaps}
    likely = tuple(_best(places[part], request.count) for part in sorted(places))
    return Reasons(request, likely, kind, None if request is asked else asked.model)


def _hole(hole: generator.Hole, vocabulary: generator.Vocabulary) -> Place:
    return Place(hole.text, tuple(zip(vocabulary.tokens, hole.probs.tolist(), strict=True)))


def _best(place: Place, count: int) -> Place:
    likely = sorted((found for found in place.likely if found[1] > 0.0), key=lambda found: -found[1])
    return Place(place.text, tuple(likely[:count]))
