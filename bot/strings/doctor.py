"""What `techname doctor` finds: what is set, what is missing, what to do."""

from __future__ import annotations

from collections.abc import Sequence

from bot.strings.terminal import TOKENS
from bot.text import harmless

SET_UP = "The console can run: techname console."
NOT_SET_UP = "The console cannot run before what is marked !! is mended."
NO_TOKENS = "Slack tokens: none, so techname run is the console. The README's five steps connect a workspace."
BOTH_TOKENS = "Slack tokens: both are set, so techname run connects over Socket Mode."
NO_SECRET = "SLACK_SIGNING_SECRET: not set. Only HTTP needs it (AWS Lambda): Basic Information, Signing Secret."
NO_FORM = "SLACK_BOT_TOKEN: not set. Over HTTP names come without it, but the form cannot open: Install App, Bot User OAuth Token."
SECRET_SET = "SLACK_SIGNING_SECRET: set."
ODD_SECRET = (
    "SLACK_SIGNING_SECRET: set, but it is not 32 hexadecimal digits as Slack's are. Copy it from Basic Information."
)
OFFLINE = "The tokens were not tried; techname doctor --online asks Slack."


def python_version(version: str, enough: bool) -> str:
    return (
        f"Python {version}"
        if enough
        else f"Python {version}: 3.11 or later is needed. Install it and run make install."
    )


def corpora_found(names: Sequence[str]) -> str:
    return f"Corpora: {len(names)}, from {names[0]} to {names[-1]}; techname corpora lists all."


def models_found(corpora: int, missing: int, folder: object) -> str:
    if not missing:
        return f"Models: of all {corpora} corpora in {folder}."
    return f"Models: those of {missing} of {corpora} corpora are not trained yet. Each is when it is first used, in seconds; make models trains them all."


def table_not_tried(table: str) -> str:
    return f"What is remembered: in DynamoDB's table {table}, not tried; techname doctor --online asks it."


def no_file_yet(file: object) -> str:
    return f"What is remembered: nothing yet; {file} is begun when it is needed."


def store_found(where: object) -> str:
    return f"What is remembered: in {where}, which answers."


def odd_token(variable: str, start: str) -> str:
    return f"{variable}: set, but it does not begin with {start}. It should be {TOKENS[variable].split(';')[0]}."


def api_url(url: str, usual: bool) -> str:
    return "SLACK_API_URL: not set, so Slack itself." if usual else f"SLACK_API_URL: {url} in place of Slack."


def open_api_url(url: str) -> str:
    return f"SLACK_API_URL: {url} is not https, so the tokens would travel in clear. Only an address on this machine may do that."


def manifest_found(same: bool) -> str:
    return (
        "manifest.yml: up to date."
        if same
        else "manifest.yml: missing or changed; techname manifest > manifest.yml writes it anew."
    )


def token_accepted(variable: str, team: str | None) -> str:
    return f"{variable}: Slack accepts it" + (f", for {harmless(team)}." if team else ".")
