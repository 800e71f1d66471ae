"""Socket Mode against the tests' own strict Slack, over a real WebSocket."""

import logging
import urllib.request
from dataclasses import replace

import pytest

from bot.slack import socket_mode, web_api
from bot.slack.socket_mode import connected
from bot.slack.web_api import NoConnection, go_direct, tokens
from tests.fakes.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack, buttons_of
from tests.fakes.typist import Typist

NOBODY = "http://127.0.0.1:9/api/"


@pytest.fixture
def slack():
    with FakeSlack() as fake:
        yield fake


@pytest.fixture
def inside(settings, slack, monkeypatch):
    """Settings for that Slack, with a pulse that suits a test."""
    monkeypatch.setattr(socket_mode, "PING", 0.2)
    return replace(settings, bot_token=BOT_TOKEN, app_token=APP_TOKEN, slack_api_url=slack.api_url)


def test_command_is_answered_in_its_acknowledgement(slack, inside, library):
    """A slash command's acknowledgement carries names for the channel, and Slack is asked nothing more."""
    with connected(inside, library):
        slack.sockets.wait()
        message = slack.slash("pokemon 3 seed=7")
    assert message["response_type"] == "in_channel" and "seed 7" in message["text"]
    assert slack.web.calls == ["auth.test", "apps.connections.open"]


def test_button_is_answered_through_its_response_url(slack, inside, library):
    """A pressed button is acknowledged without a message and answered with one post, which says who asked."""
    with connected(inside, library):
        slack.sockets.wait()
        message = slack.slash("complete mo*** pokemon 2")
        (posted,) = slack.press(buttons_of(message)[2], message)
    assert posted["response_type"] == "in_channel" and posted["text"] != message["text"]
    assert {"type": "user", "user_id": "U0BEN"} in posted["blocks"][0]["elements"][0]["elements"]


@pytest.mark.parametrize("text", ["payload", "help", "<!channel>", "\u202emo", "nonsense 99", "x" * 4_000])
def test_everything_is_acknowledged_in_private(slack, inside, library, text):
    """Bad input of every kind is answered to the person alone, within Slack's limits."""
    with connected(inside, library):
        slack.sockets.wait()
        assert slack.slash(text, channel_name="payload-dev")["response_type"] == "ephemeral"


@pytest.mark.parametrize("loss", [lambda s: s.drop(), lambda s: s.drop(politely=False)], ids=["closed", "cut"])
def test_lost_connection_comes_back(slack, inside, library, capfd, loss):
    """Closed by Slack or cut by the network, the connection is lost once and made again, and answers."""
    with connected(inside, library):
        slack.sockets.wait()
        slack.slash("pokemon 1")
        loss(slack.sockets)
        slack.sockets.wait(2)
        assert slack.slash("pokemon 1")["response_type"] == "in_channel"
    said = capfd.readouterr().err
    assert [said.count(words) for words in ("Connected to Makers", "is lost", "Connected again")] == [1, 1, 1]


def test_slack_may_ask_for_another_connection(slack, inside, library):
    """When Slack announces that it will hang up, a new connection is there before."""
    with connected(inside, library):
        slack.sockets.wait()
        slack.sockets.say({"type": "disconnect", "reason": "refresh_requested"})
        slack.sockets.wait(2)
        assert slack.slash("pokemon 1")["response_type"] == "in_channel"


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"bot_token": "xoxb-wrong"}, r"does not accept SLACK_BOT_TOKEN \(invalid_auth\)"),
        ({"bot_token": APP_TOKEN}, r"does not accept SLACK_BOT_TOKEN \(not_allowed_token_type\)"),
        ({"app_token": "xapp-wrong"}, r"does not accept SLACK_APP_TOKEN \(invalid_auth\)"),
        ({"app_token": BOT_TOKEN}, r"does not accept SLACK_APP_TOKEN \(not_allowed_token_type\)"),
        ({"slack_api_url": NOBODY}, "cannot reach http://127.0.0.1:9/api/: .*refused"),
    ],
)
def test_refusal_is_a_sentence(slack, inside, library, capfd, changed, said):
    """Each wrong token is named with Slack's reason, an address without Slack likewise, and the SDK adds nothing."""
    with pytest.raises(NoConnection, match=said), connected(replace(inside, **changed), library):
        pass
    assert capfd.readouterr().err == ""


def test_address_that_is_not_slacks_is_a_sentence(slack, inside, library):
    """A server that answers in its own way is not mistaken for Slack, nor its answer for a wrong token."""
    elsewhere = replace(inside, slack_api_url=slack.http.url + "/elsewhere/")
    with pytest.raises(NoConnection, match="does not answer as Slack does"), connected(elsewhere, library):
        pass
    slack.broken.clear()  # the fake saw two posts to response_urls that it never gave out


def test_websocket_that_does_not_open_is_a_sentence(slack, inside, library, capfd):
    """If the Web API answers and the WebSocket does not, the first connection fails aloud."""
    slack.web.new_socket_url = lambda: "ws://127.0.0.1:9/link/?ticket=1"
    with pytest.raises(NoConnection, match="accepts no WebSocket"), connected(inside, library):
        pass
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("here, missing", [("bot_token", "SLACK_APP_TOKEN"), ("app_token", "SLACK_BOT_TOKEN")])
def test_one_token_names_the_other(settings, here, missing):
    """With only one of the tokens set, the sentence says which other is needed and where it is found."""
    alone = replace(settings, **({"bot_token": None, "app_token": None} | {here: "x"}))
    with pytest.raises(NoConnection, match=f"and {missing} is not"):
        tokens(alone)


def test_both_tokens_or_none(settings):
    """Both tokens mean Slack, none means the console."""
    assert tokens(replace(settings, bot_token="x", app_token="y"))
    assert not tokens(replace(settings, bot_token=None, app_token=None))


@pytest.mark.parametrize(
    "url, bypass, proxy",
    [
        ("http://127.0.0.1:1/api/", "", None),
        ("http://localhost/api/", "", None),
        ("https://slack.example/api/", "slack.example", None),
        ("https://slack.example/api/", "other.example", "http://proxy:1"),
    ],
)
def test_proxy_is_passed_by_where_it_should(monkeypatch, url, bypass, proxy):
    """This machine and what NO_PROXY names are reached directly, which the SDK alone would not do."""
    monkeypatch.setenv("NO_PROXY", bypass)
    monkeypatch.setattr(web_api, "proxy_bypass", urllib.request.proxy_bypass_environment)
    client = type("Client", (), {"proxy": "http://proxy:1"})()
    go_direct(client, url)
    assert client.proxy == proxy


@pytest.mark.slow
def test_run_in_a_terminal(slack, environment):
    """`techname run` with both tokens connects, says so, answers, and leaves with status 0 on Ctrl-C."""
    given = {"SLACK_BOT_TOKEN": BOT_TOKEN, "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": slack.api_url.rstrip("/")}
    with Typist(["run"], environment | given) as typist:
        typist.expect("Connected to Makers as @techname over Socket Mode")
        assert slack.slash("corpora")["response_type"] == "ephemeral"
        typist.type("\x03")
        assert typist.left() == 0
        assert "Disconnected." in typist.shown and "Traceback" not in typist.shown


@pytest.mark.slow
def test_run_on_a_fresh_machine(environment, tmp_path):
    """With no model built the first command is answered while models are trained by another process, which Ctrl-C ends
    without a word."""
    with FakeSlack() as slack:
        given = {
            "SLACK_BOT_TOKEN": BOT_TOKEN,
            "SLACK_APP_TOKEN": APP_TOKEN,
            "SLACK_API_URL": slack.api_url,
            "TECHNAME_MODELS": str(tmp_path / "none"),
        }
        with Typist(["run"], environment | given) as typist:
            typist.expect("Connected to Makers as @techname over Socket Mode")
            assert "cities · markov until mix is trained" in slack.slash("cities 3")["text"]
            typist.expect("training mix of cities in the background")
            typist.type("\x03")
            assert typist.left() == 0 and "Traceback" not in typist.shown
    assert [file.name for file in (tmp_path / "none").glob("*")] in ([], ["cities.mix.npz"])


@pytest.mark.slow
def test_run_with_a_wrong_token(slack, environment):
    """In a terminal a wrong token ends `techname run` with a sentence and status 2."""
    given = {"SLACK_BOT_TOKEN": "xoxb-wrong", "SLACK_APP_TOKEN": APP_TOKEN, "SLACK_API_URL": slack.api_url}
    with Typist(["run"], environment | given) as typist:
        assert typist.left() == 2
        assert "does not accept SLACK_BOT_TOKEN" in typist.shown and "Traceback" not in typist.shown


def test_an_odd_payload_is_acknowledged_with_one_line(slack, inside, library, caplog):
    """A payload that lacks a field is acknowledged, and the log says which field is missing."""
    caplog.set_level(logging.INFO, logger="techname")
    with connected(inside, library):
        slack.sockets.wait()
        assert slack.door.send("slash_commands", {"command": "/techname", "text": ["secretword"]}).answer is None
    lines = [record.facts for record in caplog.records if hasattr(record, "facts")]
    assert [line["outcome"] for line in lines] == ["misfit: command lacks channel_id"]
