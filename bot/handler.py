"""The AWS Lambda entry, and the same handler for whoever holds settings (the console, the tests)."""

import uuid
from collections.abc import Callable

from slack_bolt import App
from slack_bolt.request import BoltRequest

from bot import events, log
from bot.app import build_app
from bot.library import Library
from bot.request import Request
from bot.settings import Settings, load_settings

Handler = Callable[[object, object], dict]


def __getattr__(name: str):
    """Build `lambda_handler` when it is first looked up: Lambda does so at start, where a missing secret must fail, named."""
    if name != "lambda_handler":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = handler = _start(load_settings())
    return handler


def _start(settings: Settings) -> Handler:
    """The handler on Lambda, with the default model loaded while start-up has the whole processor."""
    if settings.on_lambda:
        log.to_stdout()
    library = Library(settings)
    handler = make_handler(settings, library)
    if settings.on_lambda:
        usual = Request("generate")
        library.known(usual.corpus)
        library.model(usual.corpus, usual.model)
    return handler


def make_handler(settings: Settings, library: Library | None = None) -> Handler:
    """Give the function that answers Lambda events, over the app built from these settings.

    Raises SettingsError without a signing secret.
    """
    settings.require("signing_secret")
    app = build_app(settings, library)

    def handle(event: object, context: object) -> dict:
        if events.is_warm_up(event):
            return {"statusCode": 200, "body": ""}
        with log.one_line(getattr(context, "aws_request_id", None) or events.request_id(event) or uuid.uuid4().hex):
            return _respond(app, event)

    return handle


def _respond(app: App, event: object) -> dict:
    try:
        call = events.read_call(event)
        if call.method != "POST":
            return _look(event, call)
        events.check_form(call)
        request = _bolt_request(call)
    except events.NoForm as error:
        log.note(outcome=str(error))
        return events.reply(event, 400, "This address takes commands from Slack.")
    response = app.dispatch(request)
    if response.status == 401:
        log.note(outcome="bad signature")
    return events.reply(event, response.status, response.body, response.first_headers())


def _look(event: object, call: events.Call) -> dict:
    """Somebody looks whether anybody is at home: Slack, which marks it, or a browser."""
    log.note(outcome="looked")
    return events.reply(event, 200 if call.ssl_check else 405, "", {"allow": "POST"})


def _bolt_request(call: events.Call) -> BoltRequest:
    """The request as Bolt reads it; raises NoForm for a payload that is no JSON, or JSON of no shape of Slack's."""
    try:
        return BoltRequest(body=call.body, headers=call.headers)
    except Exception:  # Bolt reads the body before it checks who sent it, and trusts its shape
        raise events.NoForm("the body has an unknown shape") from None
