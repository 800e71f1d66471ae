"""What Slack's Web API says of the tokens, in sentences; whoever calls it touches the network."""

import ipaddress
import re
import time
from urllib.parse import urlsplit
from urllib.request import proxy_bypass

from bot.settings import VARIABLES, Settings
from bot.slack.post import retry_after, time_left
from bot.strings import forms
from bot.strings import terminal as words

FINAL = {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "not_allowed_token_type"}


_TRIES = 3
_PAUSE = 0.2  # seconds before another try where Slack does not say how long to wait
_LEAST = 0.3  # seconds that a try needs


class NoConnection(RuntimeError):
    """Slack cannot be reached or does not let us in; the message is a sentence that says what to do."""


def tokens(settings: Settings) -> bool:
    """True with both tokens, False with none. Raises NoConnection, naming the other, with only one."""
    given = {VARIABLES[name]: bool(getattr(settings, name)) for name in ("bot_token", "app_token")}
    if len(set(given.values())) > 1:
        here, missing = sorted(given, key=given.get, reverse=True)
        raise NoConnection(words.one_token(here, missing))
    return all(given.values())


def web_client(settings: Settings):
    """A client of Slack's Web API, or of whatever stands in its place; calls nothing yet."""
    from slack_sdk import WebClient

    client = WebClient(base_url=settings.slack_api_url)
    go_direct(client, settings.slack_api_url)
    return client


def whoami(client, settings: Settings) -> dict:
    """What auth.test says of the bot token; empty where the server has no such method. Raises NoConnection."""
    return _call(lambda: client.auth_test(token=settings.bot_token), settings, "bot_token", FINAL)


def open_connection(client, settings: Settings) -> dict:
    """What apps.connections.open says of the app token. Raises NoConnection."""
    return _call(lambda: client.apps_connections_open(app_token=settings.app_token), settings, "app_token")


def _call(method, settings: Settings, token: str, final: set[str] | None = None) -> dict:
    """A Web API call; a refusal is an exception only where it is final (None: every one is)."""
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
    """Slack's word for what is wrong, or "?" where the answer is none of Slack's; of a SlackApiError."""
    said = error.response.data
    return str(said.get("error") or "?") if isinstance(said, dict) else "?"


class Views:
    """Shows forms with the bot token, within the time that there is; gives the trouble in a few words, or None where it
    went well."""

    def __init__(self, settings: Settings):
        self.settings = settings

    def open(self, trigger_id: str, view: dict, started: float) -> str | None:
        """Show a form to the person whose command or click brought the trigger_id, at `started` in time.monotonic()
        seconds."""
        return self._show("views.open", started, trigger_id=trigger_id, view=view)

    def update(self, view_id: str, view: dict, started: float, hash: str | None = None) -> str | None:
        """Show another state of a form, unless it has changed since it had that hash: the trouble is then
        hash_conflict."""
        return self._show("views.update", started, view_id=view_id, view=view, **({"hash": hash} if hash else {}))

    def _show(self, method: str, started: float, **given: object) -> str | None:
        if not self.settings.bot_token:
            return forms.NO_TOKEN
        for tried in range(_TRIES):
            trouble, wait = self._try(method, given, started)
            if tried and trouble == "exchanged_trigger_id":
                return None  # the try before opened it, though Slack said otherwise
            if trouble is None or wait is None or wait + _LEAST > time_left(started):
                break
            time.sleep(wait)
        return trouble

    def _try(self, method: str, given: dict, started: float) -> tuple[str | None, float | None]:
        """The trouble, and in how many seconds another try may do better."""
        from slack_sdk.errors import SlackApiError

        client = web_client(
            self.settings
        )  # of its own: its time is that of this click, and others call at the same moment
        client.token, client.timeout = self.settings.bot_token, max(_LEAST, time_left(started))
        try:
            client.api_call(method, json=given)
        except SlackApiError as error:
            status, wait = error.response.status_code, retry_after(error.response.headers)
            passing = status == 429 or status >= 500
            return _code(error), (_PAUSE if wait is None else wait) if passing else None
        except Exception as error:  # of whatever kind: the SDK stumbles over what a proxy may answer in Slack's place
            return type(error).__name__, None
        return None, None


def go_direct(client, url: str) -> None:
    """Take a proxy away from a client of the SDK, which does not know NO_PROXY, where the address needs none."""
    host = urlsplit(url).hostname or ""
    if is_here(host) or proxy_bypass(host):
        client.proxy = None


def is_here(host: str) -> bool:
    """Whether that is this machine.

    >>> is_here("127.0.0.1"), is_here("slack.com")
    (True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
