"""Domains, with a resolver that answers, fails, lies or hangs."""

import socket
import threading
import time

import pytest

from bot.availability.verdict import IMPOSSIBLE, IN_USE, NO_RECORD, UNKNOWN
from bot.strings import taken as words
from tests.helpers.probing import prober

HERE = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.0.2.1", 0))]


class Resolver:
    """getaddrinfo by heart: a list of addresses, an error to raise, or an event to wait for; else there is no such
    domain."""

    def __init__(self, **known):
        self.known = known
        self.asked: list[str] = []

    def __call__(self, host, port):
        self.asked.append(host)
        answer = self.known.get(host.split(".")[0], socket.gaierror(socket.EAI_NONAME, "not known"))
        if isinstance(answer, threading.Event):
            answer.wait()
        if isinstance(answer, Exception):
            raise answer
        return answer


def check(resolver, *names, suffixes=(".com",), seconds=300.0):
    return prober(suffixes=suffixes, resolve=resolver).check(names, time.monotonic() + seconds)


@pytest.mark.parametrize(
    "answer, said",
    [
        (HERE, IN_USE),
        (socket.gaierror(socket.EAI_NONAME, "not known"), NO_RECORD),
        (socket.gaierror(socket.EAI_NODATA, "no address"), IN_USE),
        (socket.gaierror(socket.EAI_AGAIN, "try again"), UNKNOWN),
        (socket.gaierror(socket.EAI_FAIL, "failed"), UNKNOWN),
        (OSError("no sockets left"), UNKNOWN),
    ],
)
def test_in_use_or_no_record(answer, said):
    """An address, or a domain without one, is in use; a domain that is not there has no record; it is never said to be
    free."""
    (found,) = check(Resolver(mongo=answer), "Mongo")
    assert (found.said, found.asked, found.label) == (said, "mongo.com", ".com")


def test_every_suffix_is_asked_as_a_whole_name():
    """Each suffix is looked up, ending in a dot, so that no search list makes another domain of it."""
    resolver = Resolver()
    found = check(resolver, "Mr. Mime", "東京", suffixes=(".com", ".co.uk"))
    assert [one.asked for one in found] == ["mr-mime.com", "mr-mime.co.uk", "xn--1lqs71d.com", "xn--1lqs71d.co.uk"]
    assert {f"{one.asked}." for one in found} <= set(resolver.asked)


def test_what_no_domain_can_be_called():
    """A name longer than a domain may be is asked of nobody."""
    resolver = Resolver()
    (found,) = check(resolver, "x" * 64)
    assert (found.said, found.asked) == (IMPOSSIBLE, "") and not any(host.startswith("xx") for host in resolver.asked)


def test_a_resolver_that_knows_every_name():
    """Some resolvers, and some suffixes, answer for every name: that says nothing."""
    (found,) = check(lambda host, port: HERE, "mongo")
    assert (found.said, found.reason) == (UNKNOWN, words.SAYS_SO_OF_ALL)


def test_a_resolver_that_knows_no_name():
    """A machine without a network may say of every domain that there is none: one that is in use for sure gives it
    away."""
    (found,) = prober(suffixes=(".com",), known="example", resolve=Resolver()).check(["mongo"], time.monotonic() + 300)
    assert (found.said, found.reason) == (UNKNOWN, words.SAYS_SO_OF_NONE)
    (found,) = prober(suffixes=(".com",), known="example", resolve=Resolver(example=HERE)).check(
        ["mongo"], time.monotonic() + 300
    )
    assert found.said == NO_RECORD


def test_a_resolver_that_hangs():
    """The deadline holds although nothing stops a thread in a resolver, and what came back by then is told."""
    stuck = threading.Event()
    try:
        found = check(Resolver(stuck=stuck, mongo=HERE), "stuck", "mongo", seconds=3)
        assert [(one.said, one.reason) for one in found] == [(UNKNOWN, words.LATE), (IN_USE, "")]
    finally:
        stuck.set()


def test_a_resolver_that_hangs_for_ever_has_a_bound():
    """However often one asks while it hangs, no more than eight threads wait for it; once it is back, so are we."""
    stuck = threading.Event()
    resolver = Resolver(**{f"name{i}": stuck for i in range(40)}, mongo=HERE)
    asking = prober(suffixes=(".com",), resolve=resolver)
    for i in range(0, 40, 5):
        found = asking.check([f"name{j}" for j in range(i, i + 5)], time.monotonic() + 0.1)
        assert {one.reason for one in found} == {words.LATE}
    assert len(resolver.asked) <= 8 + 1  # and one about nobody
    stuck.set()
    assert asking.check(["mongo"], time.monotonic() + 300)[0].said == IN_USE


def test_localhost_over_the_real_resolver():
    """The machine's own resolver, asked without a network."""
    (found,) = prober(suffixes=(".invalid",)).check(["techname"], time.monotonic() + 300)
    assert found.said in (NO_RECORD, UNKNOWN)  # RFC 6761: there is none; a machine without a resolver does not know
