"""The one composition root: settings and library become a Slack Bolt app."""

from bot.library import Library
from bot.settings import Settings


def build_app(settings: Settings, library: Library | None = None):
    """Build the slack_bolt.App that every edge shares; touches no network."""
    raise NotImplementedError
