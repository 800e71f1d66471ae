"""No caller holds a worker: the rate of one address, and the work at once."""

import threading

import pytest
from starlette.testclient import TestClient

from bot.web import answering
from bot.web.app import make_app
from bot.web.limits import Gate, Rate
from bot.web.problems import Problem


def test_a_burst_and_then_the_rate(clock):
    """Three at once, then one every half second; another address has its own bucket."""
    rate = Rate(2.0, 3, clock)
    assert [rate.take("192.0.2.1") for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]
    assert rate.take("192.0.2.2") == 0.0
    clock.now += 0.5
    assert rate.take("192.0.2.1") == 0.0 and rate.take("192.0.2.1") > 0


def test_addresses_of_one_ipv6_network_share_a_bucket(clock):
    """Else one caller has 2**64 of them."""
    rate = Rate(1.0, 1, clock)
    assert rate.take("2001:db8::1") == 0.0 and rate.take("2001:db8::2") > 0


def test_addresses_are_forgotten_in_time(clock, monkeypatch):
    """What is remembered of addresses is bounded."""
    monkeypatch.setattr("bot.web.limits._ADDRESSES", 2)
    rate = Rate(1.0, 1, clock)
    for host in range(5):
        rate.take(f"192.0.2.{host}")
    assert len(rate._buckets) == 2


def test_over_the_rate_is_429_with_the_time_to_wait(settings, library, clock):
    """A problem with Retry-After; in time it is answered again. Answers from the cache count too."""
    client = TestClient(make_app(settings, library, Rate(1.0, 2, clock)))
    statuses = [client.get("/api").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]
    refused = client.get("/api")
    assert refused.json()["type"] == "/docs#too-many" and refused.headers["retry-after"] == "1"
    clock.now += 1
    assert client.get("/api").status_code == 200


def test_a_full_gate_refuses_at_once():
    """One works, none may wait: the next is 503."""
    gate = Gate(at_once=1, waiting=0)
    with gate(), pytest.raises(Problem) as refused, gate():
        pass
    assert refused.value.status == 503 and refused.value.retry_after
    with gate():  # and the place is free again
        pass


def test_a_long_wait_ends_in_503():
    """One that waits for its turn gives up when its patience ends, and frees its place."""
    gate = Gate(at_once=1, waiting=1, patience=0.01)
    with gate():
        for _ in range(3):
            with pytest.raises(Problem), gate():
                pass


def test_one_blend_is_trained_at_a_time(settings, library, monkeypatch):
    """While one is trained, another is refused at once, and everything else is answered."""
    begun, go_on, names, answers = threading.Event(), threading.Event(), answering.names, []

    def slow(query, library):
        if "+" in query.corpus:
            begun.set()
            assert go_on.wait(30)
        return names(query, library)

    client = TestClient(make_app(settings, library))
    monkeypatch.setattr(answering, "names", slow)
    first = threading.Thread(target=lambda: answers.append(client.get("/api/chain/ikea+tech?n=1")))
    first.start()
    assert begun.wait(30)
    refused, answered = client.get("/api/chain/pokemon+tech?n=1"), client.get("/api/chain/pokemon?n=1")
    go_on.set()
    first.join()
    assert (refused.status_code, answered.status_code, answers[0].status_code) == (503, 200, 200)
    assert client.get("/api/chain/ikea+tech?n=2").status_code == 200


def test_a_busy_worker_answers_503_over_http(settings, library, monkeypatch):
    """While one query is worked out and none may wait, another is refused; the first one is answered."""
    begun, go_on, names, answers = threading.Event(), threading.Event(), answering.names, []

    def slow(query, library):
        begun.set()
        assert go_on.wait(30)
        return names(query, library)

    client = TestClient(make_app(settings, library, gate=Gate(at_once=1, waiting=0)))
    monkeypatch.setattr(answering, "names", slow)
    first = threading.Thread(target=lambda: answers.append(client.get("/api/mix/pokemon?n=1")))
    first.start()
    assert begun.wait(30)
    refused = client.get("/api/mix/pokemon/complete?q=mo***")
    go_on.set()
    first.join()
    assert refused.status_code == 503 and refused.json()["type"] == "/docs#busy" and refused.headers["retry-after"]
    assert answers[0].status_code == 200
