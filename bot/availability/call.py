"""One call for verdicts: its deadline, and the connections that it closes at the deadline."""

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress


class Call:
    """The deadline, agent and connections that all questions of a call share.

    A socket's timeout starts anew with every read, so a server that answers byte by byte could hold a thread for hours.
    Closing the connection frees the thread at once.
    """

    def __init__(self, deadline: float, agent: str, resolve: Callable = socket.getaddrinfo):
        self.deadline, self.agent, self.resolve = deadline, agent, resolve
        self._lock = threading.Lock()
        self._held: list[socket.socket] = []
        self._over = False

    def left(self) -> float:
        """Seconds until the deadline."""
        return self.deadline - time.monotonic()

    def hold(self, connection: socket.socket) -> None:
        """Remember a connection, to close it at the deadline. Raises TimeoutError if that has passed."""
        with self._lock:
            if self._over:
                raise TimeoutError
            self._held.append(connection)

    def hang_up(self) -> None:
        """Close every open connection."""
        with self._lock:
            self._over = True
            for connection in self._held:
                with suppress(OSError):  # closed already
                    connection.shutdown(socket.SHUT_RDWR)
