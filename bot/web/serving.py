"""`techname serve`: on one port the page, the API, MCP if it is installed, Slack's endpoint if its secret is set."""

from __future__ import annotations

import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager

import uvicorn
from starlette.types import ASGIApp

from bot.errors import BadInput
from bot.names.library import Library
from bot.names.training_queue import library_in_background
from bot.settings import Settings
from bot.web.app import make_app
from bot.web.limits import Rate

HOST, PORT = "127.0.0.1", 8080


def serve(settings: Settings, host: str = HOST, port: int = PORT) -> None:
    """Serve until Ctrl-C. Raises BadInput if the port cannot be had."""
    with closing(listen(host, port)) as listening, closing(library_in_background(settings)) as library:
        app = whole_app(settings, library)
        print(f"techname: {address(listening)}  (Ctrl-C ends it)", file=sys.stderr, flush=True)
        server(app).run(sockets=[listening])


@contextmanager
def beside(settings: Settings, library: Library) -> Iterator[str | None]:
    """The page in a thread while something else runs: its address, None if its port is taken."""
    try:
        listening = listen(HOST, PORT)
    except BadInput:
        yield None
        return
    running = server(make_app(settings, library))
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, name="page", daemon=True)
    with closing(listening):
        thread.start()
        yield address(listening)
        running.should_exit = True
        thread.join()


def whole_app(settings: Settings, library: Library) -> ASGIApp:
    """The app with a limit on each caller's rate, and Slack's endpoint if its secret is set."""
    handler = None
    if settings.signing_secret:
        from bot.slack.lambda_handler import make_handler  # slow to import

        handler = make_handler(settings, library)
    return make_app(settings, library, Rate(), slack_handler=handler)


def server(app: ASGIApp) -> uvicorn.Server:
    """A server of ours that logs no address and no query."""
    return uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False, server_header=False))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 gives any that is free. Raises BadInput."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        message = f"I can't listen at {host}, port {port}: {why}.\nAnother port: `techname serve --port 8090`."
        raise BadInput(message) from None


def address(listening: socket.socket) -> str:
    """The address of the page that a socket serves."""
    host, port = listening.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
