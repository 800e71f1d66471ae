"""The manifests, held against Slack's limits and against YAML as others read it."""

import re

import pytest
import yaml

from bot.cli import main
from bot.errors import BadInput
from bot.settings import ROOT
from bot.slack.manifest import address, as_text, manifest

URL = "https://abc123.execute-api.eu-central-1.amazonaws.com/slack/events"
LIMITS = {
    "display_information.name": 35,
    "display_information.description": 140,
    "display_information.long_description": 4_000,
    "features.bot_user.display_name": 80,
    "features.slash_commands.0.command": 32,
    "features.slash_commands.0.url": 3_000,
    "features.slash_commands.0.description": 2_000,
    "features.slash_commands.0.usage_hint": 1_000,
    "settings.interactivity.request_url": 3_000,
}


def texts(value, path=""):
    """Every text of a manifest, by its path."""
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        at = f"{path}.{key}".strip(".")
        if isinstance(item, str):
            yield at, item
        elif isinstance(item, dict | list):
            yield from texts(item, at)


@pytest.fixture(params=[None, URL], ids=["socket mode", "http"])
def written(request):
    """Either manifest, as a YAML reader finds it."""
    return yaml.safe_load(as_text(manifest(request.param)))


def test_texts_are_within_slacks_limits(written):
    """Every text is there, is one line, and is no longer than Slack allows; those without a limit are short."""
    for path, text in texts(written):
        assert 0 < len(text) <= LIMITS.get(path, 80) and "\n" not in text, path
    assert len(written["display_information"]["long_description"]) >= 175
    assert re.fullmatch("#[0-9a-f]{6}", written["display_information"]["background_color"])
    assert re.fullmatch(r"/[a-z0-9_-]+", written["features"]["slash_commands"][0]["command"])


def test_scope_is_commands_alone(written):
    """Nothing is asked for that a command and its buttons do not need."""
    assert written["oauth_config"] == {"scopes": {"bot": ["commands"]}}


def test_shortcuts_are_within_slacks_limits(written):
    """One of each kind, under names that Slack's menus take, and each calls back something of its own."""
    shortcuts = written["features"]["shortcuts"]
    assert [shortcut["type"] for shortcut in shortcuts] == ["global", "message"] and len(
        {s["callback_id"] for s in shortcuts}
    ) == 2
    assert all(
        len(s["name"]) <= 24 and len(s["description"]) <= 150 and len(s["callback_id"]) <= 255 for s in shortcuts
    )


def test_text_arrives_as_typed(written):
    """A name may hold @ or #: with should_escape they would arrive as the ids of people and channels."""
    assert written["features"]["slash_commands"][0]["should_escape"] is False


def test_socket_mode_needs_no_address():
    """The manifest for Socket Mode turns it and the buttons on, and names no address."""
    given = manifest()
    assert given["settings"]["socket_mode_enabled"] and given["settings"]["interactivity"] == {"is_enabled": True}
    assert not any("url" in path for path, _ in texts(given))


def test_http_has_its_address_twice():
    """The manifest for HTTP turns Socket Mode off and sends commands and buttons to the same address."""
    given = manifest(URL)
    assert not given["settings"]["socket_mode_enabled"]
    assert [text for path, text in texts(given) if "url" in path] == [URL, URL]


def test_yaml_says_what_was_meant(written):
    """What a YAML reader finds is the manifest itself, though it is written as JSON."""
    assert written in (manifest(), manifest(URL))


def test_committed_manifest_is_up_to_date(capsys):
    """manifest.yml is what `techname manifest` prints."""
    assert main(["manifest"]) == 0
    assert (ROOT / "manifest.yml").read_text() == capsys.readouterr().out


def test_route_is_the_deployed_one():
    """An address without a path gets the route that serverless.yml deploys; any other path is left alone."""
    assert address("https://names.example/") == "https://names.example/slack/events"
    assert address(f" {URL}\n") == URL
    assert "httpApi: POST /slack/events" in (ROOT / "serverless.yml").read_text()


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://names.example/",
        "names.example",
        "https://",
        "https://names",
        "https://names.example/a b",
        "https://names.example/\nb",
        "https://names.example/?a=1",
        "https://user:secret@names.example",
        "https://names.example:port",
        'https://names.example/"',
        "https://names.example/" + "a" * 3_000,
        "https://näme.example/",
    ],
)
def test_bad_address_is_refused(url, capsys):
    """An address that Slack cannot call is refused with an example, and nothing is printed on stdout."""
    with pytest.raises(BadInput, match="https://"):
        manifest(url)
    assert main(["manifest", "--url", url]) == 2
    assert capsys.readouterr().out == ""
