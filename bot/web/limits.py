"""Limits that keep one caller from holding a worker: on the size of a query, on its rate and on the work at once."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bot.web.problems import Problem

MOST_NAMES = 20  # in one answer, as in Slack
MOST_LIKELY = 40  # tokens in one hole of `why`
MOST_SKIP = 100  # completions before the first one listed
MOST_LETTERS = 120  # characters of a pattern as typed
LONGEST = 24  # tokens of a name or a pattern: a search costs more than its length
MOST_GAPS = 3  # `...` in all that is asked of a name; what is contained has one on each side
MOST_GAPS_WEIGHED = 2  # the same for `why`, which visits every reading
MOST_CHOSEN = {"characters": MOST_NAMES, "words": 5, "notes": 5}  # lines and tunes cost more to choose
MOST_PARTS = 3  # corpora in one blend: a blend is trained while the caller waits
LONGEST_NAME = 64  # characters of a name to be scored
LONGEST_TUNE = 400  # characters of a tune to be heard, of at most
MOST_QUARTERS = 64  # quarters
_ADDRESSES = 10_000  # that are remembered; the oldest are forgotten


class Rate:
    """A token bucket for each client address: `burst` requests at once, then `per_second`."""

    def __init__(self, per_second: float = 10.0, burst: int = 40, clock: Callable[[], float] = time.monotonic):
        self.per_second, self.burst, self._clock = per_second, burst, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens left and when, in seconds

    def take(self, address: str) -> float:
        """Take one token of an address; the seconds until there is one again, 0 if there was one."""
        now, key = self._clock(), network(address)
        left, before = self._buckets.pop(key, (float(self.burst), now))
        left = min(float(self.burst), left + (now - before) * self.per_second)
        granted = left >= 1.0
        self._buckets[key] = left - granted, now
        if len(self._buckets) > _ADDRESSES:
            self._buckets.popitem(last=False)
        return 0.0 if granted else (1.0 - left) / self.per_second


def network(address: str) -> str:
    """The network that one caller has: an IPv4 address, or the first 64 bits of an IPv6 address.

    >>> network("192.0.2.7"), network("2001:db8::1:2:3:4"), network("")
    ('192.0.2.7', '2001:db8::/64', '')
    """
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))


class Gate:
    """At most `at_once` queries work at the same time; a further one waits `patience` seconds, then it is refused."""

    def __init__(self, at_once: int = 2, waiting: int = 16, patience: float = 2.0):
        self._work = threading.BoundedSemaphore(at_once)
        self._queue = threading.BoundedSemaphore(at_once + waiting)
        self.patience = patience

    @contextmanager
    def __call__(self) -> Iterator[None]:
        """Hold a place while the work is done. Raises Problem 503."""
        if not self._queue.acquire(blocking=False):
            raise _busy()
        try:
            if not self._work.acquire(timeout=self.patience):
                raise _busy()
            try:
                yield
            finally:
                self._work.release()
        finally:
            self._queue.release()


def _busy() -> Problem:
    detail = "Other queries are being worked out, and this one would have waited too long. Ask again in a second."
    return Problem(503, "busy", detail, retry_after=1)
