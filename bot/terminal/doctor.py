"""`techname doctor`: checks the settings, and says what is missing and what to do.

With `--online` it also asks Slack and the store's table; without, it uses no network.
"""

import platform
import re
import sys
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from bot.names.library import Library
from bot.settings import ROOT, Settings, SettingsError, load_settings
from bot.slack.manifest import as_text, manifest
from bot.slack.post import is_here
from bot.slack.web_api import NoConnection, open_connection, tokens, web_client, whoami
from bot.store import Unavailable
from bot.store.opening import open_store
from bot.store.sqlite import MEMORY
from bot.strings import operating as words

OLDEST = (3, 11)
MARKS = {True: "ok", False: "!!", None: "--"}


class Check(NamedTuple):
    """One finding: fine, wrong, or None for missing and not needed. The console needs what is `vital`."""

    fine: bool | None
    said: str
    vital: bool = False


def doctor(online: bool = False) -> bool:
    """Print every check on stdout, and tell whether the console can run."""
    checks = []
    for check in examine(online):
        print(f"{MARKS[check.fine]}  {check.said}", flush=True)
        checks.append(check)
    can_run = not any(check.vital and check.fine is False for check in checks)
    print("\n" + (words.SET_UP if can_run else words.NOT_SET_UP))
    return can_run


def examine(online: bool = False) -> Iterator[Check]:
    """Give every check, in the order of setting up."""
    enough = sys.version_info >= OLDEST
    yield Check(enough, words.python_version(platform.python_version(), enough), vital=True)
    try:
        settings = load_settings()
    except SettingsError as error:
        yield Check(False, str(error), vital=True)
        return
    yield from _names(Library(settings))
    yield _manifest()
    yield _taken(settings)
    yield _remembered(settings, online)
    yield from _slack(settings)
    if online:
        yield from _online(settings)
    elif settings.bot_token or settings.app_token:
        yield Check(None, words.OFFLINE)


def _names(library: Library) -> Iterator[Check]:
    """Read every corpus, and look for the files of its models. A missing model is fine: it is built on first use."""
    from corpora import CorpusError

    try:
        names = [library.corpus(card.name).card.name for card in library.shelf()]
    except (CorpusError, OSError) as error:
        yield Check(False, str(error), vital=True)
        return
    yield Check(True, words.corpora_found(names))
    missing = [name for name in names if not library.files(name)]
    yield Check(None if missing else True, words.models_found(len(names), len(missing), library.settings.models_dir))


def _manifest() -> Check:
    file = ROOT / "manifest.yml"
    same = file.is_file() and file.read_text(encoding="utf-8") == as_text(manifest())
    return Check(True if same else None, words.manifest_found(same))


def _taken(settings: Settings) -> Check:
    from bot import availability
    from bot.strings.taken import SET_UP_OFF, set_up

    try:
        labels = availability.labels(settings)
    except SettingsError as error:
        return Check(False, str(error))
    return Check(True, set_up(settings.taken, labels)) if labels else Check(None, SET_UP_OFF)


def _remembered(settings: Settings, online: bool) -> Check:
    """Read from the store. Do not make a file that is missing."""
    if settings.table and not online:
        return Check(None, words.table_not_tried(settings.table))
    file = settings.store.expanduser()
    if not settings.table and settings.store != MEMORY and not file.exists():
        return Check(True, words.no_file_yet(file))
    try:
        open_store(settings).get("doctor", "doctor")
    except Unavailable as error:
        return Check(False, str(error))
    return Check(True, words.store_found(settings.table or file))


def _slack(settings: Settings) -> Iterator[Check]:
    try:
        both = tokens(settings)
        yield Check(both or None, words.BOTH_TOKENS if both else words.NO_TOKENS)
    except NoConnection as error:
        yield Check(False, str(error))
    for variable, value, start in (
        ("SLACK_BOT_TOKEN", settings.bot_token, "xoxb-"),
        ("SLACK_APP_TOKEN", settings.app_token, "xapp-"),
    ):
        if value and not value.startswith(start):
            yield Check(False, words.odd_token(variable, start))
    yield _secret(settings.signing_secret)
    if settings.signing_secret and not settings.bot_token:
        yield Check(None, words.NO_FORM)
    yield _api_url(settings.slack_api_url)


def _secret(secret: str | None) -> Check:
    if not secret:
        return Check(None, words.NO_SECRET)
    usual = bool(re.fullmatch("[0-9a-f]{32}", secret))
    return Check(usual, words.SECRET_SET if usual else words.ODD_SECRET)


def _api_url(url: str) -> Check:
    parts = urlsplit(url)
    if parts.scheme != "https" and not is_here(parts.hostname or ""):
        return Check(False, words.open_api_url(url))
    return Check(True, words.api_url(url, usual=url == Settings.slack_api_url))


def _online(settings: Settings) -> Iterator[Check]:
    """Ask Slack about each token that is set. If Slack cannot be reached, say so once."""
    trouble = None
    for variable, value, ask in (
        ("SLACK_BOT_TOKEN", settings.bot_token, whoami),
        ("SLACK_APP_TOKEN", settings.app_token, open_connection),
    ):
        if value:
            try:
                yield Check(True, words.token_accepted(variable, ask(web_client(settings), settings).get("team")))
            except NoConnection as error:
                if str(error) != trouble:
                    yield Check(False, trouble := str(error))
