"""Batches of names as they stand in a channel, kept so that their buttons work for a month, on any instance, over a
restart."""

import math
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from bot.commands.parse import parse
from bot.commands.shelf import ingredients
from bot.context import Context
from bot.errors import BadInput
from bot.names.batch import Batch, Name
from bot.names.near import Near
from bot.names.score import Score
from bot.store import delete, put
from bot.store.ttl import BATCH
from bot.strings import rounds as words


@dataclass(frozen=True)
class Kept:
    """A batch that was shown, where and to whom; without an `id` it could not be kept, and has no buttons.

    `before` are the names that its chain of "More" showed earlier, to the channel if it is a `sequel`; `next` is the
    batch that More has brought after it. `round` is the one that its votes go to, once there is one; `pressed` says
    that it was asked for by a button, which Slack does not show. `probes` says that there is somebody to ask whether a
    name is taken, and `taken` has what was said, by the names' places.
    """

    id: str
    batch: Batch
    channel: str
    asker: str
    before: tuple[str, ...] = ()
    sequel: bool = False
    round: str | None = None
    pressed: bool = False
    probes: bool = False
    taken: Mapping[str, str] = field(default_factory=dict)
    next: str | None = None
    until: float = 0.0  # unix seconds
    version: int = 0

    @property
    def shown(self) -> tuple[str, ...]:
        """Every name that the chain has shown by now."""
        return self.before + tuple(name.name for name in self.batch.names)


def keep(context: Context, batch: Batch, before: Sequence[str] = (), after: Kept | None = None, **more: object) -> Kept:
    """Keep a batch that is about to be shown to a person in a channel; `more` are fields of Kept.

    Where it is what More brings `after` another, that one is told so in the same write: raises Conflict where that has
    changed meanwhile.
    """
    who, until = context.who, context.now + BATCH
    kept = Kept(secrets.token_hex(8), batch, who.channel, who.person, tuple(before), until=until, **more)
    context.store.write(who.team, _put(kept), *([_put(replace(after, next=kept.id))] if after else []))
    return kept


def fetch(context: Context, id: str) -> Kept:
    """The batch of that id in this channel. Raises BadInput if there is none, or it has expired."""
    item = context.store.get(context.who.team, _key(id))
    if item is None or item.value["channel"] != context.who.channel:
        raise BadInput(words.OLD_BUTTON)
    value = dict(item.value)
    batch = from_json(value.pop("batch"))
    return Kept(**value | {"batch": batch, "before": tuple(value["before"]), "id": id, "version": item.version})


def last(context: Context, kept: Kept) -> Kept:
    """The end of what More has brought after a batch: itself at first, and again where what followed was deleted."""
    while kept.next:
        try:
            kept = fetch(context, kept.next)
        except BadInput:
            break
    return kept


def rewrite(context: Context, kept: Kept, **changed: object) -> None:
    """Change what is kept of a batch; raises Conflict where somebody else did meanwhile."""
    context.store.write(context.who.team, _put(replace(kept, **changed)))


def drop(context: Context, kept: Kept) -> None:
    """Forget a batch: its buttons are dead from then on."""
    context.store.write(context.who.team, delete(_key(kept.id)))


def _key(id: str) -> str:
    return f"batch#{id}"


def _put(kept: Kept):
    value = {
        each.name: getattr(kept, each.name) for each in fields(kept) if each.name not in ("id", "version", "batch")
    }
    return put(_key(kept.id), value | {"batch": to_json(kept.batch)}, kept.version, kept.until)


def to_json(batch: Batch) -> dict:
    """A batch as it is stored: its request as the command that says it, whatever options later versions add."""
    plain = vars(batch) | {"request": batch.request.command(), "corpus": batch.request.corpus}
    return plain | {"gap": batch.gap if math.isfinite(batch.gap) else None}


def from_json(plain: dict) -> Batch:
    """The batch that was stored so."""
    plain = dict(plain)
    corpus = plain.pop("corpus")
    request = parse(plain.pop("request"), dict.fromkeys(ingredients(corpus) or [corpus], plain["kind"]))
    names = tuple(_name(*row) for row in plain.pop("names"))
    gap = math.inf if plain["gap"] is None else plain["gap"]
    rest = {key: tuple(value) if isinstance(value, list) else value for key, value in plain.items()}
    return Batch(request, names, **rest | {"gap": gap})


def _name(name: str, log_prob: float | None, score: list | None, near: list | None = None) -> Name:
    """A name that was stored so; those of earlier versions had no neighbours, and scores that meant something else."""
    return Name(
        name, log_prob, Score(*score) if score and len(score) == len(Score._fields) else None, near and Near(*near)
    )
