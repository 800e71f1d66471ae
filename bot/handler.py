"""The AWS Lambda entry, and the same handler for whoever holds settings (console, tests)."""

from collections.abc import Callable

from bot.settings import Settings


def make_handler(settings: Settings, library=None) -> Callable[[dict, object], dict]:
    """Give the function that answers Lambda events, over the app built from these settings."""
    raise NotImplementedError
