"""A single-flight cache: of those who ask for a thing that is not there one makes it and the others wait for that
making alone.

Each thing has a lock of its own, its future: while one is made, in seconds perhaps, all others are given out.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import wraps
from typing import Any, TypeVar

T = TypeVar("T")


class Cache:
    """Things by key, made when they are first asked for; with `most`, the latest used so many stay. Safe to share
    between threads.

    >>> cache = Cache()
    >>> cache.get("mew", lambda: 151), cache.get("mew", lambda: 152)
    (151, 151)
    """

    def __init__(self, most: int | None = None):
        self._most = most
        self._lock = threading.Lock()  # of the table alone: nothing is made under it
        self._made: dict[Hashable, _Making] = {}  # the latest used last

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The thing of that key, made by `make` where it is not there. What making raises reaches all who wait, and is
        not kept.

        Raises RuntimeError where making it asks for itself, which would wait for ever.
        """
        with self._lock:
            making = self._made.pop(key, None)
            ours = making is None
            making = self._made[key] = making or _Making()
            self._make_room()
        if ours:
            self._make(key, making, make)
        elif making.maker == threading.get_ident() and not making.done():
            raise RuntimeError(f"the making of {key} asks for itself")
        return making.result()

    def put(self, key: Hashable, thing: object) -> None:
        """Keep a thing that was made elsewhere, in place of any that is there."""
        making = _Making()
        making.set_result(thing)
        with self._lock:
            self._made.pop(key, None)
            self._made[key] = making
            self._make_room()

    def holds(self, key: Hashable) -> bool:
        """Whether a thing is there and need not be waited for."""
        making = self._made.get(key)
        return making is not None and making.done() and making.exception() is None

    def keys(self) -> list:
        """The keys of what is there or being made, the latest used last."""
        with self._lock:
            return list(self._made)

    def drop(self, unwanted: Callable[[Any], bool]) -> None:
        """Forget the things whose keys are unwanted; who waits for one of them gets it all the same."""
        with self._lock:
            for key in list(filter(unwanted, self._made)):
                del self._made[key]

    def _make(self, key: Hashable, making: _Making, make: Callable[[], object]) -> None:
        try:
            making.set_result(make())
        except BaseException as error:
            with self._lock:
                if self._made.get(key) is making:
                    del self._made[key]
            making.set_exception(error)

    def _make_room(self) -> None:
        while self._most is not None and len(self._made) > self._most:
            del self._made[next(iter(self._made))]


class _Making(Future):
    """A thing that one thread makes, or has made."""

    def __init__(self):
        super().__init__()
        self.maker = threading.get_ident()


def kept(method: Callable) -> Callable:
    """Let a method of the library keep in its cache what it gives for each list of arguments; `key` gives the key of
    such a list.

    The first argument is the name of a corpus. Of blends the latest are kept.
    """

    @wraps(method)
    def given(self, *asked):
        self._make_room(asked[0])
        return self._cache.get(given.key(*asked), lambda: method(self, *asked))

    given.key = lambda *asked: (method.__qualname__, *asked)
    return given
