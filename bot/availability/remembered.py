"""Recent answers: a bounded cache whose entries expire."""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any

MOST = 2_000
SECONDS = 60 * 60


class Remembered:
    """A cache of at most `most` entries, each for `seconds`; the least recently used entry goes first.

    >>> kept = Remembered(most=1)
    >>> kept.put("a", 1); kept.put("b", 2); kept.get("a"), kept.get("b")
    (None, 2)
    """

    def __init__(self, most: int = MOST, seconds: float = SECONDS, clock: Callable[[], float] = time.monotonic):
        self.most, self.seconds, self.clock = most, seconds, clock
        self._lock = threading.Lock()
        self._entries: OrderedDict[Hashable, tuple[float, Any]] = OrderedDict()

    def get(self, key: Hashable) -> Any:
        """The value under a key, or None if there is none or it has expired."""
        with self._lock:
            expires, value = self._entries.get(key, (0.0, None))
            if value is None or self.clock() >= expires:
                self._entries.pop(key, None)
                return None
            self._entries.move_to_end(key)
            return value

    def put(self, key: Hashable, value: Any) -> None:
        with self._lock:
            self._entries[key] = (self.clock() + self.seconds, value)
            self._entries.move_to_end(key)
            while len(self._entries) > self.most:
                self._entries.popitem(last=False)
