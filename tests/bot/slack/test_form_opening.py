"""The form where Slack does not open it, or not at once: it is tried again while there is time, and then help is
given."""

from dataclasses import replace

import pytest

from bot.slack.lambda_handler import make_handler
from bot.slack.manifest import LIKE_THESE
from tests.fakes.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack
from tests.helpers.http import SECRET


@pytest.fixture
def alone(settings, library, trained):
    """A workspace over the Lambda handler alone, for what does not depend on the mode."""
    with FakeSlack() as slack:
        inside = replace(settings, bot_token=BOT_TOKEN, app_token=APP_TOKEN, slack_api_url=slack.api_url)
        yield slack.through(make_handler(inside, library), SECRET)


@pytest.mark.parametrize("status, retry_after", [(429, 1), (503, None)])
def test_form_opens_at_the_second_try(alone, status, retry_after):
    """Too many requests and Slack's own faults are tried again while the trigger lives."""
    alone.stumble("views.open", status, retry_after)
    assert alone.types("ana", "names", "") == [] and alone.view("ana")


@pytest.mark.parametrize("status, retry_after, times", [(429, 30, 1), (503, None, 9)])
def test_form_that_does_not_open_says_so(alone, status, retry_after, times):
    """If Slack asks for a longer wait than there is time, help comes with a sentence; a message shortcut says it too."""
    alone.stumble("views.open", status, retry_after, times=times)
    [told] = alone.types("ana", "names", "")
    assert "did not open just now" in told.text and "`/techname pokemon`" in told.text and told.only == "U0ANA"
    said = alone.channels.put("C0NAMES", {"response_type": "in_channel", "text": "Kingar"}, "U0BEN")
    alone.stumble("views.open", status, retry_after, times=9)
    alone.opens_on("ana", LIKE_THESE, said)
    assert alone.view("ana") is None and "did not open" in alone.sees("ana", "names")[-1].text


@pytest.mark.parametrize(
    "status, retry_after, body",
    [
        (429, "soon", None),
        (503, "Wed, 21 Oct 2026 07:28:00 GMT", None),
        (200, None, b"<html>"),
        (200, None, b"[]"),
        (502, None, b'"x"'),
        (200, None, b"\xff"),
    ],
)
def test_garbage_in_place_of_slack_is_no_bug(alone, status, retry_after, body):
    """A proxy's page, JSON of another shape, a Retry-After that is no number of seconds: the form did not open, and
    that is said."""
    alone.stumble("views.open", status, retry_after, times=9, body=body)
    [told] = alone.types("ana", "names", "")
    assert "did not open just now" in told.text


def test_slack_that_takes_its_time_is_not_waited_for(alone, monkeypatch):
    """If the Web API does not answer in Slack's own time, help comes."""
    monkeypatch.setattr("bot.slack.post.DEADLINE", 0.4)
    alone.stumble("views.open", 503, hold=0.8, times=9)
    [told] = alone.types("ana", "names", "")
    assert "did not open" in told.text and len(alone.http.posts) <= 1


def test_trigger_that_is_too_old_says_so(alone):
    """A trigger that Slack has forgotten opens nothing, and help is given."""
    alone.modals.clock = lambda: 1e9
    alone.modals.trigger = lambda *who: "1.0"
    [told] = alone.types("ana", "names", "")
    assert "did not open" in told.text and "invalid_trigger_id" in alone.broken.pop()


def test_without_the_token_there_is_help(settings, library):
    """A bot without a token answers with the help text and names what it lacks."""
    with FakeSlack() as slack:
        slack.through(make_handler(replace(settings, bot_token=None, slack_api_url=slack.api_url), library), SECRET)
        [told] = slack.types("ana", "names", "")
        assert "SLACK_BOT_TOKEN" in told.text and "holes" in told.text and slack.web.calls == []


def test_form_of_another_version_is_acknowledged(alone):
    """A form that was open while the bot was updated closes without a crash."""
    alone.types("ana", "names", "")
    alone.view("ana").payload["callback_id"] = "form:0"
    assert alone.submits("ana") == [] and alone.view("ana") is None
