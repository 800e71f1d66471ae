"""The doctor: what it says of each setting, and that it touches no network unless asked."""

from dataclasses import replace

import pytest

import corpora
from bot.cli import main
from bot.settings import Settings, SettingsError
from bot.store.sqlite import SqliteStore
from bot.terminal import doctor as doctoring
from bot.terminal.doctor import doctor, examine
from corpora import CorpusError
from tests.fakes.dynamodb import ACCOUNT
from tests.fakes.fake_slack import APP_TOKEN, BOT_TOKEN, FakeSlack

SHELF = corpora.shelf()
SECRET = "0123456789abcdef" * 2


@pytest.fixture
def having(monkeypatch, settings):
    """Give the doctor these settings to look at."""

    def give(**given) -> Settings:
        found = replace(settings, **({"signing_secret": None, "bot_token": None} | given))
        monkeypatch.setattr(doctoring, "load_settings", lambda: found)
        return found

    return give


def said(fine: bool | None, online: bool = False) -> str:
    return "\n".join(check.said for check in examine(online) if check.fine is fine)


def test_fresh_machine_can_run_the_console(having, no_network, capsys):
    """With nothing set nothing is wrong: the console can run, and what Slack would need is said."""
    having()
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "!!" not in out and "The console can run" in out
    assert "--  Slack tokens: none" in out and "--  SLACK_SIGNING_SECRET: not set" in out


def test_all_set_is_all_in_order(having, library, no_network, tmp_path):
    """With everything set, only the untried tokens are left to say."""
    (tmp_path / "models").mkdir()
    for card in library.shelf():
        (tmp_path / "models" / f"{card.name}.mix.npz").touch()
    probes = tmp_path / "taken.toml"
    probes.write_text('[[domain]]\nsuffix = ".com"\n')
    having(
        bot_token=BOT_TOKEN, app_token=APP_TOKEN, signing_secret=SECRET, taken=probes, models_dir=tmp_path / "models"
    )
    assert said(False) == ""
    assert f"Is it taken: .com, from {probes}." in said(True)
    assert said(None) == "The tokens were not tried; techname doctor --online asks Slack."
    assert f"Models: of all {len(library.shelf())} corpora" in said(True) and "both are set" in said(True)


def test_http_without_the_token_is_told(having, no_network):
    """With the secret alone names come over HTTP and the form does not open, which is said and is no fault."""
    having(signing_secret=SECRET)
    assert "the form cannot open" in said(None) and said(False) == ""


@pytest.mark.parametrize(
    "given, why",
    [
        ({"bot_token": "xoxb-1"}, "SLACK_APP_TOKEN is not"),
        ({"app_token": "xapp-1"}, "SLACK_BOT_TOKEN is not"),
        ({"bot_token": "xapp-1", "app_token": "xapp-1"}, "does not begin with xoxb-"),
        ({"bot_token": "xoxb-1", "app_token": "xoxb-1"}, "does not begin with xapp-"),
        ({"signing_secret": "secret"}, "not 32 hexadecimal digits"),
        ({"slack_api_url": "http://slack.example/api/"}, "is not https"),
    ],
)
def test_wrong_setting_is_told(having, given, why, capsys):
    """Each wrong setting is named with what to do; the console can run all the same, and no secret is shown."""
    having(**given)
    assert why in said(False)
    assert doctor() is True
    assert not any(value in capsys.readouterr().out for key, value in given.items() if key != "slack_api_url")


def test_models_that_are_not_built_are_no_fault(having, tmp_path):
    """How many are missing is said, and how they come to be."""
    having(models_dir=tmp_path)
    (tmp_path / "pasta.mix.npz").touch()
    assert (
        f"of {len(SHELF) - 1} of {len(SHELF)} corpora" in said(None)
        and "make models" in said(None)
        and said(False) == ""
    )


def test_old_python_stops_the_console(having, monkeypatch, capsys):
    """A Python that is too old is named with the one that is needed, and the console cannot run."""
    having()
    monkeypatch.setattr(doctoring, "OLDEST", (99, 0))
    assert doctor() is False and "!!  Python" in capsys.readouterr().out


def test_damaged_corpus_stops_the_console(having, monkeypatch):
    """Without its corpora there is nothing to make names from."""

    def refuse(self, name):
        raise CorpusError("the corpus pokemon is damaged", "", "install it again")

    having()
    monkeypatch.setattr("bot.names.library.Library.corpus", refuse)
    assert "pokemon is damaged" in said(False) and doctor() is False


def test_settings_that_cannot_be_read_stop_the_console(monkeypatch, capsys):
    """An address that is none stops every edge: the doctor says so instead of falling over, with status 2."""

    def refuse():
        raise SettingsError("SLACK_API_URL must begin with https://")

    monkeypatch.setattr(doctoring, "load_settings", refuse)
    assert main(["doctor"]) == 2
    out = capsys.readouterr().out
    assert "!!  SLACK_API_URL must begin" in out and "cannot run" in out


def test_online_asks_slack(having):
    """--online tries each token that is set, and says for which workspace it is."""
    with FakeSlack() as slack:
        having(bot_token=BOT_TOKEN, app_token=APP_TOKEN, slack_api_url=slack.api_url)
        accepted = said(True, online=True)
        assert (
            "SLACK_BOT_TOKEN: Slack accepts it, for Makers." in accepted
            and "SLACK_APP_TOKEN: Slack accepts it." in accepted
        )
        having(bot_token=BOT_TOKEN, app_token="xapp-wrong", slack_api_url=slack.api_url)
        assert "does not accept SLACK_APP_TOKEN (invalid_auth)" in said(False, online=True)


def test_a_slack_that_cannot_be_reached_is_told_once(having):
    """Both tokens fail for the same reason, which is one thing to mend."""
    having(bot_token="xoxb-1", app_token="xapp-1", slack_api_url="http://127.0.0.1:9/")
    assert said(False, online=True).count("I cannot reach") == 1


def test_online_without_tokens_asks_nobody(having, no_network):
    """--online with no token set has nobody to ask about."""
    having()
    assert said(False, online=True) == ""


def test_the_store_is_looked_at_and_not_begun(having, tmp_path, no_network):
    """A file that is not there is no fault and is not made; one that is there is asked; one that is damaged is told."""
    file = tmp_path / "state" / "store.db"
    having(store=file)
    assert f"nothing yet; {file}" in said(True) and not file.parent.exists()
    SqliteStore(file).find("T1", "")
    assert f"in {file}, which answers" in said(True)
    file.write_bytes(b"no store" * 1000)
    assert f"{file} is damaged" in said(False) and doctor() is True


def test_the_table_is_asked_online_alone(having, dynamodb, monkeypatch):
    """Offline it is named; online it answers, or it is told why not."""
    monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", dynamodb.url)
    monkeypatch.setenv("AWS_DEFAULT_REGION", ACCOUNT["region_name"])
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCOUNT["aws_access_key_id"])
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", ACCOUNT["aws_secret_access_key"])
    table = dynamodb.calls().table
    having(table=table)
    assert f"table {table}, not tried" in said(None) and f"in {table}, which answers" in said(True, online=True)
    having(table="nowhere")
    assert "table nowhere cannot be used" in said(False, online=True)
