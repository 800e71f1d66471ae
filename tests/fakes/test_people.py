"""People in the fake Slack: what they do reaches the app, what it answers is done or refused, each sees what is
theirs."""

import pytest

from tests.fakes.told_app import SAID, post_json


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
        (
            {**SAID, "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "x" * 2_950}}] * 5},
            "at most 13200",
        ),
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
    app.does = lambda sent: [post_json(sent["response_url"], answer) for answer in answers]
    new = slack.clicks("ben", said, "More")
    app.does = lambda sent: None
    return said, new


def test_original_is_replaced_and_deleted(slack, app):
    """replace_original puts another in its place, delete_original takes it away, another message stands below it."""
    said, new = clicked(
        slack, app, SAID, {**SAID, "text": "Sixtle", "replace_original": True}, {**SAID, "text": "Mewnte"}
    )
    assert (said.text, said.edits, [post.text for post in new]) == ("Sixtle", 1, ["Mewnte"])
    assert slack.sees("ana", "names") == [said, *new]
    said, _ = clicked(slack, app, SAID, {"delete_original": True})
    assert said.deleted and said not in slack.sees("ana", "names") and not slack.broken


@pytest.mark.parametrize(
    "visibility, answers, why",
    [
        ("ephemeral", [{**SAID, "replace_original": True}], "ephemeral cannot become in_channel"),
        (
            "in_channel",
            [{**SAID, "response_type": "ephemeral", "replace_original": True}],
            "in_channel cannot become ephemeral",
        ),
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
    app.does = lambda sent: post_json(sent["response_url"], {**SAID, "replace_original": True})
    slack.types("ana", "names", "pokemon")
    assert "no message in this place" in slack.broken[0]


def test_shortcuts(slack, app):
    """A global shortcut has no channel and nowhere to answer to; one on a message has both, and the message."""
    app.answers = [SAID]
    [said] = slack.types("ben", "names", "pokemon")
    slack.opens("ana", "form")
    assert app.sent[-1]["type"] == "shortcut" and not {"channel", "response_url"} & set(app.sent[-1])
    slack.opens_on("ana", "like", said)
    sent = app.sent[-1]
    assert (sent["type"], sent["channel"]["id"], sent["message"]["text"]) == ("message_action", "C0NAMES", "Kingar")
    assert post_json(sent["response_url"], SAID)[0] == 200 and len(slack.sees("ana", "names")) == 2


@pytest.mark.parametrize("at", ["/response/", "views.open"])
@pytest.mark.parametrize("status, retry_after", [(429, 1), (503, None)])
def test_trouble_on_demand(slack, app, at, status, retry_after):
    """The next posts are answered with that status and header, and then all is well again; none was used up."""
    url = slack.new_response_url() if at == "/response/" else slack.api_url + at
    slack.stumble(at, status, retry_after, times=2)
    for _ in range(2):
        answered, _, headers = post_json(url, SAID)
        assert (answered, headers["Retry-After"]) == (status, retry_after and str(retry_after))
    assert post_json(url, SAID)[0] == 200
    assert [met for _, met in slack.http.posts] == [status, status, 200]
