"""Warm milliseconds a command through the Lambda handler, beside Bolt's own empty command in the same process."""

import contextlib
import io
import statistics
import time
from collections.abc import Callable, Iterator

from benchmarks.events import SECRET, Context, command

ROUNDS = 200
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
    """Bolt and its Lambda adapter around a command that does nothing: what any bot on Lambda pays."""
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
    """The handler that is deployed, with the models that `make models` built."""
    from bot.settings import Settings
    from bot.slack.lambda_handler import make_handler

    return make_handler(Settings(signing_secret=SECRET))


def timed(handle: Callable, event: dict) -> float:
    """Milliseconds of one answer, which must be one."""
    start = time.perf_counter()
    answer = handle(event, Context())
    spent = (time.perf_counter() - start) * 1000
    assert answer["statusCode"] == 200, answer
    return spent


def rows() -> Iterator[tuple[str, str, str, str]]:
    """A row a command. Bolt's empty command runs in turn with ours, so that both meet the same machine."""
    with contextlib.redirect_stdout(io.StringIO()):  # the log's lines
        nothing, bot = empty(), ours()
        timed(nothing, command(""))
    for text in COMMANDS:
        event = command(text)
        with contextlib.redirect_stdout(io.StringIO()):
            timed(bot, event)  # loads the corpus and the model
            pairs = [(timed(nothing, event), timed(bot, event)) for _ in range(ROUNDS)]
        floor, spent = zip(*pairs, strict=False)
        p50, p99 = statistics.median(spent), statistics.quantiles(spent, n=100)[98]
        over = p50 - statistics.median(floor)
        yield (
            f"`/techname {text}`, warm",
            f"p50 {p50:.2f} ms, p99 {p99:.2f} ms",
            f"Bolt's empty command: p50 {p50 - over:.2f} ms",
            f"at most 3 ms more: {over:.2f} {'✓' if over <= 3 else '✗'}",
        )
