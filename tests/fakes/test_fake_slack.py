"""The fake Slack proves itself: for each rule that it keeps, somebody breaks only that rule and is refused."""

import json
import threading
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.fakes.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.fakes.response_urls import SECONDS
from tests.helpers.clock import Clock

GOOD = {"response_type": "in_channel", "text": "Kingar"}
opener = build_opener(ProxyHandler({}))


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def slack(clock):
    """A fake whose broken rules the test reads itself."""
    with FakeSlack(clock=clock) as fake:
        yield fake
        fake.broken.clear()


def post(url, body=b"", **headers):
    """Post as somebody would who knows no SDK: (status, text)."""
    try:
        with opener.open(Request(url, body, headers)) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def call(slack, method, token=None):
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    return json.loads(post(slack.api_url + method, **headers)[1])


def post_message(url, message):
    return post(url, json.dumps(message).encode(), **{"Content-Type": "application/json"})


def open_socket(slack):
    return connect(call(slack, "apps.connections.open", APP_TOKEN)["url"], proxy=None)


def acknowledge(slack, line, kind="slash_commands", **changed):
    """Take one envelope off the line and acknowledge it, with the given fields changed."""

    def answer():
        envelope = json.loads(line.recv())
        line.send(json.dumps({"envelope_id": envelope["envelope_id"], **changed}))

    line.recv()  # hello
    slack.sockets.wait()
    thread = threading.Thread(target=answer)
    thread.start()
    try:
        return slack.sockets.send(kind, {"text": "pokemon"})
    finally:
        thread.join()


@pytest.mark.parametrize("method, token", [("auth.test", BOT_TOKEN), ("apps.connections.open", APP_TOKEN)])
def test_right_token_is_accepted(slack, method, token):
    """Each method takes its own kind of token."""
    assert call(slack, method, token)["ok"] and not slack.broken


@pytest.mark.parametrize(
    "method, token, error",
    [
        ("auth.test", None, "not_authed"),
        ("auth.test", "xoxb-wrong", "invalid_auth"),
        ("auth.test", APP_TOKEN, "not_allowed_token_type"),
        ("apps.connections.open", None, "not_authed"),
        ("apps.connections.open", "xapp-wrong", "invalid_auth"),
        ("apps.connections.open", BOT_TOKEN, "not_allowed_token_type"),
    ],
)
def test_wrong_token_is_refused(slack, method, token, error):
    """A missing, a wrong and the other kind of token are told apart."""
    assert call(slack, method, token) == {"ok": False, "error": error}


def test_method_beyond_the_scope_is_refused(slack):
    """A call that `commands` does not allow is an unknown method and a broken rule."""
    assert call(slack, "chat.postMessage", BOT_TOKEN) == {"ok": False, "error": "unknown_method"}
    assert "chat.postMessage" in slack.broken[0]


def test_ticket_lets_in_once(slack):
    """The address of a WebSocket serves one connection; the second is refused."""
    url = call(slack, "apps.connections.open", APP_TOKEN)["url"]
    with connect(url, proxy=None) as line:
        assert json.loads(line.recv())["type"] == "hello"
    with pytest.raises(InvalidStatus):
        connect(url, proxy=None)
    assert "ticket" in slack.broken[0]


def test_acknowledgement_with_a_message_is_accepted(slack):
    """A slash command is answered in its acknowledgement."""
    with open_socket(slack) as line:
        assert acknowledge(slack, line, payload=GOOD).answer == GOOD
    assert not slack.broken


@pytest.mark.parametrize(
    "kind, changed, why",
    [
        ("slash_commands", {"response": GOOD}, "unknown fields"),
        ("slash_commands", {"payload": {**GOOD, "text": "a" * 4_001}}, "at most 4000"),
        ("slash_commands", {"payload": {"text": "Kingar"}}, "response_type not stated"),
        ("interactive", {"payload": GOOD}, "cannot carry a message"),
    ],
)
def test_wrong_acknowledgement_is_refused(slack, kind, changed, why):
    """What an acknowledgement may not carry is a broken rule."""
    with open_socket(slack) as line:
        acknowledge(slack, line, kind, **changed)
    assert len(slack.broken) == 1 and why in slack.broken[0]


def test_foreign_envelope_id_is_refused(slack):
    """An acknowledgement of something else is none: it is refused, and the envelope times out."""
    slack.sockets.patience = 0.3
    with open_socket(slack) as line, pytest.raises(AssertionError, match="not acknowledged"):
        acknowledge(slack, line, envelope_id="another")
    assert any("never sent" in wrong for wrong in slack.broken)


def test_silence_is_refused(slack):
    """An envelope that nobody acknowledges fails the test that sent it."""
    with open_socket(slack), pytest.raises(AssertionError, match="not acknowledged"):
        slack.sockets.wait()
        slack.sockets.patience = 0.1
        slack.slash("pokemon")


def test_second_and_late_acknowledgements_are_refused(slack, clock):
    """Each envelope is acknowledged once, and in time."""
    with open_socket(slack) as line:
        envelope = acknowledge(slack, line)
        clock.now += 3.1
        slack.sockets._judge(json.dumps({"envelope_id": envelope.id}))
    assert [wrong.split(": ")[1] for wrong in slack.broken] == ["a second one", "after 3.0 s"]


def test_acknowledgement_that_is_no_json_is_refused(slack):
    """A line that is no JSON is a broken rule."""
    slack.sockets._judge("pong")
    assert slack.broken == ["acknowledgement: no JSON"]


def test_response_url_takes_a_message(slack):
    """A message in order is accepted and kept."""
    url = slack.new_response_url()
    assert post_message(url, GOOD) == (200, "ok")
    assert slack.urls.given["/response/1"].messages == [GOOD]


def test_sixth_use_is_refused(slack):
    """A response_url serves five times."""
    url = slack.new_response_url()
    assert [post_message(url, GOOD)[0] for _ in range(6)] == [200] * 5 + [404]
    assert slack.broken == ["response_url: used_url"]


def test_old_response_url_is_refused(slack, clock):
    """A response_url serves for thirty minutes."""
    url = slack.new_response_url()
    clock.now = SECONDS
    assert post_message(url, GOOD)[0] == 200
    clock.now = SECONDS + 1
    assert post_message(url, GOOD) == (404, "expired_url")


def test_unknown_response_url_is_refused(slack):
    """Only addresses that were given out are served."""
    assert post_message(slack.http.url + "/response/9", GOOD)[0] == 404


def test_body_that_is_no_json_is_refused(slack):
    """A response_url takes JSON, and JSON that says so."""
    url = slack.new_response_url()
    assert post(url, b"text=Kingar", **{"Content-Type": "application/json"})[0] == 400
    assert post(url, json.dumps(GOOD).encode(), **{"Content-Type": "text/plain"})[0] == 400
    assert len(slack.broken) == 2


@pytest.mark.parametrize(
    "message, why",
    [
        ({**GOOD, "text": ""}, "text"),
        ({"text": "Kingar"}, "not stated"),
        ({**GOOD, "response_type": "ephemeral", "replace_original": True}, "cannot become"),
    ],
)
def test_message_out_of_order_is_refused(slack, message, why):
    """A message beyond Slack's limits, one that does not say who sees it, and a changed visibility are refused."""
    status, text = post_message(slack.new_response_url("in_channel"), message)
    assert status == 400 and why in text and len(slack.broken) == 1


def test_leaving_raises_what_was_broken():
    """A broken rule cannot be overlooked: leaving the `with` block raises it."""
    with pytest.raises(AssertionError, match="chat.postMessage"), FakeSlack() as fake:
        call(fake, "chat.postMessage", BOT_TOKEN)
