"""Batches of names as they stand in a channel, kept so that their buttons work for a month, on any instance, over a
restart."""

import math
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from bot.commands.parse import parse
from bot.commands.queries import QUERIES, NamesQuery
from bot.commands.shelf import ingredients
from bot.commands.who import Who
from bot.errors import BadInput
from bot.names.batch import Batch, Name
from bot.names.score import Score
from bot.names.similarity import Similar
from bot.store import Store, delete, put
from bot.store.ttl import BATCH
from bot.strings import rounds as words

_VERSION = 2  # of what is stored of a batch; version 1 has no number


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


def keep(
    store: Store, who: Who, batch: Batch, before: Sequence[str] = (), after: Kept | None = None, **more: object
) -> Kept:
    """Keep a batch that is about to be shown to a person in a channel; `more` are fields of Kept.

    Where it is what More brings `after` another, that one is told so in the same write: raises Conflict where that has
    changed meanwhile.
    """
    kept = Kept(secrets.token_hex(8), batch, who.channel, who.person, tuple(before), until=time.time() + BATCH, **more)
    store.write(who.team, _put(kept), *([_put(replace(after, next=kept.id))] if after else []))
    return kept


def fetch(store: Store, who: Who, id: str) -> Kept:
    """The batch of that id in the channel where somebody clicks. Raises BadInput where there is none, or none any
    more."""
    item = store.get(who.team, _key(id))
    if item is None or item.value["channel"] != who.channel:
        raise BadInput(words.OLD_BUTTON)
    value = dict(item.value)
    batch = from_json(value.pop("batch"))
    return Kept(**value | {"batch": batch, "before": tuple(value["before"]), "id": id, "version": item.version})


def last(store: Store, who: Who, kept: Kept) -> Kept:
    """The end of what More has brought after a batch: itself at first, and again where what followed was deleted."""
    while kept.next:
        try:
            kept = fetch(store, who, kept.next)
        except BadInput:
            break
    return kept


def rewrite(store: Store, who: Who, kept: Kept, **changed: object) -> None:
    """Change what is kept of a batch; raises Conflict where somebody else did meanwhile."""
    store.write(who.team, _put(replace(kept, **changed)))


def drop(store: Store, who: Who, kept: Kept) -> None:
    """Forget a batch: its buttons are dead from then on."""
    store.write(who.team, delete(_key(kept.id)))


def _key(id: str) -> str:
    return f"batch#{id}"


def _put(kept: Kept):
    value = {
        each.name: getattr(kept, each.name) for each in fields(kept) if each.name not in ("id", "version", "batch")
    }
    return put(_key(kept.id), value | {"batch": to_json(kept.batch)}, kept.version, kept.until)


def to_json(batch: Batch) -> dict:
    """A batch as it is stored: its fields, and the fields of its query with the verb."""
    query = {name: value for name, value in vars(batch.request).items() if value is not None}
    gap = batch.gap if math.isfinite(batch.gap) else None
    return vars(batch) | {"version": _VERSION, "request": {"verb": batch.request.verb, **query}, "gap": gap}


def from_json(stored: dict) -> Batch:
    """The batch that was stored."""
    fields = {name: _tuple(value) for name, value in stored.items() if name not in ("version", "corpus")}
    query = _query(**stored["request"]) if stored.get("version") == _VERSION else _parsed(stored)
    gap = math.inf if fields["gap"] is None else fields["gap"]
    return Batch(**fields | {"request": query, "gap": gap, "names": tuple(_name(*row) for row in fields["names"])})


def _query(verb: str, **fields: object) -> NamesQuery:
    return QUERIES[verb](**{name: _tuple(value) for name, value in fields.items()})


def _tuple(value: object) -> object:
    """JSON has lists for tuples."""
    return tuple(value) if isinstance(value, list) else value


def _parsed(stored: dict) -> NamesQuery:
    """The query of a batch of version 1, which has its command."""
    corpus = stored["corpus"]
    return parse(stored["request"], dict.fromkeys(ingredients(corpus) or [corpus], stored["kind"]))


def _name(name: str, log_prob: float | None, score: list | None, near: list | None = None) -> Name:
    """A stored name. Names of earlier versions have no neighbours, and scores of fewer fields, which are left out."""
    whole = Score(*score) if score and len(score) == len(Score._fields) else None
    return Name(name, log_prob, whole, near and Similar(*near))
