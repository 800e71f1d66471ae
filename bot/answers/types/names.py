"""Answers that are names, and the reasons for them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.types.base import Act, Action, Answer, Audience, Line, Listing, voted
from bot.commands.button_refs import BATCH, PREVIEW, Ref
from bot.commands.options import MOST_SKIP
from bot.commands.queries import Complete
from bot.names.batch import Batch, Reasons
from bot.repositories.batches import Kept
from bot.strings import names as words
from bot.voting.standing import Standing


@dataclass(frozen=True)
class ShownNames(Listing):
    """Names for the channel, with the votes that each has in the batch's round, if it has one by now.

    A batch that could not be kept has no id and no actions.
    """

    kept: Kept
    standing: Standing | None = None
    update: bool = False

    audience = Audience.CHANNEL

    @property
    def lines(self) -> tuple[Line, ...]:
        """The names, each with its vote, and the question whether it is taken if somebody can be asked."""
        kept, acts = self.kept, (Act.VOTE, *([Act.TAKEN] if self.kept.probes else []))
        lines = []
        for place, line in enumerate(_lines(kept.batch)):
            if kept.id:
                ref, note = Ref(BATCH, kept.id, str(place)), kept.taken.get(str(place), "")
                line = line._replace(ref=ref, note=note, acts=acts)
            if self.standing:
                line = voted(line, self.standing.entry(line.name), self.standing.round)
            lines.append(line)
        return tuple(lines)

    @property
    def actions(self) -> tuple[Action, ...]:
        """The next names, the reasons, another order, and deletion."""
        ref = Ref(BATCH, self.kept.id)
        return tuple(Action(act, ref) for act in follows(self.kept.batch)) if self.kept.id else ()


@dataclass(frozen=True)
class PreviewNames(Listing):
    """Names that only their asker sees yet. Without an id they could not be kept and cannot be sent.

    `again`: the seed alone gives them again, since no names were shown before.
    """

    id: str
    batch: Batch
    again: bool = True
    update: bool = False

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(_lines(self.batch))

    @property
    def actions(self) -> tuple[Action, ...]:
        """Send them, shuffle them, or let them be."""
        ref = Ref(PREVIEW, self.id)
        return tuple(Action(act, ref) for act in (Act.SEND, Act.SHUFFLE, Act.CANCEL)) if self.id else ()


@dataclass(frozen=True)
class ShownReasons(Answer):
    """The probabilities of tokens in each hole; `of` are the names below which somebody asked for them."""

    found: Reasons
    of: Batch | None = None

    @property
    def instead(self) -> Complete:
        """The query for the likeliest names, with the options of the names above."""
        asked, of = self.found.request, self.of and self.of.request
        model, sayable, sort = self.found.awaited or asked.model, of and of.sayable, of and of.sort
        return asked.to(Complete, model=model, count=Complete.count, sayable=sayable, sort=sort)

    @property
    def commands(self) -> tuple[str, ...]:
        return (self.instead.command(),)


def follows(batch: Batch) -> list[Act]:
    """The acts that make sense below a batch, in order."""
    asked, acts = batch.request, []
    skipped = asked.skip if isinstance(asked, Complete) else 0
    if len(batch.names) == asked.count and skipped + asked.count <= MOST_SKIP:
        acts.append(Act.MORE)
    if asked.pattern:
        acts.append(Act.WHY)
    if asked.sought:
        acts.append(Act.SURPRISE if isinstance(asked, Complete) else Act.RANKED)
    return [*acts, Act.DELETE]


def _lines(batch: Batch) -> list[Line]:
    return [
        Line(name.name, mark=_mark(batch, place), beside=words.beside(name.near) if name.near else "")
        for place, name in enumerate(batch.names)
    ]


def _mark(batch: Batch, place: int) -> str:
    """The score if names are sorted by it, the rank if they are ranked."""
    score, asked = batch.names[place].score, batch.request
    if score:
        return f"{score.total} · "
    return f"{asked.skip + place + 1}. " if isinstance(asked, Complete) and not asked.sort else ""
