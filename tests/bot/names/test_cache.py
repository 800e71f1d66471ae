"""The single-flight cache: one making a thing, no making holds up another, and what fails is not kept."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.names.cache import Cache


class Held:
    """A making that waits for the test's word, and counts how often it is begun."""

    def __init__(self, outcome: object):
        self.outcome, self.begun, self.go, self.times = outcome, threading.Event(), threading.Event(), 0

    def __call__(self):
        self.times += 1
        self.begun.set()
        self.go.wait()
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome


@pytest.fixture
def pool():
    with ThreadPoolExecutor(8) as pool:
        yield pool


def asked_at_once(pool, cache, key, make, many=4):
    """Futures of as many threads that ask for a thing, all past one barrier."""
    barrier = threading.Barrier(many)

    def ask():
        barrier.wait()
        return cache.get(key, make)

    return [pool.submit(ask) for _ in range(many)]


def test_those_who_ask_at_once_wait_for_one_making(pool):
    """Of four threads one makes the thing, and all have the very same."""
    cache, make = Cache(), Held(object())
    asking = asked_at_once(pool, cache, "pokemon", make)
    make.begun.wait()
    assert not cache.holds("pokemon")
    make.go.set()
    assert {id(each.result()) for each in asking} == {id(make.outcome)} and make.times == 1 and cache.holds("pokemon")


def test_a_making_holds_up_nothing_else(pool):
    """While one thing is made others are made, given out, put in and dropped; all of it in this thread, which would
    hang."""
    cache, make = Cache(), Held("trained")
    cache.get("pokemon", lambda: "warm")
    slow = pool.submit(cache.get, "cities", make)
    make.begun.wait()
    assert cache.get("pokemon", make) == "warm" and cache.get("ikea", lambda: "new") == "new"
    cache.put("gods", "elsewhere")
    cache.drop(lambda key: key == "ikea")
    assert cache.keys() == ["cities", "pokemon", "gods"] and not cache.holds("ikea")
    make.go.set()
    assert slow.result() == "trained"


@pytest.mark.parametrize("error", [ValueError("no names"), KeyboardInterrupt()])
def test_what_fails_reaches_all_who_wait_and_is_not_kept(pool, error):
    """Whoever waits hears of it, whoever asks later has it made anew."""
    cache, make = Cache(), Held(error)
    asking = asked_at_once(pool, cache, "pokemon", make)
    make.begun.wait()
    make.go.set()
    assert all(isinstance(each.exception(), type(error)) for each in asking)
    assert not cache.holds("pokemon") and cache.get("pokemon", lambda: "anew") == "anew"


def test_what_is_dropped_while_it_is_made_reaches_who_waits(pool):
    """A blend that had to make room while it was trained answers the one who asked, and is made again for the next."""
    cache, make = Cache(), Held("first")
    asking = pool.submit(cache.get, "pokemon+ikea", make)
    make.begun.wait()
    cache.drop(lambda key: True)
    assert cache.get("pokemon+ikea", lambda: "second") == "second"
    make.go.set()
    assert asking.result() == "first" and cache.get("pokemon+ikea", make) == "second"


def test_the_latest_used_stay():
    """A bounded cache forgets what was not used for longest."""
    cache = Cache(most=2)
    for key in "aba":
        cache.get(key, lambda key=key: key)
    cache.get("c", lambda: "c")
    assert cache.keys() == ["a", "c"]


def test_a_thing_that_asks_for_itself_is_an_error():
    """It would wait for ever."""
    cache = Cache()
    with pytest.raises(RuntimeError, match="asks for itself"):
        cache.get("a", lambda: cache.get("a", lambda: 1))
    assert cache.get("a", lambda: 2) == 2
