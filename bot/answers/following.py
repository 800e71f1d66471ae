"""The batch that follows a batch: the next names, or the same query in another order."""

from __future__ import annotations

import json
from dataclasses import replace

from bot.answers.types import Act
from bot.commands.options import MOST_SEED, MOST_SKIP
from bot.commands.queries import Complete, Generate, NamesQuery
from bot.commands.shelf import usual_model
from bot.errors import BadInput, NothingFits
from bot.names.batch import Batch
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.strings import rounds as words

_CHAIN = 200_000  # bytes of JSON


def following(batch: Batch, shown: tuple[str, ...], act: Act, library: Library) -> tuple[Batch, tuple[str, ...]]:
    """The next batch, and the names shown before it in its chain, none of which it repeats. Raises NothingFits.

    `shown` are the names of the chain so far, those of the batch included. RANKED begins a chain of its own, since the
    list of the likeliest starts at its beginning. Raises BadInput at the end of a chain, which an item of the store
    has to hold.
    """
    if act is not Act.RANKED and (len(shown) > MOST_SKIP or len(json.dumps(shown)) > _CHAIN):
        raise BadInput(words.CHAIN_ENDS)
    before = () if act is Act.RANKED else shown
    return brainstorm(_next(batch, act), library, shown=before), before


def shuffled(batch: Batch, shown: tuple[str, ...], library: Library) -> tuple[Batch, tuple[str, ...]]:
    """Other names in place of a batch, and the names shown before them. Completions begin again after the last.

    Raises NothingFits.
    """
    try:
        return following(batch, shown, Act.MORE, library)
    except NothingFits:
        asked = batch.request
        if not asked.continues:
            raise
        return brainstorm(asked.to(Complete, skip=0), library), ()


def _next(batch: Batch, act: Act) -> NamesQuery:
    ranks_go_on = act is Act.MORE and isinstance(batch.request, Complete)  # ranks are those of one model
    asked = batch.request if ranks_go_on else batch.asked
    if act is not Act.MORE:
        return _other_verb(asked, Generate if act is Act.SURPRISE else Complete, batch.kind)
    if isinstance(asked, Complete):
        return replace(asked, skip=asked.skip + asked.count)
    seed = None if batch.seed is None else (batch.seed + 1) % (MOST_SEED + 1)
    return asked.to(type(asked), seed=seed)


def _other_verb(asked: NamesQuery, verb: type[NamesQuery], kind: str) -> NamesQuery:
    """The query of another verb, without seed or skip; the usual model stays the usual model of the verb."""
    usual = asked.model == usual_model(asked.verb, asked.corpus, kind)
    return asked.to(verb, model=usual_model(verb.verb, asked.corpus, kind) if usual else asked.model)
