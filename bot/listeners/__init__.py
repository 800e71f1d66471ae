"""What the app listens to, one module for each surface of Slack. Bolt fills listeners' arguments by name: collaborators come by closure."""

from slack_bolt import App

from bot.library import Library
from bot.listeners import actions, commands, failures, names
from bot.store import Store


def register(app: App, library: Library, store: Store) -> None:
    """Register every listener; the first that matches answers."""
    commands.register(app, library, store)
    actions.register(app, library, store)
    names.register(app, library, store)
    failures.register(app)
