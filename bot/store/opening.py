"""Opening the store that the settings name."""

from bot.settings import Settings
from bot.store import Store


def open_store(settings: Settings) -> Store:
    """Give DynamoDB if a table is named, else SQLite. Nothing is opened before the store is first used."""
    if settings.table:
        from bot.store.dynamodb import DynamoStore
        from bot.store.dynamodb_calls import Calls

        return DynamoStore(Calls(settings.table))
    from bot.store.sqlite import SqliteStore

    return SqliteStore(settings.store)
