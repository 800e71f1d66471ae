"""New seeds for draws that nobody gave a seed: less than a million, since people type them again."""

import secrets
import threading

BLOCKS, TURNS = 125_000, 8  # as in generator.pool


class Seeds:
    """Gives seeds that share pools: after a random one, seven more whose pools are drawn together (see
    generator.pool)."""

    def __init__(self):
        self._lock, self._turn, self._block = threading.Lock(), TURNS, 0

    def __call__(self) -> int:
        """The next seed."""
        with self._lock:
            if self._turn == TURNS:
                self._turn, self._block = 0, secrets.randbelow(BLOCKS)
            self._turn += 1
            return self._block + (self._turn - 1) * BLOCKS


new_seed = Seeds()
