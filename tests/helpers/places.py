"""Places on loopback that a probe may ask: one that answers, and others that refuse, hang, redirect, lie, or never
end."""

import contextlib
import socket
import threading
from collections.abc import Iterator

ANSWERS = {
    "taken": b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi",
    "free": b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    "broken": b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\n\r\n",
    "busy": b"HTTP/1.1 429 Slow down\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n",
    "away": b"HTTP/1.1 302 Found\r\nLocation: /free\r\nContent-Length: 0\r\n\r\n",
    "no-http": b"SSH-2.0-OpenSSH_9.6\r\n",
    "odd-status": b"HTTP/1.1 2e2 OK\r\n\r\n",
    "odd-length": b"HTTP/1.1 200 OK\r\nContent-Length: -7\r\nContent-Encoding: gzip\r\n\r\nno gzip",
    "no-end": b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n",
    "nothing": b"",
}
# What is sent over and over until the other side hangs up.
ENDLESS = {
    "endless-body": (b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 65536),
    "endless-status": (b"HTTP/1.1 200 ", b"y" * 65536),
    "endless-headers": (b"HTTP/1.1 200 OK\r\n", b"A: b\r\n"),
    "endless-continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
}


class LoopbackPlace:
    """A server that answers each path by its last word, as `/taken` does; `hang` it answers never, and what it does not
    know is free.

    `asked` are the request lines and headers that arrived, `most` the most questions open at once.
    """

    def __init__(self):
        self.asked: list[str] = []
        self.most = self.open = 0
        self.slow = 0.0
        self.over = threading.Event()
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        self._threads[0].start()

    @property
    def paths(self) -> list[str]:
        return [request.split(" ")[1] for request in self.asked]

    def close(self) -> None:
        self.over.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self._threads.append(threading.Thread(target=self._serve, args=(connection,), daemon=True))
                self._threads[-1].start()

    def _serve(self, connection: socket.socket) -> None:
        self._count(+1)
        with contextlib.suppress(OSError), connection:
            request = b""
            while b"\r\n\r\n" not in request:
                request += connection.recv(65536) or b" /nothing \r\n\r\n"
                if request.startswith(b"\x16"):  # TLS, of which this place knows nothing
                    return connection.sendall(ANSWERS["broken"])
            self.asked.append(request.decode("latin-1"))
            self._answer(connection, request.split(b" ")[1].decode("latin-1").rstrip("/").split("/")[-1])

    def _count(self, change: int) -> None:
        with self._lock:
            self.open += change
            self.most = max(self.most, self.open)

    def _answer(self, connection: socket.socket, word: str) -> None:
        if word == "hang":
            self.over.wait()
        elif word in ENDLESS:
            first, more = ENDLESS[word]
            connection.sendall(first)
            while not self.over.is_set():
                connection.sendall(more)
        elif word == "drip":
            for byte in b"HTTP/1.1 200 OK" + b" " * 10_000:
                connection.sendall(bytes([byte]))
                if self.over.wait(0.02):
                    return
        else:
            self.over.wait(self.slow)
            self._count(-1)  # before the answer, upon which the other side may ask the next
            connection.sendall(ANSWERS.get(word, ANSWERS["free"]))


@contextlib.contextmanager
def place() -> Iterator[LoopbackPlace]:
    """A place, closed in the end with every connection to it."""
    opened = LoopbackPlace()
    try:
        yield opened
    finally:
        opened.close()


def nowhere() -> str:
    """An address at which every connection is refused."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return f"http://127.0.0.1:{listener.getsockname()[1]}"
