"""What can follow a batch when a button below it is pressed: the next names, or the best of many draws in place of the
likeliest."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.options import MOST_SEED, MOST_SKIP
from bot.commands.queries import Complete, Generate, NamesQuery
from bot.commands.shelf import usual_model
from bot.names.batch import Batch
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.repositories.batches import Kept

MORE, WHY, SURPRISE, RANKED, DELETE = WAYS = "more", "why", "surprise", "ranked", "delete"


def follows(batch: Batch) -> list[str]:
    """Which buttons make sense below a batch."""
    asked, ways = batch.request, [DELETE]
    skipped = asked.skip if isinstance(asked, Complete) else 0
    if len(batch.names) == asked.count and skipped + asked.count <= MOST_SKIP:
        ways.append(MORE)
    if asked.pattern:
        ways.append(WHY)
    if asked.sought:
        ways.append(SURPRISE if isinstance(asked, Complete) else RANKED)
    return ways


def following(kept: Kept, way: str, library: Library) -> tuple[Batch, tuple[str, ...]]:
    """The batch that follows that way, and the names shown before it in its chain, none of which comes again. Raises
    NothingFits.

    The list of the likeliest begins at its beginning, so it begins a chain of its own.
    """
    before = () if way == RANKED else kept.shown[-MOST_SKIP:]
    return brainstorm(_next(kept.batch, way), library, shown=before), before


def _next(batch: Batch, way: str) -> NamesQuery:
    ranks_go_on = way == MORE and isinstance(batch.request, Complete)  # ranks are those of one model
    asked = batch.request if ranks_go_on else batch.asked
    if way != MORE:
        return _other_verb(asked, Generate if way == SURPRISE else Complete, batch.kind)
    if isinstance(asked, Complete):
        return replace(asked, skip=asked.skip + asked.count)
    return replace(asked, seed=None if batch.seed is None else (batch.seed + 1) % (MOST_SEED + 1))


def _other_verb(asked: NamesQuery, verb: type[NamesQuery], kind: str) -> NamesQuery:
    """The query of another verb, without seed or skip; the usual model stays the usual model of the verb."""
    usual = asked.model == usual_model(asked.verb, asked.corpus, kind)
    return asked.to(verb, model=usual_model(verb.verb, asked.corpus, kind) if usual else asked.model)
