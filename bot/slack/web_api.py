"""Calls of Slack's Web API: the check of the tokens, and forms. Every function here touches the network."""

import re
import time
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from bot.settings import VARIABLES, Settings
from bot.slack.post import is_here, retry_after, time_left
from bot.strings import forms
from bot.strings import terminal as words

FINAL = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type"}


_TRIES = 3
_PAUSE = 0.2  # seconds before another try unless Slack says how long to wait
_LEAST = 0.3  # seconds that a try needs


class NoConnection(RuntimeError):
    """Slack is out of reach or refuses a token; the message says what to do."""


def tokens(settings: Settings) -> bool:
    """True with both tokens, False with none. Raises NoConnection, naming the other, with only one."""
    given = {VARIABLES[name]: bool(getattr(settings, name)) for name in ("bot_token", "app_token")}
    if len(set(given.values())) > 1:
        here, missing = sorted(given, key=given.get, reverse=True)
        raise NoConnection(words.one_token(here, missing))
    return all(given.values())


def web_client(settings: Settings):
    """A client of the Web API at the address in the settings; it calls nothing yet."""
    from slack_sdk import WebClient

    client = WebClient(base_url=settings.slack_api_url)
    go_direct(client, settings.slack_api_url)
    return client


def whoami(client, settings: Settings) -> dict:
    """The answer of auth.test about the bot token; empty if the server has no such method. Raises NoConnection."""
    return _call(lambda: client.auth_test(token=settings.bot_token), settings, "bot_token", FINAL)


def open_connection(client, settings: Settings) -> dict:
    """The answer of apps.connections.open about the app token. Raises NoConnection."""
    return _call(lambda: client.apps_connections_open(app_token=settings.app_token), settings, "app_token")


def _call(method, settings: Settings, token: str, final: set[str] | None = None) -> dict:
    """Call the Web API. A refusal raises NoConnection if its code is `final` (None: any code); else it gives {}."""
    from slack_sdk.errors import SlackApiError, SlackClientError

    try:
        return method().data
    except SlackApiError as error:
        code = _code(error)
        if final is not None and code not in final:
            return {}
        if not re.fullmatch("[a-z_]+", code) or code == "unknown_method":
            raise NoConnection(words.unreachable(settings.slack_api_url, words.NOT_SLACK)) from None
        raise NoConnection(words.refused_token(VARIABLES[token], code)) from None
    except (OSError, SlackClientError, ValueError) as error:
        raise NoConnection(words.unreachable(settings.slack_api_url, str(getattr(error, "reason", error)))) from None


def _code(error) -> str:
    """The error code of a SlackApiError, or "?" if the answer is not Slack's."""
    said = error.response.data
    return str(said.get("error") or "?") if isinstance(said, dict) else "?"


class Views:
    """Shows forms with the bot token, while there is time; each call gives the trouble in a few words, or None."""

    def __init__(self, settings: Settings):
        self.settings = settings

    def open(self, trigger_id: str, view: dict, started: float) -> str | None:
        """Show a form to the person whose command or click has that trigger_id and came at `started`, in
        time.monotonic() seconds."""
        return self._show("views.open", started, trigger_id=trigger_id, view=view)

    def update(self, view_id: str, view: dict, started: float, hash: str | None = None) -> str | None:
        """Replace a form. If it has changed since it had that hash, the trouble is hash_conflict."""
        return self._show("views.update", started, view_id=view_id, view=view, **({"hash": hash} if hash else {}))

    def _show(self, method: str, started: float, **given: object) -> str | None:
        if not self.settings.bot_token:
            return forms.NO_TOKEN
        for tried in range(_TRIES):
            trouble, wait = self._try(method, given, started)
            if tried and trouble == "exchanged_trigger_id":
                return None  # the earlier try opened it, though Slack answered with an error
            if trouble is None or wait is None or wait + _LEAST > time_left(started):
                break
            time.sleep(wait)
        return trouble

    def _try(self, method: str, given: dict, started: float) -> tuple[str | None, float | None]:
        """The trouble, and the seconds after which another try may succeed."""
        from slack_sdk.errors import SlackApiError

        client = web_client(self.settings)  # one a call: its timeout is that of this click, and others call meanwhile
        client.token, client.timeout = self.settings.bot_token, max(_LEAST, time_left(started))
        try:
            client.api_call(method, json=given)
        except SlackApiError as error:
            status, wait = error.response.status_code, retry_after(error.response.headers)
            passing = status == 429 or status >= 500
            return _code(error), (_PAUSE if wait is None else wait) if passing else None
        except Exception as error:  # of any kind: a proxy's answer in Slack's place makes the SDK stumble
            return type(error).__name__, None
        return None, None


def go_direct(client, url: str) -> None:
    """Remove the proxy of an SDK client if the address needs none: the SDK ignores NO_PROXY."""
    host = urlsplit(url).hostname or ""
    if is_here(host) or proxy_bypass(host):
        client.proxy = None
