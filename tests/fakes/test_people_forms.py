"""Forms in the fake Slack: opened by a trigger, kept within the limits, sent and answered."""

import json

import pytest

from tests.fakes.modals import described
from tests.fakes.socket_server import Envelope
from tests.fakes.told_app import SAID, call, post_json
from tests.helpers.views import field, select, text, view, where

FORM = view(
    field(text(), "pattern", optional=True),
    field(select(3), "corpus", optional=True),
    field(where, "where", optional=True),
)


def open_form(slack, app, payload=FORM, **more):
    """Ana types the command, and the app opens a form."""
    app.does = lambda sent: call(
        slack, "views.open", trigger_id=sent["trigger_id"], view=json.dumps({**payload, **more})
    )
    slack.types("ana", "names", "")
    app.does = lambda sent: None
    return slack.view("ana")


def test_trigger_opens_one_form(slack, app):
    """A trigger_id opens a form in front of the person who caused it."""
    opened = open_form(slack, app)
    assert opened.payload["callback_id"] and slack.view("ben") is None and not slack.broken
    assert opened.value("where") == "C0NAMES"


@pytest.mark.parametrize("method", ["views.open", "views.push"])
def test_used_old_and_strange_triggers_are_refused(slack, app, clock, method):
    """A trigger_id serves once, and for three seconds."""
    open_form(slack, app)
    slack.submits("ana")
    trigger = app.sent[-1]["trigger_id"]
    clock.now = 3.1
    assert call(slack, method, trigger_id=trigger, view=FORM)["error"] == "expired_trigger_id"
    clock.now = 0.0
    assert call(slack, "views.open", trigger_id=trigger, view=FORM)["ok"]
    assert call(slack, method, trigger_id=trigger, view=FORM)["error"] == "exchanged_trigger_id"
    assert call(slack, method, trigger_id="1.2", view=FORM)["error"] == "invalid_trigger_id"
    assert len(slack.broken) == 3


def test_form_beyond_the_limits_is_not_opened(slack, app):
    """A view that breaks a limit is invalid, with the reason, and nothing is shown."""
    assert open_form(slack, app, title={"type": "plain_text", "text": "x" * 25}) is None
    assert "invalid_arguments" in slack.broken[0] and "at most 24" in slack.broken[0]


@pytest.mark.parametrize("method", ["views.open", "views.update", "views.push"])
def test_views_need_the_token(slack, method):
    """Without the bot token no form is shown."""
    assert json.loads(post_json(slack.api_url + method, {})[1]) == {"ok": False, "error": "not_authed"}


def test_update_keeps_what_was_typed(slack, app):
    """Inputs that stay keep their values, whatever the new view says at first; those of another action_id begin
    anew."""
    opened = open_form(slack, app)
    slack.fills("ana", {"pattern": "mo***", "corpus": "2"})
    again = view(field(text(initial_value="other"), "pattern"), field({**select(3), "action_id": "b"}, "corpus"))
    assert call(slack, "views.update", view_id=opened.id, hash=opened.hash, view=again)["ok"]
    assert (opened.value("pattern"), opened.value("corpus")) == ("mo***", None)


def test_update_of_another_state_is_a_conflict(slack, app):
    """An old hash conflicts, and a form that was closed is not found: races, which are no broken rules."""
    opened = open_form(slack, app)
    assert call(slack, "views.update", view_id=opened.id, hash="old", view=FORM)["error"] == "hash_conflict"
    slack.leaves("ana")
    assert call(slack, "views.update", view_id=opened.id, view=FORM)["error"] == "not_found"
    assert not slack.broken


def test_three_forms_lie_on_one_another(slack, app):
    """The fourth is refused."""
    open_form(slack, app)
    app.answers = [{"response_action": "push", "view": FORM}] * 2
    slack.submits("ana")
    slack.submits("ana")
    app.does = lambda sent: call(slack, "views.push", trigger_id=sent["trigger_id"], view=FORM)
    app.answers = [{"response_action": "errors", "errors": {"pattern": "no"}}]
    slack.submits("ana")
    assert slack.broken == ["views.push: push_limit_reached"]


def test_sent_form_is_closed_or_not(slack, app):
    """No answer closes it, errors keep it with what was typed, an update shows another, clear takes all away."""
    form = open_form(slack, app)
    app.answers = [
        {"response_action": "errors", "errors": {"pattern": "no hole"}},
        {"response_action": "update", "view": FORM},
    ]
    slack.submits("ana", {"pattern": "mo"})
    assert (slack.view("ana"), form.errors, form.value("pattern")) == (form, {"pattern": "no hole"}, "mo")
    slack.submits("ana")
    assert slack.view("ana") is form and form.errors == {}
    app.answers = [{"response_action": "push", "view": FORM}, {"response_action": "clear"}]
    slack.submits("ana")
    slack.submits("ana")
    assert slack.view("ana") is None
    open_form(slack, app)
    slack.submits("ana")
    assert slack.view("ana") is None and not slack.broken


@pytest.mark.parametrize(
    "answer, why",
    [
        (SAID, "response_action None"),
        ({"response_action": "close"}, "response_action 'close'"),
        ({"response_action": "errors", "errors": {}}, "what is wrong"),
        ({"response_action": "errors", "errors": {"another": "no"}}, "no input 'another'"),
        ({"response_action": "errors", "errors": {"pattern": ""}}, "a sentence is needed"),
        ({"response_action": "update", "view": view(title=None)}, "view.title"),
        ({"response_action": "clear", "view": FORM}, "with ['view']"),
    ],
)
@pytest.mark.parametrize("door", ["lambda", "socket mode"])
def test_wrong_answer_to_a_form_is_refused(slack, app, answer, why, door):
    """What the acknowledgement of a form may not carry, over either way in."""
    open_form(slack, app)
    if door == "lambda":
        app.answers = [answer]
        slack.fills("ana", {"pattern": "mo"})
        slack._obey = lambda view, answer: None  # what Slack refuses has no effect to look at
        slack.submits("ana")
    else:
        slack.sockets.envelopes["e"] = Envelope(
            "interactive", {"type": "view_submission", "view": described(slack.view("ana"))}, 0.0, "e"
        )
        slack.sockets._judge(json.dumps({"envelope_id": "e", "payload": answer}))
    assert len(slack.broken) == 1 and why in slack.broken[0]


def test_form_says_where_to_answer(slack, app):
    """A menu of conversations with response_url_enabled gives an address in the one chosen; a post there is seen
    there."""
    open_form(slack, app)
    app.does = lambda sent: post_json(sent["response_urls"][0]["response_url"], SAID)
    [said] = slack.submits("ana", {"where": "random"})
    assert app.sent[-1]["response_urls"][0]["channel_id"] == "C0RANDOM" and slack.sees("ben", "random") == [said]
    assert app.sent[-1]["view"]["state"]["values"]["pattern"]["a"] == {"type": "plain_text_input", "value": None}
    assert "channel" not in app.sent[-1] and "response_url" not in app.sent[-1]


def test_input_that_reports_changes(slack, app):
    """An input with dispatch_action sends what was entered, with the form and no address to answer to."""
    open_form(slack, app, blocks=[field(text(), "pattern", dispatch_action=True), field(text(), "other")])
    slack.fills("ana", {"pattern": "mo***", "other": "x"})
    sent = app.sent[-1]
    assert (len(app.sent), sent["type"], sent["actions"][0]["value"]) == (2, "block_actions", "mo***")
    assert sent["view"]["state"]["values"]["pattern"]["a"]["value"] == "mo***" and "response_url" not in sent


def test_slack_sends_no_form_with_gaps(slack, app):
    """What is needed must be there before Slack sends a form at all."""
    open_form(slack, app, blocks=[field(text(), "pattern")])
    with pytest.raises(AssertionError, match="pattern is empty"):
        slack.submits("ana")
