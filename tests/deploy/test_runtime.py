"""The Lambda handler under AWS's own runtime loop: events in, answers out, over the Runtime API."""

import json
import sys

import pytest

from tests.helpers.checkout import ROOT, clean_environment
from tests.helpers.http import SECRET, form, function_url, signed
from tests.helpers.runtime_api import RuntimeApi

HANDLER = "bot.slack.lambda_handler.lambda_handler"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="awslambdaric has wheels for Linux only"),
]


@pytest.fixture(scope="module")
def environment(models) -> dict[str, str]:
    return clean_environment(SLACK_SIGNING_SECRET=SECRET, TECHNAME_MODELS=str(models))


@pytest.fixture(scope="module")
def runtime(environment):
    """A Runtime API with our handler waiting at it, started once: a Lambda function stays warm too."""
    with RuntimeApi() as api:
        api.run(HANDLER, ROOT, environment)
        yield api


def answered(outcome) -> dict:
    """The Slack message of a 200 answer."""
    assert outcome.kind == "response" and outcome.body["statusCode"] == 200, outcome
    return json.loads(outcome.body["body"])


@pytest.mark.parametrize("text", ["pokemon", "complete mo*** pokemon", "draw mo*** pokemon hmm", "complete mo***"])
def test_a_signed_command_is_answered_in_the_channel(runtime, text):
    """Names come back through the loop, for both models and both corpora, as a message for everybody."""
    message = answered(runtime.invoke(function_url(form(text))))
    assert message["response_type"] == "in_channel" and message["blocks"]


def test_help_is_answered_to_the_person_alone(runtime):
    """What is of use to nobody else is ephemeral."""
    assert answered(runtime.invoke(function_url(form("help"))))["response_type"] == "ephemeral"


@pytest.mark.parametrize(
    "headers, status",
    [
        (signed(form("pokemon"), secret="another"), 401),
        (signed(form("pokemon"), age=301), 401),
        ({"content-type": "application/x-www-form-urlencoded"}, 401),
    ],
    ids=["wrong secret", "too old", "unsigned"],
)
def test_a_request_that_slack_did_not_sign_is_refused(runtime, headers, status):
    """The answer is 401, not an error of the function."""
    outcome = runtime.invoke(function_url(form("pokemon"), headers))
    assert outcome.kind == "response" and outcome.body["statusCode"] == status


def test_a_body_that_is_no_form_is_400(runtime):
    """A signed body that is not a form cannot be a command."""
    body = "\x00\x01 no form"
    outcome = runtime.invoke(function_url(body, signed(body)))
    assert outcome.kind == "response" and outcome.body["statusCode"] == 400


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"source": "aws.events"},
        {"version": "2.0", "headers": None, "body": None},
        {"body": "%%%", "isBase64Encoded": True},
        {"headers": {}, "multiValueHeaders": None},
        None,
        [],
        "text",
    ],
    ids=json.dumps,
)
def test_an_odd_event_is_answered_and_the_next_one_too(runtime, odd):
    """No event ends the loop or comes back as an error of the function."""
    assert runtime.invoke(odd).kind == "response"
    answered(runtime.invoke(function_url(form("help"))))


def test_a_missing_secret_ends_the_start_and_is_named():
    """Without its secret the function never takes an event: init/error says which variable to set."""
    with RuntimeApi() as api:
        api.run(HANDLER, ROOT, clean_environment())
        outcome = api.outcomes.get()
    assert outcome.kind == "init/error"
    assert "SLACK_SIGNING_SECRET" in outcome.body["errorMessage"]


def test_the_log_has_one_json_line_a_request_without_what_was_typed(environment):
    """What CloudWatch gets for one command: its id, verb, corpus, model, milliseconds and outcome."""
    with RuntimeApi() as api:
        api.run(HANDLER, ROOT, environment)
        answered(api.invoke(function_url(form("complete mo*** pokemon"))))
        output = api.stop()
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    assert len(lines) == 1, output
    assert lines[0].keys() >= {"request_id", "command", "corpus", "model", "ms", "outcome"}
    assert lines[0]["request_id"] == "request-1" and lines[0]["corpus"] == "pokemon"
    assert "mo***" not in output and "U0ANA" not in output
