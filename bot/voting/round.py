"""A round of voting: one is open in a channel at a time, and whoever gives the first vote or suggestion begins and owns
it."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from bot.commands.who import Who
from bot.store import Store, put
from bot.store.retry import again
from bot.store.ttl import CLOSED_ROUND


@dataclass(frozen=True)
class Options:
    """How a round is voted in: votes a person (None: any number), voters not shown, counts not shown before the end."""

    limit: int | None = None
    anonymous: bool = False
    hidden: bool = False


@dataclass(frozen=True)
class Round:
    """One round; times are unix seconds. `picked` is the key of the name it ended with, `runoff` the round that it
    ended in.

    `taken` is what was found out about names, by their keys.
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
    def shows_counts(self) -> bool:
        return bool(self.closed) or not self.options.hidden


def round_key(channel: str, id: str) -> str:
    return f"round#{channel}#{id}"


def open_key(channel: str) -> str:
    """The item that names a channel's open round."""
    return f"open#{channel}"


def load(store: Store, who: Who, id: str) -> Round | None:
    """The round of that id in this channel, open or closed."""
    item = store.get(who.team, round_key(who.channel, id))
    return item and _read(who.channel, id, item.value, item.version)


def current(store: Store, who: Who) -> Round | None:
    """The round that is open in this channel."""
    item = store.get(who.team, open_key(who.channel))
    return item and load(store, who, item.value["round"])


def history(store: Store, who: Who) -> list[Round]:
    """Every closed round of this channel, the latest first."""
    prefix = round_key(who.channel, "")
    found = [
        _read(who.channel, item.key.removeprefix(prefix), item.value, item.version)
        for item in store.find(who.team, prefix)
    ]
    return sorted((round for round in found if round.closed), key=lambda round: -round.closed)


def begin(store: Store, who: Who, now: float, options: Options = Options()) -> Round:
    """The open round of this channel, begun and owned by this person if there was none."""
    return again(lambda: current(store, who) or _begin(store, who, now, options))


def _begin(store: Store, who: Who, now: float, options: Options) -> Round:
    round = begun(who, now, options)
    store.write(who.team, put(open_key(who.channel), {"round": round.id}, 0), written(round))
    return load(store, who, round.id) or round


def begun(who: Who, now: float, options: Options) -> Round:
    """A round that this person begins here, not written yet."""
    return Round(who.channel, secrets.token_hex(8), who.person, now, options)


def set_options(store: Store, who: Who, round: Round, **options: object) -> None:
    """Change how an open round is voted in. Raises Conflict where it changed meanwhile."""
    store.write(who.team, written(replace(round, options=replace(round.options, **options))))


def note_taken(store: Store, who: Who, round: Round, key: str, said: str) -> None:
    """Keep what was found out about a name. Raises Conflict where the round changed meanwhile."""
    store.write(who.team, written(replace(round, taken={**round.taken, key: said})))


def written(round: Round):
    """The change that writes a round, if it is still as it was read. A closed one ends after a year."""
    value = asdict(round) | asdict(round.options)
    for derived in ("channel", "id", "version", "options"):
        del value[derived]
    return put(round.key, value, round.version, round.closed and round.closed + CLOSED_ROUND)


def _read(channel: str, id: str, value: dict, version: int) -> Round:
    options = Options(**{name: value.pop(name) for name in ("limit", "anonymous", "hidden")})
    return Round(channel, id, options=options, version=version, **value)
