"""An app that answers as a test tells it, and calls Slack as an app does."""

import json
from urllib.error import HTTPError
from urllib.parse import parse_qs
from urllib.request import ProxyHandler, Request, build_opener

from tests.fakes.fake_slack import BOT_TOKEN

BUTTON = {"type": "button", "action_id": "run:1", "value": "pokemon", "text": {"type": "plain_text", "text": "More"}}
SAID = {"response_type": "in_channel", "text": "Kingar", "blocks": [{"type": "actions", "elements": [BUTTON]}]}
opener = build_opener(ProxyHandler({}))


class App:
    """An app on Lambda that answers as it is told, `does` something meanwhile, and remembers what it was `sent`."""

    def __init__(self):
        self.answers, self.sent, self.does = [], [], lambda payload: None

    def __call__(self, event, context):
        form = {name: values[0] for name, values in parse_qs(event["body"]).items()}
        self.sent.append(json.loads(form["payload"]) if "payload" in form else form)
        self.does(self.sent[-1])
        answer = self.answers.pop(0) if self.answers else {"statusCode": 200, "body": ""}
        return answer if "statusCode" in answer else {"statusCode": 200, "body": json.dumps(answer)}


def post_json(url, given, **headers):
    try:
        with opener.open(
            Request(url, json.dumps(given).encode(), {"Content-Type": "application/json", **headers})
        ) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers


def call(slack, method, **given):
    """A call of the Web API by an app that holds the token."""
    return json.loads(post_json(slack.api_url + method, given, Authorization=f"Bearer {BOT_TOKEN}")[1])
