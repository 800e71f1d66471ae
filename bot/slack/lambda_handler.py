"""The AWS Lambda entry; the console and the tests make the same handler from their settings."""

import gc
import uuid
from collections.abc import Callable
from types import SimpleNamespace

from slack_bolt.adapter.aws_lambda import SlackRequestHandler
from slack_bolt.request import BoltRequest

from bot import log
from bot.commands.queries import Generate
from bot.names.library import Library
from bot.settings import Settings, load_settings
from bot.slack import events
from bot.slack.app import build_app
from bot.store import Store

Handler = Callable[[object, object], dict]
_ASKED = ("function_name", "invoked_function_arn")  # attributes of Lambda's context that Bolt's adapter reads


def __getattr__(name: str):
    """Build `lambda_handler` at its first use, which is at start on Lambda: a missing secret fails there, by name."""
    if name != "lambda_handler":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = handler = _start(load_settings())
    return handler


def _start(settings: Settings) -> Handler:
    """The handler on Lambda, with the default model loaded: start-up has the whole processor."""
    if settings.on_lambda:
        SlackRequestHandler.clear_all_log_handlers()
        log.to_stdout()
    library = Library(settings)
    handler = make_handler(settings, library)
    if settings.on_lambda:
        usual = Generate()
        library.known(usual.corpus)
        library.model(usual.corpus, usual.model, wild=usual.temperature)
        # What is loaded stays, so the garbage collector need not walk tens of thousands of names during an answer.
        gc.freeze()
    return handler


def make_handler(settings: Settings, library: Library | None = None, store: Store | None = None) -> Handler:
    """The function that answers Lambda events, with an app built from these settings.

    Raises SettingsError without a signing secret.
    """
    settings.require("signing_secret")
    adapter = SlackRequestHandler(build_app(settings, library, store))

    def handle(event: object, context: object) -> dict:
        if events.is_warm_up(event):
            return {"statusCode": 200, "body": ""}
        with log.one_line(getattr(context, "aws_request_id", None) or events.request_id(event) or uuid.uuid4().hex):
            return _respond(adapter, event, SimpleNamespace(**{name: getattr(context, name, "") for name in _ASKED}))

    return handle


def _respond(adapter: SlackRequestHandler, event: object, context: object) -> dict:
    try:
        call = events.read_call(event)
        if call.method != "POST" or call.ssl_check:
            return _look(event, call)
        _check(call)
    except events.NoForm as error:
        log.note(outcome=str(error))
        return events.reply(event, 400, "This address takes commands from Slack.")
    return _dispatch(adapter, event, call, context)


def _dispatch(adapter: SlackRequestHandler, event: object, call: events.Call, context: object) -> dict:
    try:
        answer = adapter.handle(events.plain(call), context)
    except Exception as error:  # Bolt's matching stumbles over a payload that lacks fields which Slack always sends
        log.note(outcome=f"bug {log.bug(error)}")
        return events.reply(event, 200)
    if answer["statusCode"] == 401:
        log.note(outcome="bad signature")
    return events.reply(event, answer["statusCode"], answer["body"], answer["headers"])


def _look(event: object, call: events.Call) -> dict:
    """Answer Slack's check of the certificate, or a browser."""
    log.note(outcome="looked")
    return events.reply(event, 200 if call.ssl_check else 405, "", {"allow": "POST"})


def _check(call: events.Call) -> None:
    """Raise NoForm for a body that Bolt would stumble over: it reads the body before the signature, and trusts its
    shape."""
    events.check_form(call)
    try:
        BoltRequest(body=call.body, headers=dict(call.headers))
    except Exception:  # of any kind: no JSON, or JSON of another shape
        raise events.NoForm("the body has an unknown shape") from None
