"""The batches that a channel shows, stored so that their buttons work for a month, on any instance, over restarts."""

import html
import math
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.commands.parse import parse
from bot.commands.queries import QUERIES, NamesQuery
from bot.commands.shelf import ingredients
from bot.context import Context
from bot.errors import BadInput
from bot.names.batch import Batch, Name
from bot.names.score import Score
from bot.names.similarity import Similar
from bot.store import Change, put, reading
from bot.store.ttl import BATCH, DAY
from bot.strings import rounds as words

_VERSION = 2  # of a stored batch: 1, which has no number, stored the query as its command


@dataclass(frozen=True)
class Kept:
    """A batch that was shown, its channel and its asker. Without an `id` it is not stored, and has no buttons.

    before, sequel: the names that "More" showed earlier in its chain, and whether the channel saw them.
    round: the round of its votes, once there is one.
    pressed: it came by a button, so Slack does not show who asked.
    probes, taken: whether a button asks if a name is taken, and the answers by the names' places.
    next: the batch that "More" brought after it.
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
        """All names that the chain has shown by now."""
        return self.before + tuple(name.name for name in self.batch.names)


def keep(context: Context, batch: Batch, before: Sequence[str] = (), after: Kept | None = None, **more: object) -> Kept:
    """Store a batch that is about to be shown; `more` are fields of Kept.

    If "More" brings it `after` another batch, the same write links the two. Raises Conflict if the other one changed
    meanwhile.
    """
    who, until = context.who, context.now + BATCH
    kept = Kept(secrets.token_hex(8), batch, who.channel, who.person, tuple(before), until=until, **more)
    context.store.write(who.team, _put(kept), *([_put(replace(after, next=kept.id))] if after else []))
    return kept


def fetch(context: Context, id: str) -> Kept:
    """The batch of that id in this channel. Raises BadInput if there is none, or it was deleted or has expired."""
    item = context.store.get(context.who.team, _key(id))
    if item is None or item.value.get("channel") != context.who.channel:
        raise BadInput(words.OLD_BUTTON)
    if item.value.get("deleted"):
        raise BadInput(words.GONE)
    value = dict(item.value)
    with reading(item):
        batch = from_json(value.pop("batch"))
        return Kept(**value | {"batch": batch, "before": tuple(value["before"]), "id": id, "version": item.version})


def last(context: Context, kept: Kept) -> Kept:
    """The last batch that "More" brought after this one; this one if there is none, or it was deleted."""
    while kept.next:
        try:
            kept = fetch(context, kept.next)
        except BadInput:
            break
    return kept


def rewrite(context: Context, kept: Kept, **changed: object) -> None:
    """Change the stored fields of a batch. Raises Conflict if somebody else did meanwhile."""
    context.store.write(context.who.team, _put(replace(kept, **changed)))


def drop(context: Context, kept: Kept) -> None:
    """Delete a batch; for a day its buttons say so. Only its channel is kept."""
    gone = {"channel": kept.channel, "deleted": True}
    context.store.write(context.who.team, put(_key(kept.id), gone, expires=context.now + DAY))


def _key(id: str) -> str:
    return f"batch#{id}"


def _put(kept: Kept) -> Change:
    value = {name: value for name, value in vars(kept).items() if name not in ("id", "version")}
    return put(_key(kept.id), value | {"batch": to_json(kept.batch)}, kept.version, kept.until)


def to_json(batch: Batch) -> dict:
    """A batch as it is stored: its fields, and those of its query, which are not None, with the verb."""
    query = {name: value for name, value in vars(batch.request).items() if value is not None}
    gap = batch.gap if math.isfinite(batch.gap) else None
    return vars(batch) | {"version": _VERSION, "request": {"verb": batch.request.verb, **query}, "gap": gap}


def from_json(stored: dict) -> Batch:
    """The batch that was stored."""
    plain = {name: _tuple(value) for name, value in stored.items() if name not in ("version", "corpus")}
    query = _query(**stored["request"]) if stored.get("version") == _VERSION else _parsed(stored)
    gap = math.inf if plain["gap"] is None else plain["gap"]
    return Batch(**plain | {"request": query, "gap": gap, "names": tuple(_name(*row) for row in plain["names"])})


def _query(verb: str, **fields: object) -> NamesQuery:
    return QUERIES[verb](**{name: _tuple(value) for name, value in fields.items()})


def _tuple(value: object) -> object:
    """JSON has lists for tuples."""
    return tuple(value) if isinstance(value, list) else value


def _parsed(stored: dict) -> NamesQuery:
    """The query of a batch of version 1, which has its command."""
    corpus = stored["corpus"]
    return parse(html.unescape(stored["request"]), dict.fromkeys(ingredients(corpus) or [corpus], stored["kind"]))


def _name(name: str, log_prob: float | None, score: list | None, near: list | None = None) -> Name:
    """A stored name. Names of earlier versions have no neighbours, and scores of fewer fields, which are left out."""
    whole = Score(*score) if score and len(score) == len(Score._fields) else None
    return Name(name, log_prob, whole, near and Similar(*near))
