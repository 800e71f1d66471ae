"""Two instances of the function and one table: what one has shown, the other counts."""

import sys
from itertools import cycle

import pytest

from tests.fakes.dynamodb import ACCOUNT
from tests.fakes.fake_slack import FakeSlack
from tests.helpers.checkout import ROOT, clean_environment
from tests.helpers.http import SECRET
from tests.helpers.runtime_api import RuntimeApi

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="awslambdaric has wheels for Linux only"),
]


@pytest.fixture
def environment(dynamodb, models) -> dict[str, str]:
    """What serverless.yml and Lambda give the function; AWS's own variable leads it to the tests' DynamoDB."""
    return clean_environment(
        SLACK_SIGNING_SECRET=SECRET,
        SLACK_API_URL="http://127.0.0.1:9/api/",  # the host of the tests' response_urls
        TECHNAME_MODELS=str(models),
        TECHNAME_TABLE=dynamodb.calls().table,
        AWS_ENDPOINT_URL_DYNAMODB=dynamodb.url,
        AWS_DEFAULT_REGION=ACCOUNT["region_name"],
        AWS_ACCESS_KEY_ID=ACCOUNT["aws_access_key_id"],
        AWS_SECRET_ACCESS_KEY=ACCOUNT["aws_secret_access_key"],
    )


@pytest.fixture
def slack(environment):
    """A strict Slack before two processes under AWS's runtime loop, which take turns."""
    with RuntimeApi() as one, RuntimeApi() as other, FakeSlack() as slack:
        for api in (one, other):
            api.run("bot.slack.lambda_handler.lambda_handler", ROOT, environment)
        turns = cycle([one, other])
        yield slack.through(lambda event, context: next(turns).invoke(event).body, SECRET)


def test_a_conversation_goes_on_at_another_instance(slack, dynamodb):
    """The list comes from one, the clicks go to either, and all of it stands in the table alone."""
    [post] = slack.types("ana", "names", "complete mo*** pokemon 2")
    for person in ("ana", "ben", "cleo"):
        slack.clicks(person, post, post.buttons[0])
    assert post.buttons[0]["text"]["text"] == "Vote · 3" and post.edits == 3
    slack.clicks("ben", post, post.buttons[0])
    [again] = slack.types("ben", "names", "complete mo*** pokemon 2")
    assert again.buttons[0]["text"]["text"] == "Vote · 2"
    assert {operation for operation, _ in dynamodb.asked} >= {"PutItem", "TransactWriteItems", "Query"}
