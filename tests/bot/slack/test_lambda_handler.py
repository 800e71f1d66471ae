"""The Lambda entry: signatures, answers, and the log."""

import importlib
import json
import logging
import sys
from dataclasses import replace
from types import SimpleNamespace

import pytest
from slack_sdk.signature import SignatureVerifier

from bot import log
from bot.settings import Settings, SettingsError
from bot.slack import lambda_handler as handler_module
from bot.slack.lambda_handler import make_handler
from tests.fakes.slack_limits import accept
from tests.helpers.http import NOWHERE, SECRET, clicked, form, message_of, signed, v2

CONTEXT = SimpleNamespace(aws_request_id="r-1", function_name="techname")


def ask(handler, text: str, **fields) -> dict:
    return accept(message_of(handler(v2(form(text, **fields)), CONTEXT)))


@pytest.mark.parametrize(
    "text", ["pokemon", "pokemon 8 hmm", "complete mo***", "draw mo***", "***base pokemon markov 10"]
)
def test_names_come_back_in_the_channel(handler, no_network, text):
    """A signed command is answered in its acknowledgement, for everybody, within Slack's limits, and with no call."""
    assert ask(handler, text)["response_type"] == "in_channel"


@pytest.mark.parametrize(
    "text", ["", "help", "corpora", "models", "pokmon", "<!channel>", "x" * 4_000, "mo\u202e*", "🎉", "mo🎉*", "99"]
)
def test_the_rest_comes_back_to_one_person(handler, no_network, text):
    """Help and mistakes are for the person who typed alone."""
    message = ask(handler, text)
    assert message["response_type"] == "ephemeral" and "<!" not in json.dumps(message)


@pytest.mark.parametrize(
    ("text", "fields"), [("payload", {}), ("pokemon payload=", {}), ("help", {"channel_name": "payload-dev"})]
)
def test_the_word_payload_is_a_word(handler, text, fields):
    """Bolt takes a body with these letters for a click and answers 404; here it is a command like any other."""
    assert "/techname" in ask(handler, text, **fields)["text"]


def test_the_guard_is_still_needed():
    """The day Bolt mends its parse_body, ours can go: this fails then."""
    from slack_bolt.request.internals import parse_body

    assert parse_body("text=payload", None) == {}


REFUSED = {
    "another secret": signed(form("secretword"), secret="0" * 32),
    "too old": signed(form("secretword"), age=301),
    "of another body": signed(form("otherword")),
    "no signature": {"Content-Type": "application/x-www-form-urlencoded"},
    "no time": {k: v for k, v in signed(form("secretword")).items() if "Time" not in k},
    "odd signature": {**signed(form("secretword")), "X-Slack-Signature": "v0=é"},
    "long time": {**signed(form("secretword")), "X-Slack-Request-Timestamp": "9" * 5_000},
    "odd time": {**signed(form("secretword")), "X-Slack-Request-Timestamp": "soon"},
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_signature_gets_401(handler, caplog, name):
    """It is refused with one line in the log, even if the root logs everything, and the body is not in it."""
    with caplog.at_level(logging.DEBUG):
        reply = handler(v2(form("secretword"), REFUSED[name]), CONTEXT)
    assert reply["statusCode"] == 401
    assert [record.facts["outcome"] for record in caplog.records] == ["bad signature"]
    assert "secretword" not in "".join(log.JsonLines().format(record) for record in caplog.records)


def test_our_signatures_are_slacks():
    """The tests' recipe for a signature and the SDK's agree, so that a test cannot pass by a mistake made twice."""
    headers = signed("a=b")
    stamp = headers["X-Slack-Request-Timestamp"]
    assert SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body="a=b") == headers["X-Slack-Signature"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("pokemon hmm", {"command": "generate", "corpus": "pokemon", "model": "hmm", "outcome": "answered"}),
        ("help", {"command": "help", "corpus": None, "model": None, "outcome": "answered"}),
        ("pokmon", {"command": None, "corpus": None, "model": None, "outcome": "bad input"}),
        ("mo🎉*", {"command": "complete", "corpus": "tech", "model": "mix", "outcome": "nothing fits"}),
    ],
)
def test_one_line_a_request(handler, caplog, text, facts):
    """A request is one JSON line with the kind of command and its outcome, and nothing that was typed."""
    with caplog.at_level(logging.DEBUG):
        ask(handler, text)
    [record] = [record for record in caplog.records if record.name.startswith("techname")]
    line = json.loads(log.JsonLines().format(record))
    assert line.pop("ms") >= 0
    assert line == {"level": "INFO", "event": "request", "request_id": "r-1", **facts}


def test_a_bug_of_ours_is_a_sentence_with_a_reference(handler, library, caplog, monkeypatch):
    """The person gets a reference instead of an empty 500; the log has the cause under it, and nothing that was
    typed."""
    monkeypatch.setattr(type(library), "known", lambda self, name: {}["secretword"])
    with caplog.at_level(logging.INFO):
        message = ask(handler, "pokemon")
    bug, line = [json.loads(log.JsonLines().format(record)) for record in caplog.records]
    assert message["response_type"] == "ephemeral" and bug["reference"] in message["text"]
    assert bug["error"] == "KeyError" and any("brainstorm" in frame for frame in bug["where"])
    assert bug["reference"] in line["outcome"] and "secretword" not in json.dumps([bug, line])


@pytest.mark.parametrize(
    "body", [clicked({"type": "view_submission", "user": {"id": "U1"}, "view": {"id": "V1"}}), "a=b"]
)
def test_what_is_not_ours_is_acknowledged(handler, caplog, body):
    """A form of another version is acknowledged rather than shown as a failure, and nothing of it is logged."""
    with caplog.at_level(logging.DEBUG):
        reply = handler(v2(body), CONTEXT)
    assert (reply["statusCode"], reply["body"]) == (200, "")
    assert [record.facts["outcome"] for record in caplog.records if hasattr(record, "facts")] == ["not mine"]
    assert all(hasattr(record, "facts") or record.levelno < logging.WARNING for record in caplog.records)


def test_a_command_of_another_name_is_answered(handler):
    """Whatever a manifest calls the command, it is ours."""
    assert "holes" in ask(handler, "", command="/name-dev")["text"]


def test_a_command_without_text_is_help(handler):
    """Slack may leave an empty field out."""
    body = "&".join(part for part in form("").split("&") if not part.startswith("text="))
    assert "holes" in message_of(handler(v2(body), CONTEXT))["text"]


def test_the_oauth_variables_change_nothing(settings, library, no_network, monkeypatch):
    """Plain Bolt turns OAuth on where these are set, and forgets its token."""
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, "xoxb-from-outside")
    assert ask(make_handler(settings, library), "pokemon")["response_type"] == "in_channel"


def test_the_token_is_at_hand_for_listeners(settings, library, no_network):
    """A listener's client has the token of the settings, though nobody was asked whose it is."""
    from slack_bolt.request import BoltRequest

    from bot.slack.app import build_app

    app, tokens = build_app(settings, library), []
    app.middleware(lambda client, next: (tokens.append(client.token), next()))
    body = form("help")
    assert app.dispatch(BoltRequest(body=body, headers=signed(body))).status == 200
    assert tokens == ["xoxb-made-up"]


def test_an_app_without_a_secret_trusts_nobody(library, settings):
    """Socket Mode needs no secret; over HTTP such an app refuses even what an empty secret signs."""
    from slack_bolt.request import BoltRequest

    from bot.slack.app import build_app

    app = build_app(replace(settings, signing_secret=None), library)
    body = form("help")
    assert app.dispatch(BoltRequest(body=body, headers=signed(body, secret=""))).status == 401


def test_a_missing_secret_fails_at_start_and_is_named(monkeypatch):
    """Looking the handler up, as Lambda does before the first event, is when it fails."""
    monkeypatch.setattr("bot.settings.load_settings.__defaults__", (None,))
    with pytest.raises(SettingsError, match="SLACK_SIGNING_SECRET"):
        _ = importlib.reload(handler_module).lambda_handler


def test_lambda_starts_once_with_the_usual_model_loaded(monkeypatch, tmp_path, library, settings):
    """On Lambda the handler is built when it is looked up, logs on stdout alone, and is the same from then on."""
    library.model("tech", "mix")
    started = []
    monkeypatch.setattr(log, "to_stdout", lambda: started.append("log"))
    monkeypatch.setattr(handler_module, "load_settings", lambda: replace(settings, on_lambda=True))
    monkeypatch.setattr(handler_module, "Library", lambda settings: library)
    first = handler_module.lambda_handler
    try:
        assert handler_module.lambda_handler is first and started == ["log"]
        assert ask(first, "help")
    finally:
        del handler_module.lambda_handler
    with pytest.raises(AttributeError):
        _ = handler_module.other


def test_importing_reads_nothing(monkeypatch):
    """The module can be imported where nothing is set: no secret is asked for and no model read."""
    assert "lambda_handler" not in vars(importlib.reload(handler_module))


def test_logging_on_lambda_is_one_json_line_each(capsys, monkeypatch):
    """The runtime's own handler goes; a traceback is logged as its frames, for its message may quote what was typed."""
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [logging.StreamHandler(sys.stderr)] * 3)
    monkeypatch.setattr(root, "level", root.level)
    log.to_stdout()
    try:
        raise KeyError("secretword")
    except KeyError:
        logging.getLogger("elsewhere").exception("it broke")
    line = json.loads(capsys.readouterr().out)
    assert (line["event"], line["error"], line["level"]) == ("it broke", "KeyError", "ERROR")
    assert "secretword" not in str(line) and line["where"]


def test_settings_are_required():
    """A handler without a signing secret would answer anybody."""
    with pytest.raises(SettingsError, match="SLACK_SIGNING_SECRET"):
        make_handler(Settings())


def test_nowhere_is_nowhere():
    """The tests' response_url leads to no place outside this machine."""
    assert NOWHERE.startswith("http://127.0.0.1:")
