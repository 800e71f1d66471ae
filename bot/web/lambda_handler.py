"""The AWS Lambda entry of the page and the API: Mangum gives the ASGI app the events of API Gateway."""

from __future__ import annotations

import gc
from collections.abc import Callable

from mangum import Mangum

from bot import log
from bot.commands.queries import Complete, Generate
from bot.names.library import Library
from bot.settings import Settings, load_settings
from bot.web import viewing
from bot.web.app import make_app
from bot.web.limits import Rate

Handler = Callable[[dict, object], dict]


def __getattr__(name: str):
    """Build `lambda_handler` when it is first looked up, which Lambda does at start."""
    if name != "lambda_handler":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = handler = make_handler(load_settings())
    return handler


def make_handler(settings: Settings) -> Handler:
    """The handler; on Lambda the page's usual model is loaded while start-up has the whole processor."""
    library = Library(settings)
    if settings.on_lambda:
        log.to_stdout()
        for usual in (Generate(viewing.CORPUS), Complete(viewing.CORPUS)):
            library.model(usual.corpus, usual.model, wild=usual.temperature)
        library.known(viewing.CORPUS)
    adapter = Mangum(make_app(settings, library, Rate()), lifespan="off")
    if settings.on_lambda:
        # The models stay; the collector would walk through them in the middle of an answer.
        gc.freeze()

    def handle(event: dict, context: object) -> dict:
        with log.one_line(getattr(context, "aws_request_id", "")) as facts:
            answer = adapter(event, context)
            facts["outcome"] = answer["statusCode"]
            return answer

    return handle
