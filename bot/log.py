"""The log: one JSON line for each request, with how it went and nothing that a user typed."""

import json
import logging
import secrets
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

logger = logging.getLogger("techname")
_facts: ContextVar[dict | None] = ContextVar("facts", default=None)


@contextmanager
def one_line(request_id: str) -> Iterator[dict]:
    """Log one line at the end of a request, with the facts that `note` collected."""
    facts = {"request_id": request_id, "command": None, "corpus": None, "model": None, "outcome": "crashed"}
    token, started = _facts.set(facts), time.perf_counter()
    try:
        yield facts
    finally:
        _facts.reset(token)
        facts["ms"] = round(1000 * (time.perf_counter() - started), 1)
        logger.info("request", extra={"facts": facts})


def note(**facts: str) -> None:
    """Add facts to the line of the request that is being answered, if there is one."""
    line = _facts.get()
    if line is not None:
        line.update(facts)


def bug(error: BaseException) -> str:
    """Log the type and frames of an error, which hold no input, and give the reference of that line."""
    reference = secrets.token_hex(4)
    frames = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(error.__traceback__)]
    logger.error("bug", extra={"facts": {"reference": reference, "error": type(error).__name__, "where": frames}})
    return reference


class JsonLines(logging.Formatter):
    """A record as one line of JSON. A traceback is given as its frames, since an error's message may quote input."""

    def format(self, record: logging.LogRecord) -> str:
        line = {"level": record.levelname, "event": record.getMessage()} | getattr(record, "facts", {})
        if record.exc_info and record.exc_info[1]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(record.exc_info[2])]
        return json.dumps(line, ensure_ascii=False, default=str)


def to_stdout() -> None:
    """Log JSON lines on stdout and nowhere else: they replace the handler that the Lambda runtime puts on the root."""
    root = logging.getLogger()
    root.handlers[:] = [logging.StreamHandler(sys.stdout)]
    root.handlers[0].setFormatter(JsonLines())
    root.setLevel(logging.WARNING)
    logger.setLevel(logging.INFO)
