"""The composition root: settings, library and store become a Slack Bolt app. Nothing here touches the network."""

import json
import logging
import secrets
from urllib.parse import parse_qsl

import slack_bolt.request.request as bolt_request
from slack_bolt import App
from slack_bolt.authorization import AuthorizeResult
from slack_sdk import WebClient

from bot.names.library import Library
from bot.settings import Settings
from bot.slack.listeners import register
from bot.slack.listeners.call import Bot
from bot.slack.shapes import fit
from bot.slack.updating import Updates
from bot.slack.web_api import Views
from bot.store import Store
from bot.store.opening import open_store

_FIELDS = 100  # of a form; Slack's have about fifteen


def build_app(settings: Settings, library: Library | None = None, store: Store | None = None) -> App:
    """Build the app for Lambda, Socket Mode and the console."""
    bolt_request.parse_body = parse_body
    logger = logging.getLogger("techname.bolt")
    logger.setLevel(logging.ERROR)  # Bolt's loggers copy it: at INFO they log the whole body of a failed signature
    app = App(
        name="techname.bolt",  # Bolt sets the level of the loggers of that name, which must not be ours
        logger=logger,
        client=WebClient(base_url=settings.slack_api_url),
        # Without a secret there is no HTTP, and everybody would know an empty one.
        signing_secret=settings.signing_secret or secrets.token_hex(),
        authorize=_authorize(settings),
        process_before_response=True,
        raise_error_for_unhandled_request=True,
    )
    logger.setLevel(logging.WARNING)
    bot = Bot(library or Library(settings), store or open_store(settings), Views(settings), Updates())
    register(app, bot)
    return app


def _authorize(settings: Settings):
    """One workspace with one token, so that Bolt need not ask Slack."""

    def authorize(enterprise_id, team_id):
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=settings.bot_token)

    return authorize


def parse_body(body: str, content_type: str | None) -> dict:
    """Read a request's body by its fields, and hold it to its shape. Raises Misfit, and ValueError for no JSON.

    Bolt's parse_body takes the letters "payload" anywhere in a body for a field of that name, and then finds none: it
    would answer `/techname payload` and every command in #payload-dev with 404.

    >>> body = "command=/techname&team_id=T1&channel_id=C1&user_id=U1&channel_name=payload-dev&text=pokemon"
    >>> parse_body(body, None)["text"]
    'pokemon'
    """
    if content_type == "application/json" or body.startswith("{"):
        return fit(json.loads(body))
    fields = dict(parse_qsl(body, keep_blank_values=True, max_num_fields=_FIELDS))
    return fit(json.loads(fields["payload"]) if "payload" in fields else fields)
