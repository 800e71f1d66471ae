"""Calls of Slack's Web API from many threads: each is within its own time."""

import threading
import time

from slack_sdk import WebClient

from bot.settings import Settings
from bot.slack.post import DEADLINE
from bot.slack.web_api import Views
from tests.helpers.together import together


def test_forms_opened_at_one_moment_have_each_their_own_time_and_the_token(monkeypatch):
    """A click that waited for long leaves less time to its own call alone, and no call goes out before the token is
    set."""
    seen, both_are_calling = {}, threading.Barrier(2)

    def call(client, method, json):
        both_are_calling.wait()
        seen[json["trigger_id"]] = client.timeout, client.token

    monkeypatch.setattr(WebClient, "api_call", call)
    monkeypatch.setattr("bot.slack.post.DEADLINE", DEADLINE)
    views, now = Views(Settings.read({"SLACK_BOT_TOKEN": "xoxb-1"})), time.monotonic()
    together(*(lambda waited=waited: views.open(f"waited {waited}", {}, now - waited) for waited in (0, 2.4)))
    assert seen["waited 0"][0] > 1 > seen["waited 2.4"][0]
    assert {token for _, token in seen.values()} == {"xoxb-1"}
