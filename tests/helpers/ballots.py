"""A round without a channel, for the tests of votes: opened, clicked in, counted and closed."""

from collections import defaultdict

from bot.store import put
from bot.store.retry import retry_on_conflict
from bot.voting.votes import Click, Named, tally

ROUND = "round#C1#r1"
MESSAGE = "1800000000.000100"


def named(key: str) -> Named:
    return Named(key, key.title())


def click(person: str, at: int | str, message: str = MESSAGE) -> Click:
    return Click(person, message, str(at))


def opened(store, **more) -> None:
    store.write("T1", put(ROUND, {"owner": "U1", **more}))


def close(store) -> bool:
    """Close the round as somebody who picks does; whether it was this call that closed it."""

    def decide() -> bool:
        item = store.get("T1", ROUND)
        if item.value.get("closed"):
            return False
        store.write("T1", put(ROUND, item.value | {"closed": "1800000100"}, item.version))
        return True

    return retry_on_conflict(decide)


def counts(store, team: str = "T1", round: str = ROUND) -> dict[str, tuple[str, ...]]:
    return {entry.key: entry.voters for entry in tally(store, team, round)}


def inverted(votes: dict[str, set[str]]) -> dict[str, set[str]]:
    """Who voted for each name, from what each person voted for."""
    found: dict[str, set[str]] = defaultdict(set)
    for person, names in votes.items():
        for name in names:
            found[name].add(person)
    return dict(found)
