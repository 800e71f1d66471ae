"""What may stand in each hole of a pattern: `posterior(query, library) -> Reasons`."""

from __future__ import annotations

import generator
from bot.commands.queries import Why
from bot.errors import BadInput, NothingFits
from bot.names.batch import Place, Reasons
from bot.names.constraints import constraint_of
from bot.names.fallback import answerable
from bot.names.library import Library
from bot.strings import chat, why


def posterior(query: Why, library: Library) -> Reasons:
    """The likeliest tokens of each hole, at most `query.count`, over all names: known, rude and unsayable ones too.

    Raises NothingFits, and BadInput if the pattern is too complex.
    """
    asked, query = query, answerable(query, library)
    kind = library.kind(query.corpus)
    model = library.model(query.corpus, query.model, query.order, query.wild)
    constraint = constraint_of(query, library, model.vocabulary)
    try:
        believed = generator.posterior(model, constraint)
    except generator.Tangled:
        raise BadInput(chat.tangled(query, kind)) from None
    except generator.Unfillable as error:
        raise NothingFits(why.no_reasons(query, error.reason, kind)) from None
    places = {hole.part: _hole(hole, model.vocabulary) for hole in believed.holes}
    places |= {gap.part: Place("...", tuple(gap.lengths.items())) for gap in believed.gaps}
    likely = tuple(_best(places[part], query.count) for part in sorted(places))
    return Reasons(query, likely, kind, None if query is asked else asked.model)


def _hole(hole: generator.Hole, vocabulary: generator.Vocabulary) -> Place:
    return Place(hole.text, tuple(zip(vocabulary.tokens, hole.probs.tolist(), strict=True)))


def _best(place: Place, count: int) -> Place:
    likely = sorted((found for found in place.likely if found[1] > 0.0), key=lambda found: -found[1])
    return Place(place.text, tuple(likely[:count]))
