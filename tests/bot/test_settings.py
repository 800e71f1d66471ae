"""Settings come from the environment and `.env`, and say which of them is missing."""

from pathlib import Path

import pytest

from bot.settings import Settings, SettingsError, load_settings


def test_nothing_set_is_enough_for_the_console():
    """A fresh machine has no settings at all."""
    settings = Settings.read({})
    assert (settings.signing_secret, settings.bot_token, settings.on_lambda) == (None, None, False)
    assert settings.slack_api_url == "https://slack.com/api/"


def test_an_empty_value_is_not_set():
    """A line left empty in .env or in a form of CI is no secret."""
    assert Settings.read({"SLACK_SIGNING_SECRET": " ", "SLACK_BOT_TOKEN": ""}) == Settings.read({})


def test_a_missing_one_is_named():
    """The message has the name of the variable and where to put it."""
    with pytest.raises(SettingsError, match="SLACK_APP_TOKEN is not set"):
        Settings().require("app_token")
    assert Settings(app_token="xapp-1").require("app_token") == "xapp-1"


def test_secrets_stay_out_of_sight():
    """A settings object in a log or a traceback shows no secret."""
    assert "hush" not in repr(Settings(signing_secret="hush", bot_token="hush", app_token="hush"))


def test_the_environment_wins_over_the_file(tmp_path, monkeypatch):
    """What stands in .env is the default of a machine; the environment overrides it."""
    file = tmp_path / ".env"
    file.write_text("SLACK_BOT_TOKEN=xoxb-file\nSLACK_APP_TOKEN=xapp-file\nSLACK_API_URL=\n")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-environment")
    settings = load_settings(file)
    assert (settings.bot_token, settings.app_token) == ("xoxb-environment", "xapp-file")
    assert load_settings(None).app_token is None


def test_lambda_reads_no_file(tmp_path, monkeypatch):
    """A .env that got into a package by mistake is not read there."""
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-file\n")
    monkeypatch.setenv("AWS_LAMBDA_FUNCTION_NAME", "techname")
    settings = load_settings(tmp_path / ".env")
    assert settings.on_lambda and settings.bot_token is None


def test_another_server_in_place_of_slack():
    """An address is an address; anything else is refused by name."""
    assert Settings.read({"SLACK_API_URL": "http://127.0.0.1:9/api"}).slack_api_url == "http://127.0.0.1:9/api/"
    with pytest.raises(SettingsError, match="SLACK_API_URL"):
        Settings.read({"SLACK_API_URL": "localhost:9"})


def test_models_can_live_elsewhere():
    """The folder of the models is a setting too."""
    assert Settings.read({"TECHNAME_MODELS": "/var/models"}).models_dir == Path("/var/models")


def test_what_is_remembered_lies_beside_the_history():
    """The store's file follows the XDG rules, and can lie elsewhere."""
    assert Settings.read({"XDG_STATE_HOME": "/var/state"}).store == Path("/var/state/techname/store.db")
    assert Settings.read({"TECHNAME_STORE": "/var/techname.db"}).store == Path("/var/techname.db")
