"""Contexts for tests below the edges."""

from bot.commands.who import Who
from bot.context import Context
from bot.names.library import Library
from bot.settings import Settings
from bot.store import Store

NOW = 1_800_000_000.0


def context(store: Store, who: Who, now: float = NOW) -> Context:
    """The context of a person for whom no model is asked."""
    return Context(Library(Settings()), store, who, now)
