"""Warm milliseconds of a vote, a click on a vote and a count on each store, beside a bare write to the same store.

The SQLite file lies in a temporary folder. DynamoDB is moto on loopback, in this process. So its figures have our side
and moto's Python, but not AWS's network of a few milliseconds a round trip.
"""

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from itertools import count
from pathlib import Path

from benchmarks.table import p50_p99
from bot.settings import Settings
from bot.slack.lambda_handler import make_handler
from bot.store import Store, put
from bot.store.dynamodb import DynamoStore
from bot.store.sqlite import SqliteStore
from bot.terminal.standin import StandIn
from bot.voting.votes import Click, Named, Outcome, tally, vote
from tests.fakes.dynamodb import DynamoDb
from tests.helpers.http import SECRET

ROUNDS = 200
PEOPLE, NAMES = 50, 20
ROUND = "round#C1#r1"


def timed(call: Callable[[], object]) -> float:
    """Time one call in milliseconds."""
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1000


def filled(store: Store) -> None:
    """Begin a round in which everybody votes for a name."""
    store.write("T1", put(ROUND, {"owner": "U0"}))
    for person in range(PEOPLE):
        clicked(store, person, person)


def clicked(store: Store, person: int, at: int) -> None:
    """Make one person's click, which must count."""
    name = Named(f"name{person % NAMES}", f"Name{person % NAMES}")
    outcome = vote(store, "T1", ROUND, name, Click(f"U{person}", "1800000000.000100", str(at)))
    assert outcome in (Outcome.VOTED, Outcome.WITHDRAWN), outcome


@contextmanager
def clicking(store: Store) -> Iterator[Callable[[], None]]:
    """Give a function that clicks on a vote: signed, through the Lambda handler, until the message is up to date."""
    settings = Settings(
        signing_secret=SECRET, slack_api_url="http://127.0.0.1/api/"
    )  # response_urls are at its host alone
    with closing(StandIn(make_handler(settings, store=store), SECRET)) as slack:
        message = slack.command("complete mo*** pokemon")
        button = next(
            block["accessory"]
            for block in message["blocks"]
            if block.get("accessory", {}).get("action_id", "").startswith("vote:")
        )

        def click() -> None:
            [update] = slack.press(button, message)
            assert update["replace_original"], update

        yield click


def measured(label: str, store: Store) -> Iterator[tuple[str, str, str, str]]:
    """Give rows for a vote, a click and a count. The bare write takes turns with them."""
    filled(store)
    clock, spent = count(PEOPLE), {"bare": [], "vote": [], "click": [], "tally": []}
    with clicking(store) as click:
        for turn in range(ROUNDS):
            spent["bare"].append(timed(lambda: store.write("T1", put("bare", {"turn": turn}))))
            spent["vote"].append(timed(lambda: clicked(store, turn % PEOPLE, next(clock))))
            spent["click"].append(timed(click))
            spent["tally"].append(timed(lambda: tally(store, "T1", ROUND)))
    beside = f"a bare write: p50 {statistics.median(spent['bare']):.2f} ms"
    for kind, what in (
        ("vote", "a vote"),
        ("click", "a click on a vote, through the handler to the updated message"),
        ("tally", f"counting {PEOPLE} people's votes on {NAMES} names"),
    ):
        yield f"{what}, {label}, warm", p50_p99(spent[kind]), beside, ""


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Give three rows for each store."""
    with tempfile.TemporaryDirectory() as folder:
        yield from measured("SQLite's file", SqliteStore(Path(folder) / "store.db"))
    with closing(DynamoDb()) as server:
        yield from measured("DynamoDB (moto on loopback, not AWS)", DynamoStore(server.calls()))
