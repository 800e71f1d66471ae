"""People in the fake Slack: what they do reaches the app, what it answers is done or refused, each sees what is theirs."""

import json
from urllib.error import HTTPError
from urllib.parse import parse_qs
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from tests.bot.asking import SECRET
from tests.fakes.fake_slack import BOT_TOKEN, FakeSlack
from tests.fakes.modals import described
from tests.fakes.socket_server import Envelope
from tests.fakes.test_view_limits import field, select, text, view, where

BUTTON = {"type": "button", "action_id": "run:1", "value": "pokemon", "text": {"type": "plain_text", "text": "More"}}
SAID = {"response_type": "in_channel", "text": "Kingar", "blocks": [{"type": "actions", "elements": [BUTTON]}]}
FORM = view(field(text(), "pattern", optional=True), field(select(3), "corpus", optional=True), field(where, "where", optional=True))
opener = build_opener(ProxyHandler({}))


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


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


@pytest.fixture
def app():
    return App()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def slack(app, clock):
    """A fake whose broken rules the test reads itself."""
    with FakeSlack(clock=clock) as fake:
        yield fake.through(app, SECRET)
        fake.broken.clear()


def post(url, given, **headers):
    try:
        with opener.open(Request(url, json.dumps(given).encode(), {"Content-Type": "application/json", **headers})) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode(), error.headers


def call(slack, method, **given):
    """A call of the Web API by an app that holds the token."""
    return json.loads(post(slack.api_url + method, given, Authorization=f"Bearer {BOT_TOKEN}")[1])


def open_form(slack, app, payload=FORM, **more):
    """Ana types the command, and the app opens a form."""
    app.does = lambda sent: call(slack, "views.open", trigger_id=sent["trigger_id"], view=json.dumps({**payload, **more}))
    slack.types("ana", "names", "")
    app.does = lambda sent: None
    return slack.view("ana")


def test_everybody_sees_what_is_for_the_channel(slack, app):
    """A message in_channel is seen by all there, an ephemeral one by the person who asked, and neither elsewhere."""
    app.answers = [SAID, {**SAID, "response_type": "ephemeral"}]
    [public], [private] = slack.types("ana", "names", "pokemon"), slack.types("ana", "names", "help")
    assert slack.sees("ana", "names") == [public, private] and slack.sees("ben", "names") == [public]
    assert slack.sees("ana", "random") == [] and not slack.broken
    assert (app.sent[0]["user_id"], app.sent[0]["channel_id"], app.sent[0]["text"]) == ("U0ANA", "C0NAMES", "pokemon")


def test_button_brings_its_message_or_not(slack, app):
    """A click on a message for everybody comes with it; on one for its reader alone it comes without."""
    app.answers = [SAID, {"statusCode": 200, "body": ""}, {**SAID, "response_type": "ephemeral"}]
    slack.clicks("ben", slack.types("ana", "names", "pokemon")[0], "More")
    assert app.sent[-1]["message"]["text"] == "Kingar" and app.sent[-1]["user"]["id"] == "U0BEN"
    [private] = slack.types("ana", "names", "help")
    slack.clicks("ana", private, "More")
    assert "message" not in app.sent[-1] and app.sent[-1]["container"]["is_ephemeral"]
    with pytest.raises(AssertionError, match="does not see"):
        slack.clicks("ben", private, "More")


def test_click_delivered_again_is_the_same(slack, app):
    """Slack's second delivery has the same person, message and moment; a second click has a later one."""
    app.answers = [SAID]
    [said] = slack.types("ana", "names", "pokemon")
    slack.clicks("ben", said, "More")
    slack.again()
    slack.clicks("ben", said, "More")
    first, again, later = [sent["actions"][0]["action_ts"] for sent in app.sent[1:]]
    assert first == again < later


@pytest.mark.parametrize(
    "answer, why",
    [
        ({"text": "Kingar"}, "response_type not stated"),
        ({**SAID, "blocks": [{"type": "divider"}] * 51}, "51 elements, at most 50"),
        ({**SAID, "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "x" * 2_950}}] * 5}, "at most 13200"),
        ({"statusCode": 500, "body": ""}, "status 500"),
        ({"statusCode": 200, "body": "Kingar"}, "no JSON object"),
    ],
)
def test_wrong_answer_to_a_command_is_refused(slack, app, answer, why):
    """Over HTTP an answer to a command is judged as over a WebSocket."""
    app.answers = [answer]
    slack.types("ana", "names", "pokemon")
    assert len(slack.broken) == 1 and why in slack.broken[0]


def test_message_in_the_answer_to_a_click_is_refused(slack, app):
    """A block_actions acknowledgement cannot carry a message, and nobody sees it."""
    app.answers = [SAID, SAID]
    [said] = slack.types("ana", "names", "pokemon")
    slack.clicks("ben", said, "More")
    assert "cannot carry a message" in slack.broken[0] and slack.sees("ben", "names") == [said]


def clicked(slack, app, message, *answers):
    """Ben clicks, and the app posts these to the response_url."""
    app.answers = [message]
    [said] = slack.types("ben", "names", "pokemon")
    app.does = lambda sent: [post(sent["response_url"], answer) for answer in answers]
    new = slack.clicks("ben", said, "More")
    app.does = lambda sent: None
    return said, new


def test_original_is_replaced_and_deleted(slack, app):
    """replace_original puts another in its place, delete_original takes it away, another message stands below it."""
    said, new = clicked(slack, app, SAID, {**SAID, "text": "Sixtle", "replace_original": True}, {**SAID, "text": "Mewnte"})
    assert (said.text, said.edits, [post.text for post in new]) == ("Sixtle", 1, ["Mewnte"])
    assert slack.sees("ana", "names") == [said, *new]
    said, _ = clicked(slack, app, SAID, {"delete_original": True})
    assert said.deleted and said not in slack.sees("ana", "names") and not slack.broken


@pytest.mark.parametrize(
    "visibility, answers, why",
    [
        ("ephemeral", [{**SAID, "replace_original": True}], "ephemeral cannot become in_channel"),
        ("in_channel", [{**SAID, "response_type": "ephemeral", "replace_original": True}], "in_channel cannot become ephemeral"),
        ("in_channel", [{"delete_original": True}, {**SAID, "replace_original": True}], "no message in this place"),
        ("in_channel", [{"delete_original": True}, {"delete_original": True}], "no message in this place"),
        ("in_channel", [{**SAID, "delete_original": True}], "the rest would be lost"),
        ("in_channel", [{"text": "Kingar"}], "not stated"),
        ("in_channel", [SAID] * 6, "used_url"),
    ],
)
def test_wrong_post_to_a_response_url_is_refused(slack, app, visibility, answers, why):
    """What cannot become of a message is refused, and nothing is changed by it."""
    clicked(slack, app, {**SAID, "response_type": visibility}, *answers)
    assert len(slack.broken) == 1 and why in slack.broken[0]


def test_command_has_no_original(slack, app):
    """A command's response_url stands beside no message: there is nothing to replace."""
    app.does = lambda sent: post(sent["response_url"], {**SAID, "replace_original": True})
    slack.types("ana", "names", "pokemon")
    assert "no message in this place" in slack.broken[0]


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
    assert json.loads(post(slack.api_url + method, {})[1]) == {"ok": False, "error": "not_authed"}


def test_update_keeps_what_was_typed(slack, app):
    """Inputs that stay keep their values, whatever the new view says at first; those of another action_id begin anew."""
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
    app.answers = [{"response_action": "errors", "errors": {"pattern": "no hole"}}, {"response_action": "update", "view": FORM}]
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
        slack.sockets.envelopes["e"] = Envelope("interactive", {"type": "view_submission", "view": described(slack.view("ana"))}, "e")
        slack.sockets._judge(json.dumps({"envelope_id": "e", "payload": answer}))
    assert len(slack.broken) == 1 and why in slack.broken[0]


def test_form_says_where_to_answer(slack, app):
    """A menu of conversations with response_url_enabled gives an address in the one chosen; a post there is seen there."""
    open_form(slack, app)
    app.does = lambda sent: post(sent["response_urls"][0]["response_url"], SAID)
    [said] = slack.submits("ana", {"where": "random"})
    assert app.sent[-1]["response_urls"][0]["channel_id"] == "C0RANDOM" and slack.sees("ben", "random") == [said]
    assert app.sent[-1]["view"]["state"]["values"]["pattern"]["a"] == {"type": "plain_text_input", "value": None}
    assert "channel" not in app.sent[-1] and "response_url" not in app.sent[-1]


def test_shortcuts(slack, app):
    """A global shortcut has no channel and nowhere to answer to; one on a message has both, and the message."""
    app.answers = [SAID]
    [said] = slack.types("ben", "names", "pokemon")
    slack.opens("ana", "form")
    assert app.sent[-1]["type"] == "shortcut" and not {"channel", "response_url"} & set(app.sent[-1])
    slack.opens_on("ana", "like", said)
    sent = app.sent[-1]
    assert (sent["type"], sent["channel"]["id"], sent["message"]["text"]) == ("message_action", "C0NAMES", "Kingar")
    assert post(sent["response_url"], SAID)[0] == 200 and len(slack.sees("ana", "names")) == 2


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


@pytest.mark.parametrize("at", ["/response/", "views.open"])
@pytest.mark.parametrize("status, retry_after", [(429, 1), (503, None)])
def test_trouble_on_demand(slack, app, at, status, retry_after):
    """The next posts are answered with that status and header, and then all is well again; none was used up."""
    url = slack.new_response_url() if at == "/response/" else slack.api_url + at
    slack.stumble(at, status, retry_after, times=2)
    for _ in range(2):
        answered, _, headers = post(url, SAID)
        assert (answered, headers["Retry-After"]) == (status, retry_after and str(retry_after))
    assert post(url, SAID)[0] == 200
    assert [met for _, met in slack.http.posts] == [status, status, 200]
