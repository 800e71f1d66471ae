"""Every shape in which Lambda hands on a request is answered, and none crashes the function."""

import base64
import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack import events
from tests.helpers.http import clicked, form, function_url, load_balancer, message_of, signed, v1, v2

BODY = form("help")


def without(event: dict, *names: str) -> dict:
    return {name: value for name, value in event.items() if name not in names}


def as_list(event: dict) -> dict:
    """Headers as lists alone."""
    return event | {"headers": None, "multiValueHeaders": {name: [value] for name, value in event["headers"].items()}}


def shapes() -> dict[str, dict]:
    """One request in every shape, signed now: a signature is good for five minutes."""
    return {
        "v2": v2(BODY),
        "v2 in base64": function_url(BODY),
        "v1": v1(BODY),
        "v1 in base64": v1(BODY, body=base64.b64encode(BODY.encode()).decode(), isBase64Encoded=True),
        "load balancer": load_balancer(BODY),
        "load balancer, headers as lists": load_balancer(BODY, many=True),
        "no isBase64Encoded": without(v2(BODY), "isBase64Encoded"),
        "isBase64Encoded null": v2(BODY, isBase64Encoded=None),
        "headers null": as_list(v1(BODY)),
        "multiValueHeaders null": v1(BODY, multiValueHeaders=None),
        "cookies null": v2(BODY, cookies=None),
        "no query": without(v2(BODY), "rawQueryString"),
        "no requestContext": without(v1(BODY), "requestContext"),
        "requestContext null": v1(BODY, requestContext=None),
        "no method": without(v1(BODY), "requestContext", "httpMethod"),
        "method in the context alone": without(v1(BODY), "httpMethod"),
    }


@pytest.mark.parametrize("shape", shapes())
def test_every_shape_is_answered(handler, no_network, shape):
    """A signed command gets its answer whatever the sender leaves out or sets to null, and without a call to
    anybody."""
    event = shapes()[shape]
    assert "complete mo***" in message_of(handler(event, None))["text"]


def test_a_load_balancer_gets_its_own_shape():
    """A load balancer wants a description, and headers as lists where it sends them so."""
    headers = {"content-type": "text/plain"}
    plain = events.reply(load_balancer(BODY), 200, "x", headers)
    many = events.reply(load_balancer(BODY, many=True), 200, "x", headers)
    assert (plain["statusDescription"], plain["headers"]) == ("200", headers)
    assert many["multiValueHeaders"] == {"content-type": ["text/plain"]} and "headers" not in many


@pytest.mark.parametrize(
    "event", [{"source": "aws.events", "detail-type": "Scheduled Event"}, {"source": "serverless-plugin-warmup"}]
)
def test_a_warm_up_is_answered_at_once(handler, caplog, event):
    """A schedule that keeps the function warm is no request: no log line, no work."""
    with caplog.at_level("INFO", "techname"):
        assert handler(event, None)["statusCode"] == 200
    assert not caplog.records


BAD = {
    "json": v2('{"type": "event_callback"}', isBase64Encoded=False),
    "json by its type": v2(BODY, {**signed(BODY), "Content-Type": "application/json"}),
    "list": v2("[1, 2]"),
    "no fields": v2("hello"),
    "empty": v2(""),
    "null": v2("", body=None),
    "not text": v2("", body={"text": "pokemon"}),
    "not base64": v2("", body="a", isBase64Encoded=True),
    "not UTF-8": v2("", body=base64.b64encode(b"\xff\xfe").decode(), isBase64Encoded=True),
    "half a character": v2(BODY, body=BODY + "\ud800"),
    "payload is no JSON": v2("payload=x"),
    "payload is no object": v2(clicked([1])),
    "payload is too deep": v2("payload=" + "[" * 100_000),
    "other event": {"key1": "value1"},
    "no event": None,
    "list event": [],
}


@pytest.mark.parametrize("name", BAD)
def test_a_body_that_is_no_form_gets_400(handler, caplog, name):
    """It is refused with one log line, in which nothing of the body stands."""
    with caplog.at_level("INFO"):
        assert handler(BAD[name], None)["statusCode"] == 400
    [record] = caplog.records
    assert record.facts["outcome"].startswith("the ")


@pytest.mark.parametrize(
    ("event", "status"),
    [
        (v2("", requestContext={"http": {"method": "GET"}}, rawQueryString="ssl_check=1&token=x"), 200),
        (v1("", httpMethod="GET", queryStringParameters={"ssl_check": "1"}), 200),
        (v2("ssl_check=1&token=x", {}), 200),
        (v2("", requestContext={"http": {"method": "GET"}}), 405),
    ],
)
def test_whoever_looks_in_is_answered(handler, caplog, event, status):
    """Slack's ssl_check gets 200, by GET or POST and unsigned; a browser hears what is spoken here. The log calls
    neither a crash."""
    with caplog.at_level(logging.INFO):
        assert handler(event, None)["statusCode"] == status
    assert [record.facts["outcome"] for record in caplog.records] == ["looked"]


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "view_submission", "view": {"callback_id": "secretword"}},
        {"type": "block_actions", "actions": None, "secretword": 1},
        {"type": 1, "team": [], "user": 7, "authorizations": [3]},
    ],
)
def test_a_signed_payload_of_no_shape_is_acknowledged_with_one_line(handler, caplog, payload):
    """The sender gets its acknowledgement, and the log one line, without its content."""
    with caplog.at_level(logging.INFO):
        answer = handler(v2(clicked(payload)), None)
    [line] = [record.facts for record in caplog.records]
    assert (answer["statusCode"], answer["body"]) == (200, "")
    assert line["outcome"].startswith(("misfit: ", "not mine")) and "secretword" not in json.dumps(line)


def test_nothing_is_parsed_before_the_signature(handler, caplog, monkeypatch):
    """An unsigned body, of whatever shape, costs its HMAC and no parsing."""

    def refuse(*args, **kwargs):
        raise AssertionError("an unsigned body was parsed")

    for name in ("bot.slack.events.parse_qs", "bot.slack.app.parse_qsl", "json.loads"):
        monkeypatch.setattr(name, refuse)
    unsigned = {"Content-Type": "application/x-www-form-urlencoded"}
    for body in (
        "a=b&" * 1_000,
        "payload=[[",
        '{"type": "x"}',
        "no form",
        "a=b&ssl_check=11",
        "payload=" + "[" * 900_000,
    ):
        with caplog.at_level(logging.INFO):
            assert handler(v2(body, unsigned), None)["statusCode"] == 401
    assert {record.facts["outcome"] for record in caplog.records} == {"bad signature"}


@pytest.mark.parametrize("event", [
    v2("a=" + "b" * 1_000_000),
    v2("a=b", body="A" * 2_000_000, isBase64Encoded=True),
    v2("a=b", body=base64.b64encode(b"a=" + b"b" * 1_000_000).decode(), isBase64Encoded=True),
    v2("a=b", {}, body="é" * 600_000),
])  # fmt: skip
def test_a_body_of_more_than_a_megabyte_gets_413(handler, caplog, event):
    """Signed or not, it is refused before it is read."""
    with caplog.at_level(logging.INFO):
        assert handler(event, None)["statusCode"] == 413
    assert [record.facts["outcome"] for record in caplog.records] == ["the body is too large"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = ("headers", "multiValueHeaders", "body", "isBase64Encoded", "requestContext", "httpMethod", "rawQueryString",
        "queryStringParameters", "source", "cookies")  # fmt: skip


@given(st.dictionaries(st.sampled_from(KEYS), JSON | st.just(BODY) | st.just("POST"), max_size=8) | JSON)
def test_no_event_crashes(handler, event):
    """Whatever an event holds, unsigned as it is, it gets an answer that Lambda can pass on."""
    answer = handler(event, None)
    assert answer["statusCode"] in (200, 400, 401, 405, 413)
    json.dumps(answer)
