"""The AWS Lambda entry; the console and the tests make the same handler from their settings."""

import gc
import uuid
from collections.abc import Callable

from slack_bolt import App
from slack_bolt.request import BoltRequest
from slack_sdk.signature import SignatureVerifier

from bot import log
from bot.commands.queries import Generate
from bot.names.library import Library
from bot.settings import Settings, load_settings
from bot.slack import events
from bot.slack.app import build_app
from bot.slack.shapes import Misfit
from bot.store import Store

Handler = Callable[[object, object], dict]
_UNSIGNED = 401, '{"error": "invalid request"}', {"content-type": "application/json;charset=utf-8"}


def __getattr__(name: str):
    """Build `lambda_handler` at its first use, which is at start on Lambda: a missing secret fails there, by name."""
    if name != "lambda_handler":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = handler = _start(load_settings())
    return handler


def _start(settings: Settings) -> Handler:
    """The handler on Lambda, with the default model loaded: start-up has the whole processor."""
    if settings.on_lambda:
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
    verifier = SignatureVerifier(settings.require("signing_secret"))
    app = build_app(settings, library, store)

    def handle(event: object, context: object) -> dict:
        if events.is_warm_up(event):
            return {"statusCode": 200, "body": ""}
        with log.one_line(getattr(context, "aws_request_id", None) or events.request_id(event) or uuid.uuid4().hex):
            return events.reply(event, *_respond(app, verifier, event))

    return handle


def _respond(app: App, verifier: SignatureVerifier, event: object) -> tuple:
    """The status, body and headers for an event. Nothing of a body is parsed before its signature is right."""
    try:
        call = events.read_call(event)
        if call.method != "POST" or call.ssl_check:
            log.note(outcome="looked")  # Slack checks the certificate, or a browser looks in
            return 200 if call.ssl_check else 405, "", {"allow": "POST"}
        if call.body and not verifier.is_valid_request(call.body, call.headers):
            log.note(outcome="bad signature")
            return _UNSIGNED
        return _dispatch(app, _request(call))
    except events.TooLarge as error:
        log.note(outcome=str(error))
        return 413, "This address takes commands from Slack."
    except events.NoForm as error:
        log.note(outcome=str(error))
        return 400, "This address takes commands from Slack."
    except Misfit as error:
        log.note(outcome=f"misfit: {error}")
        return (200,)


def _request(call: events.Call) -> BoltRequest:
    """The request for Bolt, which parses the body. Raises NoForm, and Misfit for a payload of another shape."""
    events.check_form(call)
    try:
        return BoltRequest(body=call.body, headers=dict(call.headers))
    except Misfit:
        raise
    except Exception:  # of any kind: no JSON, JSON of another shape, or JSON that is too deep
        raise events.NoForm("the body has an unknown shape") from None


def _dispatch(app: App, request: BoltRequest) -> tuple:
    try:
        answer = app.dispatch(request)
    except Exception as error:  # of Bolt's own, around the listeners
        log.note(outcome=f"bug {log.bug(error)}")
        return (200,)
    if answer.status == 401:
        log.note(outcome="bad signature")
    return answer.status, answer.body, answer.first_headers()
