"""If the store is out of reach, names come all the same, and a voter is told."""

import json
import logging

import pytest

from bot import log
from bot.slack.lambda_handler import make_handler
from bot.store.dynamodb import DynamoStore
from bot.strings.operating import NOT_NOW
from tests.fakes.dynamodb import refusal
from tests.fakes.fake_slack import FakeSlack
from tests.helpers.http import SECRET


@pytest.fixture
def slack(settings, library, dynamodb):
    """A strict Slack before the Lambda handler, with DynamoDB behind it."""
    with FakeSlack() as slack:
        yield slack.through(make_handler(settings, library, DynamoStore(dynamodb.calls())), SECRET)


@pytest.mark.parametrize("text", ["help", "help quiz", "corpora", "models", "pokeman", "taken"])
def test_what_needs_no_store_asks_it_nothing(slack, dynamodb, text):
    """Help comes as soon after a cold start as before there was a store, whose client takes 60 ms to make."""
    dynamodb.asked.clear()
    assert slack.types("ana", "names", text) and not dynamodb.asked


@pytest.fixture
def refused(dynamodb):
    """From now on DynamoDB refuses whatever it is asked."""
    yield lambda: dynamodb.fail(*[refusal("AccessDeniedException")] * 20)
    dynamodb.recover()


def test_names_come_without_what_must_be_remembered(slack, refused):
    """The list is there for everybody, and has no button that would need the store."""
    refused()
    [post] = slack.types("ana", "names", "complete mo*** pokemon 2")
    assert (
        post.only is None and post.text and not [button for button in post.buttons if "Vote" in button["text"]["text"]]
    )


def test_who_votes_is_told_alone_and_the_operator_is_told_why(slack, refused, caplog):
    """The message stays as it was; the line in the log has the reason, and tools/resources.yml counts it."""
    [post] = slack.types("ana", "names", "complete mo*** pokemon 2")
    refused()
    caplog.set_level(logging.INFO, logger="techname")
    [answer] = slack.clicks("ben", post, post.buttons[0])
    assert answer.only and NOT_NOW in answer.text and post.edits == 0
    line = json.loads(log.JsonLines().format([record for record in caplog.records if record.name == "techname"][-1]))
    assert line["store"].startswith("unavailable: ") and "AccessDenied" in line["store"]


@pytest.mark.parametrize("text", ["shortlist", "quiz", "quiz board"])
def test_a_command_that_needs_it_is_answered_alone(slack, refused, text):
    """Nobody else in the channel is troubled."""
    refused()
    [answer] = slack.types("ana", "names", text)
    assert answer.only and NOT_NOW in answer.text


def test_who_answers_a_quiz_is_told_alone(slack, refused):
    """The question stays as it was, for the answer, for whoever asks for it and for the next one."""
    [post] = slack.types("ana", "names", "quiz")
    for button in (post.buttons[0], post.buttons[3], post.buttons[3] | {"action_id": "next:0"}):
        refused()
        [answer] = slack.clicks("ben", post, button)
        assert answer.only and NOT_NOW in answer.text and post.edits == 0
