"""Warm milliseconds of each command through the Lambda handler, beside Bolt's empty command in the same process."""

import contextlib
import io
import statistics
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace

from benchmarks.table import p50_p99
from tests.helpers.http import SECRET, form, function_url

ROUNDS = 200
CONTEXT = SimpleNamespace(function_name="techname", invoked_function_arn="arn:aws:lambda:1", aws_request_id="request-1")
COMMANDS = (
    "help",
    "corpora",
    "pokemon",
    "pokemon 8 hmm",
    "tech",
    "complete mo***",
    "complete mo*** hmm",
    "complete mo*** pokemon",
    "draw mo*** pokemon",
    "complete ***base pokemon markov 10",
    "complete ***ly",
    "complete *u*a",
    "draw ou*a hmm",
    "complete ...base",
    "pokeman",
)


def empty() -> Callable[[dict, object], dict]:
    """Make a handler of Bolt and its Lambda adapter for a command that does nothing: the floor of any bot on Lambda."""
    from slack_bolt import App
    from slack_bolt.adapter.aws_lambda import SlackRequestHandler
    from slack_bolt.authorization import AuthorizeResult

    app = App(
        signing_secret=SECRET,
        process_before_response=True,
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-none"),
    )
    app.command("/techname")(lambda ack: ack())
    return SlackRequestHandler(app).handle


def ours() -> Callable[[dict, object], dict]:
    """Make the deployed handler, with the models of `make models`."""
    from bot.settings import Settings
    from bot.slack.lambda_handler import make_handler

    return make_handler(Settings(signing_secret=SECRET))


def timed(handle: Callable, event: dict) -> float:
    """Time one answer in milliseconds, and check that it is one."""
    start = time.perf_counter()
    answer = handle(event, CONTEXT)
    spent = (time.perf_counter() - start) * 1000
    assert answer["statusCode"] == 200, answer
    return spent


def rows() -> Iterator[tuple[str, str, str, str]]:
    """Give a row for each command. Bolt's empty command takes turns with ours, so that the machine is the same for both."""
    with contextlib.redirect_stdout(io.StringIO()):  # the log's lines
        nothing, bot = empty(), ours()
        timed(nothing, function_url(form("")))
    for text in COMMANDS:
        event = function_url(form(text))
        with contextlib.redirect_stdout(io.StringIO()):
            timed(bot, event)  # loads the corpus and the model
            pairs = [(timed(nothing, event), timed(bot, event)) for _ in range(ROUNDS)]
        floor, spent = zip(*pairs, strict=True)
        beside = statistics.median(floor)
        over = statistics.median(spent) - beside
        yield (
            f"`/techname {text}`, warm",
            p50_p99(spent),
            f"Bolt's empty command: p50 {beside:.2f} ms",
            f"at most 3 ms more: {over:.2f} {'✓' if over <= 3 else '✗'}",
        )
