"""What can follow a batch when a button below it is pressed: the next names, or the best of many draws in place of the
likeliest."""

from __future__ import annotations

from dataclasses import replace

from bot.commands.options import MOST_SEED, MOST_SKIP
from bot.commands.request import Request
from bot.commands.shelf import usual_model
from bot.names.batch import Batch
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.repositories.batches import Kept

MORE, WHY, SURPRISE, RANKED, DELETE = WAYS = "more", "why", "surprise", "ranked", "delete"


def follows(batch: Batch) -> list[str]:
    """Which buttons make sense below a batch."""
    asked, ways = batch.request, [DELETE]
    if len(batch.names) == asked.count and asked.skip + asked.count <= MOST_SKIP:
        ways.append(MORE)
    if asked.pattern:
        ways.append(WHY)
    if asked.sought:
        ways.append(SURPRISE if asked.verb == "complete" else RANKED)
    return ways


def following(kept: Kept, way: str, library: Library) -> tuple[Batch, tuple[str, ...]]:
    """The batch that follows that way, and the names shown before it in its chain, none of which comes again. Raises
    NothingFits.

    The list of the likeliest begins at its beginning, so it begins a chain of its own.
    """
    before = () if way == RANKED else kept.shown[-MOST_SKIP:]
    return brainstorm(_next(kept.batch, way), library, shown=before), before


def _next(batch: Batch, way: str) -> Request:
    ranks_go_on = way == MORE and batch.request.verb == "complete"  # ranks are those of one model
    asked = batch.request if ranks_go_on else batch.asked
    if way != MORE:
        verb = "generate" if way == SURPRISE else "complete"
        return replace(asked, verb=verb, raw=False, model=_as_usual(asked, verb, batch.kind), skip=0, seed=None)
    if asked.verb == "complete":
        return replace(asked, skip=asked.skip + asked.count)
    return replace(asked, seed=None if batch.seed is None else (batch.seed + 1) % (MOST_SEED + 1))


def _as_usual(asked: Request, verb: str, kind: str) -> str:
    """The model for another verb: the usual one where the one at hand is usual too, else the same."""
    usual = asked.model == usual_model(asked.verb, asked.corpus, kind)
    return usual_model(verb, asked.corpus, kind) if usual else asked.model
