"""One call for verdicts: its deadline, how it asks, and the connections that it hangs up when time is over."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress


class Call:
    """What every question of one call shares. A socket's own timeout counts anew for every read, so a server that drips
    its answer byte by byte would keep a thread for hours; hung up, it lets go at once."""

    def __init__(self, deadline: float, agent: str, resolve: Callable = socket.getaddrinfo):
        self.deadline, self.agent, self.resolve = deadline, agent, resolve
        self._lock = threading.Lock()
        self._held: list[socket.socket] = []
        self._over = False

    def left(self) -> float:
        """Seconds until the deadline."""
        return self.deadline - time.monotonic()

    def hold(self, connection: socket.socket) -> None:
        """Remember a connection, to hang it up; raises TimeoutError where that is due already."""
        with self._lock:
            if self._over:
                raise TimeoutError
            self._held.append(connection)

    def hang_up(self) -> None:
        """End every connection that is still open."""
        with self._lock:
            self._over = True
            for connection in self._held:
                with suppress(OSError):  # closed already
                    connection.shutdown(socket.SHUT_RDWR)
