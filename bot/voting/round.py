"""A round of voting. A channel has one open round at a time; the person who votes or suggests first begins and owns
it."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bot.context import Context
from bot.errors import BadInput
from bot.store import Change, Item, put, reading
from bot.store.retry import retry_on_conflict
from bot.store.ttl import CLOSED_ROUND
from bot.strings import rounds as words

_LINES = 100  # about availability: an item of the store holds 350 kB


@dataclass(frozen=True)
class Options:
    """The rules of a round: votes a person (None: any number), anonymous voters, counts hidden until the end."""

    limit: int | None = None
    anonymous: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Round:
    """One round; times are unix seconds.

    `picked` is the key of the winning name, `runoff` the id of the run-off that followed a tie. `taken` holds lines
    about availability, by the names' keys.
    """

    channel: str
    id: str
    owner: str
    begun: float
    options: Options = Options()
    closed: float | None = None
    closer: str | None = None
    picked: str | None = None
    picked_name: str | None = None
    runoff: str | None = None
    taken: Mapping[str, str] = field(default_factory=dict)
    version: int = 0

    @property
    def key(self) -> str:
        return round_key(self.channel, self.id)

    @property
    def pick(self) -> str:
        """The id of the pick that closed the round; empty while there is none."""
        return f"{self.closed:.6f}" if self.closed and self.picked else ""

    @property
    def shows_counts(self) -> bool:
        return bool(self.closed) or not self.options.hidden


def round_key(channel: str, id: str) -> str:
    return f"round#{channel}#{id}"


def open_key(channel: str) -> str:
    """The key of the item that points to a channel's open round."""
    return f"open#{channel}"


def load(context: Context, id: str) -> Round | None:
    """The round of that id in this channel, open or closed."""
    item = context.store.get(context.who.team, round_key(context.who.channel, id))
    return item and _read(context.who.channel, id, item)


def existing(context: Context, id: str) -> Round:
    """The round of that id in this channel. Raises BadInput if there is none."""
    round = load(context, id)
    if round is None:
        raise BadInput(words.OLD_BUTTON)
    return round


def current(context: Context) -> Round | None:
    """The open round of this channel."""
    item = context.store.get(context.who.team, open_key(context.who.channel))
    return item and load(context, item.value["round"])


def history(context: Context) -> list[Round]:
    """Every closed round of this channel, the latest first."""
    channel, prefix = context.who.channel, round_key(context.who.channel, "")
    found = [
        _read(channel, item.key.removeprefix(prefix), item) for item in context.store.find(context.who.team, prefix)
    ]
    return sorted((round for round in found if round.closed), key=lambda round: -round.closed)


def begin(context: Context, options: Options = Options()) -> Round:
    """The open round of this channel. If there is none, this person begins and owns one."""
    return retry_on_conflict(lambda: current(context) or _begin(context, options))


def _begin(context: Context, options: Options) -> Round:
    round = begun(context, options)
    pointer = put(open_key(context.who.channel), {"round": round.id}, 0)
    context.store.write(context.who.team, pointer, written(round))
    return load(context, round.id) or round


def begun(context: Context, options: Options) -> Round:
    """A new round of this person in this channel, not written yet."""
    return Round(context.who.channel, secrets.token_hex(8), context.who.person, context.now, options)


def set_options(context: Context, round: Round, **options: Any) -> None:
    """Change the rules of an open round. Raises Conflict if the round has changed."""
    context.store.write(context.who.team, written(replace(round, options=replace(round.options, **options))))


def note_taken(context: Context, round: Round, key: str, said: str) -> None:
    """Keep a line about a name's availability; of many the latest. Raises Conflict if the round has changed."""
    lines = [*round.taken.items(), (key, said)][-_LINES:]
    context.store.write(context.who.team, written(replace(round, taken=dict(lines))))


def written(round: Round) -> Change:
    """The change that writes a round, on condition that its version is current. A closed round expires in a year."""
    value = asdict(round) | asdict(round.options)
    for derived in ("channel", "id", "version", "options"):
        del value[derived]
    return put(round.key, value, round.version, round.closed and round.closed + CLOSED_ROUND)


def _read(channel: str, id: str, item: Item) -> Round:
    value = dict(item.value)
    with reading(item):
        options = Options(**{name: value.pop(name) for name in ("limit", "anonymous", "hidden")})
        return Round(channel, id, options=options, version=item.version, **value)
