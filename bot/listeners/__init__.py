"""What the app listens to, one module for each surface of Slack. Bolt fills listeners' arguments by name: collaborators come by closure."""

from slack_bolt import App

from bot.library import Library
from bot.listeners import actions, commands, failures, names, previews, rounds, shortcuts, views
from bot.slack_web import Views
from bot.store import Store
from bot.updating import Updates


def register(app: App, library: Library, store: Store, forms: Views) -> None:
    """Register every listener; the first that matches answers."""
    updates = Updates()
    commands.register(app, library, store, forms)
    actions.register(app, library, store, forms)
    names.register(app, library, store, updates)
    rounds.register(app, library, store, updates)
    previews.register(app, library, store)
    shortcuts.register(app, library, store, forms)
    views.register(app, library, store, forms)
    failures.register(app)
