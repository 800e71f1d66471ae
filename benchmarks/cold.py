"""Time from a new process to its first answer, beside a process that only imports Bolt and numpy."""

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import generator
from tests.helpers.http import SECRET, form, function_url

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 15

BARE = "import slack_bolt, slack_bolt.adapter.aws_lambda, numpy"
ANSWER = """
import json, sys
event = json.loads(sys.argv[1])
from bot.slack.lambda_handler import lambda_handler
answer = lambda_handler(event, type("Context", (), {"aws_request_id": "request-1"})())
assert answer["statusCode"] == 200, answer
"""
LOAD = """
import sys, time, numpy
from bot.names.library import Library
from bot.settings import Settings
import corpora, generator
generator.load, generator.Known  # import them now: the rows of first answers count that
library = Library(Settings(on_lambda=True))
start = time.perf_counter()
library.corpus(sys.argv[1]); library.known(sys.argv[1]); library.model(sys.argv[1], sys.argv[2])
print((time.perf_counter() - start) * 1000)
"""


def run(code: str, *arguments: str) -> tuple[float, str]:
    """Run a process; give its milliseconds and its output."""
    environment = os.environ | {
        "SLACK_SIGNING_SECRET": SECRET,
        "AWS_LAMBDA_FUNCTION_NAME": "techname",
        "TECHNAME_STORE": ":memory:",
    }
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a zip has its .pyc files too
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    return (time.perf_counter() - start) * 1000, done.stdout


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Give rows for first answers and for loading. The processes take turns; the first turn, which writes .pyc, does
    not count."""
    texts = ("help", "pokemon", "complete mo***", "draw mo*** hmm")
    bare, spent = [], {text: [] for text in texts}
    for _turn in range(ROUNDS + 1):
        bare.append(run(BARE)[0])
        for text in texts:
            spent[text].append(run(ANSWER, json.dumps(function_url(form(text))))[0])
    floor = statistics.median(bare[1:])
    for text in texts:
        median = statistics.median(spent[text][1:])
        yield (
            f"`/techname {text}`, new process to first answer",
            f"{median:.0f} ms",
            f"bare imports: {floor:.0f} ms",
            f"at most 1.3 times: {median / floor:.2f} {'✓' if median <= 1.3 * floor else '✗'}",
        )
    for corpus in ("pokemon", "tech"):
        for kind in generator.MODELS:
            median = statistics.median(float(run(LOAD, corpus, kind)[1]) for _ in range(ROUNDS))
            yield (
                f"loading the corpus {corpus} and its {kind} model",
                f"{median:.0f} ms",
                "",
                f"at most 50 ms {'✓' if median <= 50 else '✗'}",
            )
