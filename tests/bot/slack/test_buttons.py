"""A button runs a command and is answered through its response_url, once and in time."""

import json
import logging
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from bot.answers.types import Form
from bot.commands.form import Filled
from bot.slack import post as post_module
from bot.slack.blocks.form import render_form
from bot.slack.blocks.message import Message
from bot.slack.payloads import Origin
from bot.slack.post import DEADLINE, post, remove
from tests.fakes.fake_slack import FakeSlack, buttons_of
from tests.fakes.payloads import pressed, submitted
from tests.helpers.http import NOWHERE, clicked, form, message_of, v2
from tests.helpers.waiting import wait_until


@pytest.fixture
def slack():
    with FakeSlack() as slack:
        yield slack


def press(handler, slack, button: dict, message: dict) -> list[dict]:
    """Press a button over HTTP: what arrived at its response_url."""
    url = slack.new_response_url(message["response_type"])
    reply = handler(v2(clicked(pressed(button, message, url))), None)
    assert (reply["statusCode"], reply["body"]) == (200, "")
    return slack.urls.given[url.removeprefix(slack.http.url)].messages


def ask(handler, text: str) -> dict:
    return message_of(handler(v2(form(text)), None))


@pytest.mark.parametrize("text", ["help", "corpora", "models", "pokmon", "mobase", "why mo*** pokemon"])
def test_every_button_of_every_answer_works(handler, slack, text):
    """Whatever is offered can be pressed, and brings one message that Slack takes, names for everybody."""
    message = ask(handler, text)
    assert buttons_of(message)
    for button in buttons_of(message):
        [answer] = press(handler, slack, button, message)
        assert answer["replace_original"] is False
        assert answer["response_type"] == (
            "in_channel" if "seed" in answer["text"] or "first" in answer["text"] else "ephemeral"
        )


def test_a_button_of_another_time_says_so(handler, slack):
    """A value that is no command any more is answered with how to mend it, an unknown button with a sentence."""
    message = ask(handler, "help")
    old = buttons_of(message)[0] | {"value": "generate gone markov 5"}
    [answer] = press(handler, slack, old, message)
    assert "`gone`" in answer["text"] and answer["response_type"] == "ephemeral"
    [answer] = press(handler, slack, old | {"action_id": "poke:1"}, message)
    assert "none of mine" in answer["text"]


def test_a_bug_behind_a_button_is_told(handler, library, slack, monkeypatch):
    """A click's acknowledgement shows nothing, so the sentence with the reference goes the same way as an answer."""
    message = ask(handler, "help")
    monkeypatch.setattr(type(library), "known", lambda self, name: {}["gone"])
    [answer] = press(handler, slack, buttons_of(message)[0], message)
    assert "Reference" in answer["text"] and answer["response_type"] == "ephemeral"


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        (NOWHERE, "response_url failed: URLError"),
        (None, "no response_url"),
        ("file:///etc/hostname", "no response_url"),
        ("http://[", "no response_url"),
        ("http://127.0.0.2:9/none", "no response_url"),
        ("https://127.0.0.1:9/none", "no response_url"),
        ("http://127.0.0.1@evil.example/none", "no response_url"),
    ],
)
def test_a_click_that_cannot_be_answered_is_noted(handler, caplog, url, outcome):
    """Nobody is left to tell, so the log line says what happened; the click itself is acknowledged."""
    button = {"type": "button", "action_id": "run:0", "value": "help"}
    payload = pressed(button, {}, url)
    with caplog.at_level(logging.INFO):
        assert handler(v2(clicked(payload)), None)["statusCode"] == 200
    assert caplog.records[-1].facts["outcome"] == outcome


class Odd(BaseHTTPRequestHandler):
    """A response_url that refuses, or takes its time and always sends a little more."""

    seen: ClassVar[list[dict]] = []
    over = threading.Event()

    first: ClassVar[list[tuple[int, str | None]]] = []  # statuses with their Retry-After before it takes a post

    def do_POST(self):
        self.seen.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        status, again = self.first.pop(0) if self.first else (404 if self.path == "/expired" else 200, None)
        self.send_response(status)
        if status == 302:
            self.send_header("Location", "/elsewhere")
        if again:
            self.send_header("Retry-After", again)
        while self.path == "/slow" and not self.over.wait(0.05):
            self.send_header("x-patience", "please")
            self.flush_headers()
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def odd():
    with ThreadingHTTPServer(("127.0.0.1", 0), Odd) as server:
        Odd.seen.clear()
        Odd.first.clear()
        Odd.over.clear()
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        Odd.over.set()
        server.shutdown()
        thread.join()


def test_a_refusal_is_noted_and_not_tried_again(odd):
    """An expired response_url is one post and one outcome."""
    assert post(odd + "/expired", Message("x", ()), time.monotonic()) == "response_url answered 404"
    assert len(Odd.seen) == 1


def test_a_slow_response_url_does_not_hold_the_answer(odd):
    """The post is given up at the deadline, also where each read comes in time and there is no end of them."""
    begun = time.monotonic() - post_module.DEADLINE
    assert post(odd + "/slow", Message("x", ()), begun) == "response_url too slow"
    assert not Odd.over.is_set()


def test_there_is_time_left_of_slacks_three_seconds():
    """The deadline and what must at least be left for a post stay inside the 3 seconds."""
    assert DEADLINE + post_module._LEAST <= 3.0


@pytest.mark.parametrize(("first", "posts", "trouble"), [
    ([(429, "1")], 2, None),
    ([(503, None), (500, None)], 3, None),
    ([(429, "30")], 1, "response_url answered 429"),
    ([(502, "0")] * 9, 4, "response_url answered 502"),
    ([(404, "0")], 1, "response_url answered 404"),
])  # fmt: skip
def test_a_busy_slack_is_asked_again_as_it_says(odd, first, posts, trouble):
    """429 and 5xx are tried again after Retry-After where the time allows, four times at most; a refusal is not."""
    Odd.first[:] = first
    assert post(odd + "/busy", Message("x", ()), time.monotonic()) == trouble
    assert len(Odd.seen) == posts


@pytest.mark.parametrize(("replacing", "left", "tries"), [(False, [0.6], 1), (True, [0.6, 0.6, 0.6, 0.4], 2)])
def test_what_replaces_a_message_is_sent_again_unanswered_and_what_is_new_is_not(
    odd, monkeypatch, replacing, left, tries
):
    """A message that is posted twice would stand there twice; one that is replaced twice is the same."""
    left = iter(left)  # seconds, whenever it is looked at
    monkeypatch.setattr(post_module, "time_left", lambda started: next(left))
    assert post(odd + "/slow", Message("x", ()), 0.0, replacing) == "response_url too slow"
    wait_until(lambda: len(Odd.seen) == tries)
    assert [body["replace_original"] for body in Odd.seen] == [replacing] * tries and not list(left)


@pytest.mark.parametrize("name", ["command", "response_urls"])
def test_a_form_goes_to_slacks_host_alone(handler, caplog, monkeypatch, name):
    """An address that a form carries, or that comes with it, is posted to only if it is at Slack's host."""
    sent = []
    monkeypatch.setattr(post_module, "_send", lambda url, body, seconds: sent.append(url))
    for url in ("http://evil.example/1", NOWHERE):
        origin, urls = (Origin("C0NAMES", url), []) if name == "command" else (None, [("C0NAMES", url)])
        filled = Form(Filled(pattern="mo***", corpus="pokemon"), "", {"pokemon": "characters"}, "")
        state = {"values": {"pattern": {"pattern": {"value": "mo***"}}, "corpus": {"corpus": {"value": "pokemon"}}}}
        view = {"id": "V1", **render_form(filled, origin), "state": state}
        given = [{"channel_id": channel, "response_url": url} for channel, url in urls]
        handler(v2(clicked(submitted(view, "U0ANA", "t", given))), None)
    assert sent == [NOWHERE]


def test_no_redirection_is_followed(odd):
    """A message goes to the address that was checked, and nowhere else."""
    Odd.first[:] = [(302, None)]
    assert post(odd + "/moved", Message("x", ()), time.monotonic()) == "response_url answered 302"
    assert len(Odd.seen) == 1


def test_a_message_can_be_taken_away(odd):
    """Deleting is a body of its own."""
    assert remove(odd + "/gone", time.monotonic()) is None
    assert Odd.seen == [{"delete_original": True}]
