"""A Lambda Runtime API on loopback, as small as AWS's own runtime loop (awslambdaric) allows."""

import json
import queue
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import NamedTuple

NEXT = "/2018-06-01/runtime/invocation/next"


class Outcome(NamedTuple):
    kind: str  # "response", "error" of an invocation, or "init/error"
    body: object


class RuntimeApi(ThreadingHTTPServer):
    """Hands events to a runtime loop and keeps what comes back; use as a context manager."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Call)
        self.events: queue.Queue = queue.Queue()
        self.outcomes: queue.Queue[Outcome] = queue.Queue()
        self.ids = count(1)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def run(self, handler: str, cwd, env: dict[str, str]) -> None:
        """Start AWS's loop around the handler, in a process of its own."""
        env = env | {
            "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{self.server_address[1]}",
            "AWS_LAMBDA_FUNCTION_NAME": "techname",
            "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
            "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1769",
            "AWS_REGION": "us-east-1",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "awslambdaric", handler],
            cwd=cwd,
            env=env,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def invoke(self, event: object, timeout: float = 30) -> Outcome:
        """Have one event answered; fails at once when the loop has ended, after the timeout when it hangs."""
        self.events.put(event)
        end = time.monotonic() + timeout
        while True:
            try:
                return self.outcomes.get(timeout=0.2)
            except queue.Empty:
                assert self.process.poll() is None, f"the runtime loop ended: {self.process.communicate()[0]}"
                assert time.monotonic() < end, "no answer in time"

    def stop(self) -> str:
        """End the loop; what it printed, which on AWS is the function's log."""
        self.process.terminate()
        return self.process.communicate(timeout=30)[0]

    def __exit__(self, *_):
        if not self.process.stdout.closed:
            self.stop()
        self.shutdown()
        super().__exit__()

    def handle_error(self, request, client_address):
        """A loop that is ended leaves its call for the next event unanswered; anything else is a fault of this
        server."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Call(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the loop's delayed ACK
    server: RuntimeApi

    def do_GET(self):
        assert self.path == NEXT, self.path
        event = self.server.events.get()
        self.reply(
            200,
            json.dumps(event).encode(),
            {
                "Content-Type": "application/json",  # the loop's client crashes without one
                "Lambda-Runtime-Aws-Request-Id": f"request-{next(self.server.ids)}",
                "Lambda-Runtime-Deadline-Ms": str(int((time.time() + 5) * 1000)),
                "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:1:function:techname",
            },
        )

    def do_POST(self):
        raw = self.rfile.read(int(self.headers["Content-Length"]))
        kind = "init/error" if self.path.endswith("/init/error") else self.path.rsplit("/", 1)[1]
        self.server.outcomes.put(Outcome(kind, json.loads(raw)))
        self.reply(202, b"{}", {})

    def reply(self, status: int, body: bytes, headers: dict[str, str]):
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """The test's output is no access log."""
