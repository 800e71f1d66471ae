"""What holds of DynamoDB alone: calls that fail, answers that get lost, and how long that may take."""

import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from moto.core import set_initial_no_auth_action_count

from bot.settings import Settings
from bot.store import Conflict, Unavailable, check, deadline, delete, put
from bot.store.dynamodb import DynamoStore
from bot.store.dynamodb_calls import CONNECT, PATIENCE, READ, Calls, connect
from bot.store.opening import open_store
from bot.store.retry import retry_on_conflict
from bot.store.sqlite import SqliteStore
from bot.voting.votes import Click, Named, Outcome, tally, vote
from tests.fakes.dynamodb import ACCOUNT, LOST, deployed, refusal

ROOT = Path(__file__).parents[3]


@pytest.fixture
def calls(dynamodb) -> Calls:
    return dynamodb.calls()


@pytest.fixture
def store(calls) -> DynamoStore:
    return DynamoStore(calls)


PASSING = [
    refusal("ThrottlingException"),
    refusal("ProvisionedThroughputExceededException"),
    refusal("TransactionConflictException"),
    refusal("InternalServerError"),
    refusal("TransactionCanceledException", "None", "TransactionConflict"),
    refusal("TransactionCanceledException", "ThrottlingError", "None"),
]


@pytest.mark.parametrize("failure", [*PASSING, LOST], ids=str)
def test_what_passes_is_tried_again(dynamodb, store, failure):
    """Three calls that fail in a row are followed by one that does not, and nobody notices."""
    for call in (
        lambda: store.write("T1", put("a", {"n": 1}), put("b", {})),
        lambda: store.write("T1", put("a", {"n": 2})),
    ):
        dynamodb.fail(failure, failure, failure)
        call()
    dynamodb.fail(failure)
    assert store.get("T1", "a").value == {"n": 2}
    dynamodb.fail(failure)
    assert len(store.find("T1", "")) == 2
    dynamodb.fail(failure)
    assert store.forget("T1") == {"a": 1, "b": 1}


@pytest.mark.parametrize(
    "reasons", [("ConditionalCheckFailed", "None"), ("TransactionConflict", "ConditionalCheckFailed")]
)
def test_a_condition_that_failed_is_no_matter_of_patience(dynamodb, store, reasons):
    """Among other reasons too: trying again without reading again is of no use."""
    dynamodb.fail(refusal("TransactionCanceledException", *reasons))
    with pytest.raises(Conflict):
        store.write("T1", put("a", {}), check("b", 0))
    store.write("T1", put("a", {}), check("b", 0))


def test_pauses_between_attempts_are_drawn_and_grow(dynamodb, calls, monkeypatch):
    """Many that met the same item spread over a longer and longer time."""
    slept = []
    monkeypatch.setattr("bot.store.dynamodb_calls.time.sleep", slept.append)
    dynamodb.fail(*[refusal("ThrottlingException")] * 7)
    DynamoStore(Calls(calls.table, lambda: dynamodb.client, 60, draw=lambda: 0.5)).get("T1", "a")
    assert slept == pytest.approx([0.005, 0.01, 0.02, 0.04, 0.08, 0.1, 0.1])


def test_a_transaction_that_is_tried_again_is_known_by_its_token(dynamodb, store):
    """DynamoDB carries out one token once; the next write has another."""
    dynamodb.fail(LOST)
    store.write("T1", put("a", {}), put("b", {}))
    store.write("T1", put("a", {}), put("b", {}))
    first, again, other = [body["ClientRequestToken"] for _, body in list(dynamodb.asked)[-3:]]
    assert first == again != other and len(first) <= 36


def test_a_click_whose_answer_got_lost_counts_once(dynamodb, store):
    """The vote was written, a second attempt meets it (moto knows no tokens), and the click is known by when it was
    made."""
    store.write("T1", put("round", {}))
    vote(store, "T1", "round", Named("a", "A"), Click("U1", "1.0", "1"))
    dynamodb.fail(None, LOST)  # what is read comes back, what is written does not
    assert vote(store, "T1", "round", Named("a", "A"), Click("U2", "1.0", "2")) is Outcome.SEEN
    assert [entry.voters for entry in tally(store, "T1", "round")] == [("U1", "U2")]


def test_people_who_vote_at_one_moment_wait_for_one_another(dynamodb, store, monkeypatch):
    """Every vote checks that the round is open, so that on AWS all of them meet there: 20 at once come through all the
    same."""
    monkeypatch.setattr(dynamodb, "lasting", 0.01)
    store.write("T1", put("round", {}))
    people = [f"U{number}" for number in range(20)]
    before = dynamodb.conflicts
    with ThreadPoolExecutor(len(people)) as pool:
        outcomes = list(
            pool.map(lambda person: vote(store, "T1", "round", Named("a", "A"), Click(person, "1.0", "1")), people)
        )
    assert set(outcomes) == {Outcome.VOTED} and dynamodb.conflicts > before
    assert sorted(tally(store, "T1", "round")[0].voters) == sorted(people)


def test_what_a_batch_leaves_is_asked_for_again(dynamodb, store):
    """A part at a time, until all is read or deleted."""
    store.write("T1", *(put(key, {"of": key}) for key in "abcd"))
    dynamodb.leaving = 2
    assert [item.value["of"] for item in store.read("T1", *"dcba")] == [*"dcba"]
    assert [operation for operation, _ in dynamodb.asked][-3:] == ["BatchGetItem"] * 3 and not dynamodb.leaving
    dynamodb.leaving = 2
    assert store.forget("T1") == dict.fromkeys("abcd", 1) and store.find("T1", "") == []


def test_a_batch_that_is_never_done_is_given_up_in_time(dynamodb, calls, monkeypatch):
    """As a call that is always refused is; nothing comes of what was read."""
    monkeypatch.setattr(dynamodb, "leaving", float("inf"))
    hasty = DynamoStore(Calls(calls.table, lambda: dynamodb.client, patience=0.05))
    hasty.write("T1", put("a", {}), put("b", {}))
    with pytest.raises(Unavailable, match=f"{calls.table}.*UnprocessedKeys.*TECHNAME_TABLE"):
        hasty.read("T1", *(f"{number}" for number in range(100)))


def test_a_server_that_always_refuses_is_given_up_in_time(dynamodb, calls, monkeypatch):
    """The message names the table, the reason and the setting; for two seconds nobody asks again, then all is well."""
    now = [1000.0]
    monkeypatch.setattr("bot.store.dynamodb_calls.time.monotonic", lambda: now[0])
    impatient = DynamoStore(Calls(calls.table, lambda: dynamodb.client, patience=-1))
    dynamodb.fail(refusal("ThrottlingException"))
    for call in (
        lambda: impatient.write("T1", put("a", {})),
        lambda: impatient.get("T1", "a"),
        lambda: impatient.find("T1", "a"),
    ):
        dynamodb.asked.clear()
        with pytest.raises(Unavailable, match=f"{calls.table}.*Throttling.*TECHNAME_TABLE"):
            call()
        now[0] += 0.9
    assert not dynamodb.asked
    assert impatient.get("T1", "a") is None


def test_no_server_and_a_silent_one_are_given_up_in_time(dynamodb, calls):
    """Neither a closed port nor an answer that does not come takes longer than Slack waits."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        client = connect(endpoint_url=url, **ACCOUNT)
        with pytest.raises(Unavailable, match="Read timeout"):
            DynamoStore(Calls("none", lambda: client, patience=0)).get("T1", "a")
    with pytest.raises(Unavailable, match="Could not connect"):
        DynamoStore(Calls("none", lambda: client, patience=0.1)).write("T1", put("a", {}))
    assert PATIENCE + CONNECT + READ < 2.5
    client.close()


@pytest.mark.parametrize(
    "given, told",
    [
        ({"aws_access_key_id": None, "aws_secret_access_key": None}, "Unable to locate credentials"),
        ({"region_name": None}, "You must specify a region"),
    ],
    ids=["no credentials", "no region"],
)
def test_what_is_missing_is_told(dynamodb, monkeypatch, tmp_path, given, told):
    """A machine without an AWS account is told what to set, and nothing is asked of anybody."""
    for name, value in {
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
    }.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(Unavailable, match=f"{told}.*credentials"):
        DynamoStore(Calls("none", lambda: dynamodb.connect(**given))).get("T1", "a")


def test_no_such_table_is_told(dynamodb, calls):
    """The name in the settings is wrong, or the region is."""
    for call in (
        lambda store: store.get("T1", "a"),
        lambda store: store.find("T1", "a"),
        lambda store: store.write("T1", put("a", {})),
        lambda store: store.write("T1", put("a", {}), put("b", {})),
        lambda store: store.forget("T1"),
        lambda store: store.read("T1", "a"),
    ):
        with pytest.raises(Unavailable, match="table nowhere"):
            call(DynamoStore(Calls("nowhere", lambda: dynamodb.client)))


@set_initial_no_auth_action_count(0)
def test_wrong_credentials_are_told(dynamodb, calls):
    """A key that the account does not know."""
    with pytest.raises(Unavailable, match="security token.*invalid"):
        DynamoStore(calls).get("T1", "a")


def test_the_functions_role_may_do_what_the_store_does_and_no_more(dynamodb, store):
    """All but forgetting a team, which an operator does; a transaction needs the right to each of its parts."""
    dynamodb.asked.clear()
    store.write("T1", put("a", {}))
    store.write("T1", delete("a"))
    store.write("T1", check("b", 0), put("c", {}), delete("d"))
    store.get("T1", "a"), store.read("T1", "a"), store.find("T1", "")
    parts = {"TransactWriteItems": {"ConditionCheckItem", "PutItem", "DeleteItem"}}
    done = set().union(*(parts.get(operation, {operation}) for operation, _ in dynamodb.asked))
    [allowed] = [
        policy["PolicyDocument"]["Statement"][0]["Action"]
        for policy in deployed("SlackRole")["Policies"]
        if policy["PolicyName"] == "remember"
    ]
    assert sorted(allowed) == sorted(f"dynamodb:{action}" for action in done)


def test_the_settings_choose_and_nothing_is_imported_before_it_is_asked():
    """A table means DynamoDB, and boto3 with its client waits for the first question."""
    assert isinstance(open_store(Settings()), SqliteStore) and isinstance(
        open_store(Settings(table="names")), DynamoStore
    )
    code = (
        "import sys\nfrom bot.settings import Settings\nfrom bot.store.opening import open_store\n"
        "open_store(Settings(table='names'))\nprint([name for name in ('boto3', 'botocore', 'sqlite3') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"


def test_all_calls_of_a_request_share_one_deadline(dynamodb, calls, monkeypatch):
    """Where ten of eleven calls are throttled, a vote ends with its request's deadline, and others may still ask."""
    now = [1000.0]
    monkeypatch.setattr("bot.store.dynamodb_calls.time.monotonic", lambda: now[0])
    monkeypatch.setattr("bot.store.dynamodb_calls.time.sleep", lambda pause: now.__setitem__(0, now[0] + pause))
    throttled = DynamoStore(Calls(calls.table, lambda: dynamodb.client, draw=lambda: 0.9))
    throttled.write("T1", put("round", {}))
    dynamodb.fail(*([*[refusal("ThrottlingException")] * 10, None] * 40))
    try:
        with pytest.raises(Unavailable), deadline.until(now[0] + 1.6):
            for number in range(20):
                vote(throttled, "T1", "round", Named("a", "A"), Click("U1", "1.0", str(number)))
        assert now[0] <= 1001.6
    finally:
        dynamodb.recover()
    assert throttled.get("T1", "round"), "the table is asked again at once"


def test_conflicts_end_with_the_request(store, monkeypatch):
    """A person who always loses against others is told when the time is over."""
    now = [1000.0]
    monkeypatch.setattr("bot.store.deadline.time.monotonic", lambda: now[0])

    def decide():
        now[0] += 0.5
        raise Conflict("round")

    with pytest.raises(Unavailable, match="every attempt"), deadline.until(1001.6):
        retry_on_conflict(decide)
    assert now[0] == 1002.0
