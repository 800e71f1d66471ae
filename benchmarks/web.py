"""The page and the API on loopback, beside an empty route of the same framework in the same run: `python -m benchmarks.web`.

One process serves, one client asks over one connection that stays open, the routes in turn, so that a slow moment of
the machine strikes them alike.
"""

import gzip
import http.client
import os
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.table import p50_p99, print_table

ROOT = Path(__file__).resolve().parents[1]
TURNS, COLD = 100, 9
API = "/api/mix/pokemon"
ASKED = {
    "complete `mo***`": f"{API}/complete?q=mo***&n=5",
    "draw `mo***`, seeded": f"{API}/draw?q=mo***&n=5&seed=7",
    "draw `mo***`, any": f"{API}/draw?q=mo***&n=5",
    "chosen names, seeded": f"{API}?n=5&seed=7",
    "chosen names, any": f"{API}?n=5",
    "why `*u*a`": f"{API}/why?q=*u*a&n=5",
    "the page with names and heat map": "/?q=mo***",
}
BARE = "import fastapi, mangum, numpy"
FIRST = """
from bot.web.lambda_handler import lambda_handler
event = {"version": "2.0", "rawPath": %r, "rawQueryString": %r, "headers": {"host": "a"}, "isBase64Encoded": False,
         "requestContext": {"stage": "$default", "http": {"method": "GET", "path": %r, "sourceIp": "192.0.2.1"}}}
assert lambda_handler(event, None)["statusCode"] == 200
"""


@contextmanager
def serving(app) -> Iterator[http.client.HTTPConnection]:
    """A connection to a server of an app, in a thread of its own."""
    from bot.web.serving import listen, server

    listening = listen("127.0.0.1", 0)
    running = server(app)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    connection = http.client.HTTPConnection("127.0.0.1", listening.getsockname()[1])
    try:
        yield connection
    finally:
        connection.close()
        running.should_exit = True
        thread.join()


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[float, float]:
    """Milliseconds of one request, and of the processor's work for it, the client's included: a busy machine leaves the
    second as it is."""
    start, worked = time.perf_counter(), time.process_time()
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, (path, answer.status)
    return (time.perf_counter() - start) * 1000, (time.process_time() - worked) * 1000


def rates() -> Iterator[tuple[str, str, str, str]]:
    """Each route worked out anew and from the cache, beside the empty route."""
    from fastapi import FastAPI

    from bot.names.library import Library
    from bot.settings import load_settings
    from bot.web.app import make_app

    empty, settings = FastAPI(openapi_url=None), load_settings()

    @empty.get("/")
    def nothing() -> dict:
        return {}

    library = Library(settings)
    cached, anew = make_app(settings, library), make_app(settings, library)
    anew._most = 0  # answers that are kept
    with ExitStack() as stack:
        bare, kept, fresh = (stack.enter_context(serving(app)) for app in (empty, cached, anew))
        asked = {"an empty route": (bare, "/")}
        asked |= {name: (fresh, path) for name, path in ASKED.items()}
        asked["complete `mo***`, from the cache"] = (kept, ASKED["complete `mo***`"])
        for connection, path in asked.values():  # models are loaded; the server ends what was idle for long
            ask(connection, path)
            connection.close()
        spent = {name: [] for name in asked}
        for _turn in range(TURNS):
            for name, how in asked.items():
                spent[name].append(ask(*how))
    floor = _means(spent["an empty route"])
    for name, taken in spent.items():
        mean, work = _means(taken)
        rate = f"{1000 / mean:.0f} a second; {p50_p99([wall for wall, _ in taken])}"
        beside = f"rate {floor[0] / mean:.0%}, by the processor's work {floor[1] / work:.0%} of the empty route"
        yield name, rate, f"{work:.2f} ms of work", beside


def _means(taken: list[tuple[float, float]]) -> tuple[float, float]:
    return statistics.fmean(wall for wall, _ in taken), statistics.fmean(work for _, work in taken)


def cold() -> Iterator[tuple[str, str, str, str]]:
    """A new process to its first answer, beside one that only imports the framework, in turn."""
    codes = {"bare imports (fastapi, mangum, numpy)": BARE}
    for path, query in (("/api", ""), (f"{API}/complete", "q=mo***&n=5"), ("/", "q=mo***")):
        codes[f"`{path}{query and '?'}{query}`, new process to first answer"] = FIRST % (path, query, path)
    env = os.environ | {"AWS_LAMBDA_FUNCTION_NAME": "techname"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    spent = {name: [] for name in codes}
    for _turn in range(COLD + 1):
        for name, code in codes.items():
            start, worked = time.perf_counter(), _children()
            subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, check=True, stdout=subprocess.DEVNULL)
            spent[name].append(((time.perf_counter() - start) * 1000, (_children() - worked) * 1000))
    floor = None
    for name, taken in spent.items():
        wall, work = (statistics.median(column) for column in zip(*taken[1:], strict=True))  # the first writes .pyc
        floor = floor or (wall, work)
        beside = f"{wall / floor[0]:.2f} times the bare imports, by the processor's work {work / floor[1]:.2f} times"
        yield name, f"{wall:.0f} ms", f"{work:.0f} ms of work", beside


def _children() -> float:
    """Seconds that the processor has worked for processes that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def weight() -> Iterator[tuple[str, str, str, str]]:
    """What the page weighs, as it is and compressed."""
    from starlette.testclient import TestClient

    from bot.names.library import Library
    from bot.settings import load_settings
    from bot.web.app import make_app
    from bot.web.pages import assets

    client = TestClient(make_app(load_settings(), Library(load_settings())))
    files = {"the page, with eight names and a heat map": client.get("/?q=mo***").content}
    files |= {name: body for name, (body, _) in assets().items()}
    files["in all"] = b"".join(files.values())
    for name, body in files.items():
        packed = len(gzip.compress(body, 6))
        yield name, f"{len(body) / 1000:.1f} kB", f"{packed / 1000:.1f} kB compressed", ""


def main() -> None:
    """Print every measurement as one table."""
    rows = (row for measurement in (rates, cold, weight) for row in measurement())
    print_table(("what", "measured", "how", "beside"), rows)


if __name__ == "__main__":
    main()
