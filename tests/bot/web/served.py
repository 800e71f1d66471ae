"""The web edge on a port of this machine, as `techname serve` serves it."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from bot.web.app import make_app
from bot.web.serving import address, listen, server


@contextmanager
def served(settings, library) -> Iterator[str]:
    """The address of a server in a thread of this process."""
    listening = listen("127.0.0.1", 0)
    serving = server(make_app(settings, library))
    thread = threading.Thread(target=serving.run, kwargs={"sockets": [listening]})
    thread.start()
    while not serving.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield address(listening)
    finally:
        serving.should_exit = True
        thread.join(30)
        listening.close()
