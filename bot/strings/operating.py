"""What the operator reads: the findings of `techname doctor`, the store's troubles, and the Slack manifest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.strings.phrasing import shown
from bot.strings.terminal import TOKENS
from bot.text import harmless

if TYPE_CHECKING:
    from pathlib import Path

# `techname doctor`

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


# The store

NOT_NOW = (
    "I cannot get at what I remember right now, so nothing is certain: look here again in a minute, then try once more."
)
_ELSEWHERE = "set TECHNAME_STORE to a file that can be written"


def busy(path: Path) -> str:
    return f"The store {path} has been busy for too long: another process is writing to it. Try again."


def damaged(path: Path, error: Exception) -> str:
    return (
        f"The store {path} is damaged, or no file of techname's ({error}). Put a copy of it back, or move it away and a new one is "
        f"begun; or {_ELSEWHERE}."
    )


def damaged_item(kind: str) -> str:
    return f"An item of the kind {shown(kind[:40])} is damaged, so it cannot be read. Put a copy of the store back, or delete that item."


def unusable(path: Path, error: Exception) -> str:
    return f"The store {path} cannot be used ({error}). See that its folder can be written and the disk is not full, or {_ELSEWHERE}."


def newer(path: Path) -> str:
    return f"The store {path} was written by a newer techname. Update this one, or {_ELSEWHERE}."


def no_table(table: str, error: Exception | str) -> str:
    return (
        f"DynamoDB's table {table} cannot be used ({error}). See that TECHNAME_TABLE names a table of this account and region, and "
        "that the credentials may read and write it."
    )


# The manifest, for Slack's app directory and its list of commands

DESCRIPTION = "Finds a name with your team: new names that sound like known ones, and the holes in yours filled."
LONG_DESCRIPTION = (
    "techname finds a name together with you. It has read lists of names, from Pokémon to technology, and makes new ones that "
    "could stand among them. Give it a name with holes, such as mo*** or ...base, and it fills them. Everybody in the channel "
    "sees the names; help and mistakes are shown to you alone. It reads nothing but the commands and messages that you give it."
)
SHORTCUTS = {  # name, up to 24 characters, and description
    "global": ("Find new names", "Opens the form: corpus, model, pattern, length, how many"),
    "message": ("More names like this", "Finds the names in a message and opens the form with what is like them"),
}
COMMAND_DESCRIPTION = "Find new names, or fill the holes in one"
USAGE_HINT = "pokemon | complete mo*** | draw ...base pokemon 8 | quiz | help"


def bad_url(url: str) -> str:
    wrong = f"Slack cannot call {shown(url)}." if url.strip() else "There is no address for Slack to call."
    return (
        f"{wrong} It begins with https:// and has no spaces, as the deployment prints it: "
        "`techname manifest --url https://abc123.execute-api.eu-central-1.amazonaws.com/slack/events`."
    )
