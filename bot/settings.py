"""Settings from the environment and `.env`, in one frozen dataclass. Only this module reads either."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VARIABLES = {
    "signing_secret": "SLACK_SIGNING_SECRET",
    "bot_token": "SLACK_BOT_TOKEN",
    "app_token": "SLACK_APP_TOKEN",
    "table": "TECHNAME_TABLE",
}


class SettingsError(RuntimeError):
    """A setting is missing or cannot be used; the message names its variable."""


@dataclass(frozen=True)
class Settings:
    """Everything that differs between two places where the bot runs. Secrets stay out of its repr."""

    signing_secret: str | None = field(default=None, repr=False)
    bot_token: str | None = field(default=None, repr=False)
    app_token: str | None = field(default=None, repr=False)
    slack_api_url: str = "https://slack.com/api/"
    models_dir: Path = ROOT / "models"
    on_lambda: bool = False
    colour: bool = True  # whether a terminal may be coloured: https://no-color.org
    history: Path = Path("~/.local/state/techname/history")  # the lines typed in the console
    taken: Path | None = None  # the file of probes that say whether a name is taken; without it nobody is asked
    table: str | None = None  # the DynamoDB table of the store
    admins: frozenset[str] = frozenset()  # U1, or T1:U1 in one team alone: they may end a round that others began
    memory: int = 900_000_000  # bytes; above it the corpora that were used longest ago are forgotten
    store: Path = Path(":memory:")  # without a table: the SQLite file; `read` sets the usual one

    @classmethod
    def read(cls, env: Mapping[str, str]) -> "Settings":
        """Read settings from a mapping; an empty value counts as not set.

        >>> Settings.read({"SLACK_API_URL": "http://127.0.0.1:8888/api"}).slack_api_url
        'http://127.0.0.1:8888/api/'
        """
        given = {key: env[name].strip() for key, name in VARIABLES.items() if env.get(name, "").strip()}
        state = Path(env.get("XDG_STATE_HOME") or "~/.local/state") / "techname"
        return cls(
            **given,
            slack_api_url=_address(env.get("SLACK_API_URL", "").strip() or cls.slack_api_url),
            models_dir=Path(env.get("TECHNAME_MODELS", "").strip() or cls.models_dir),
            on_lambda=bool(env.get("AWS_LAMBDA_FUNCTION_NAME")),
            colour=not env.get("NO_COLOR") and env.get("TERM") != "dumb",
            history=state / "history",
            taken=ROOT / env["TECHNAME_TAKEN"].strip() if env.get("TECHNAME_TAKEN", "").strip() else None,
            admins=frozenset(env.get("TECHNAME_ADMINS", "").replace(",", " ").split()),
            memory=_megabytes(env.get("TECHNAME_MEMORY", "").strip()) or cls.memory,
            store=Path(env.get("TECHNAME_STORE", "").strip() or state / "store.db"),
        )

    def require(self, name: str) -> str:
        """Give the setting of that name, or raise a SettingsError that says which variable to set."""
        value = getattr(self, name)
        if not value:
            raise SettingsError(f"{VARIABLES[name]} is not set: put it in the environment or in .env")
        return value


def load_settings(dotenv: Path | None = ROOT / ".env") -> Settings:
    """Read the environment and a `.env` file, if there is one. The environment wins, and Lambda reads no file."""
    settings = Settings.read(os.environ)
    if settings.on_lambda or dotenv is None or not dotenv.is_file():
        return settings
    from dotenv import dotenv_values  # only developers' machines have the file

    filed = {key: value for key, value in dotenv_values(dotenv).items() if value}
    return Settings.read({**filed, **{key: value for key, value in os.environ.items() if value}})


def _megabytes(text: str) -> int:
    """A number of megabytes in bytes, 0 for an empty text."""
    if text and not (text.isascii() and text.isdecimal() and 100 <= int(text) <= 1_000_000):
        raise SettingsError(f"TECHNAME_MEMORY must be a number of megabytes from 100 on, not {text[:40]!r}")
    return int(text or 0) * 1_000_000


def _address(url: str) -> str:
    if not url.startswith(("https://", "http://")):
        raise SettingsError(f"SLACK_API_URL must begin with https:// or http://, not {url[:40]!r}")
    return url.rstrip("/") + "/"
