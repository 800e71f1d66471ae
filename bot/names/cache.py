"""A single-flight cache: the first thread that asks for a missing value makes it, and the others wait for it.

Each value has its own future, so a slow value blocks nobody who asks for another.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from functools import wraps
from typing import Any, TypeVar

T = TypeVar("T")


class Cache:
    """Values by key, made on first use; with `most`, the last used ones stay. Thread-safe.

    >>> cache = Cache()
    >>> cache.get("mew", lambda: 151), cache.get("mew", lambda: 152)
    (151, 151)
    """

    def __init__(self, most: int | None = None):
        self._most = most
        self._lock = threading.Lock()  # guards the table; no value is made under it
        self._made: dict[Hashable, _Making] = {}  # in order of use

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key, made by `make` if it is missing. No error of `make` is cached; waiting threads get it.

        Raises RuntimeError if `make` asks for its own key, which would deadlock.
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
        """Set the value of a key."""
        making = _Making()
        making.set_result(thing)
        with self._lock:
            self._made.pop(key, None)
            self._made[key] = making
            self._make_room()

    def holds(self, key: Hashable) -> bool:
        """Whether a value is there already."""
        making = self._made.get(key)
        return making is not None and making.done() and making.exception() is None

    def keys(self) -> list:
        """The keys in order of use, with those whose values are being made."""
        with self._lock:
            return list(self._made)

    def drop(self, unwanted: Callable[[Any], bool]) -> None:
        """Forget the values of unwanted keys; a waiting thread still gets its value."""
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
    """The future of a value, with the thread that makes it."""

    def __init__(self):
        super().__init__()
        self.maker = threading.get_ident()


def kept(method: Callable) -> Callable:
    """Cache a library's method by its arguments, of which the first is a corpus; `key` gives the cache's key.

    Only the last few blends stay cached.
    """

    @wraps(method)
    def given(self, *asked):
        self._make_room(asked[0])
        return self._cache.get(given.key(*asked), lambda: method(self, *asked))

    given.key = lambda *asked: (method.__qualname__, *asked)
    return given
