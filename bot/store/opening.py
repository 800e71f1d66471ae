"""Which store the settings name."""

from bot.settings import Settings
from bot.store import Store


def open_store(settings: Settings) -> Store:
    """The store of these settings. Nothing is touched before it is first asked."""
    from bot.store.sqlite import SqliteStore

    return SqliteStore(settings.store)
