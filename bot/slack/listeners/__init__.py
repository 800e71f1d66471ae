"""What the app listens to, one module for each surface of Slack. Bolt fills listeners' arguments by name: collaborators
come by closure."""

from slack_bolt import App

from bot.names.library import Library
from bot.slack.listeners import actions, commands, failures, names, previews, quiz, rounds, shortcuts, views
from bot.slack.updating import Updates
from bot.slack.web_api import Views
from bot.store import Store


def register(app: App, library: Library, store: Store, forms: Views) -> None:
    """Register every listener; the first that matches answers."""
    updates = Updates()
    commands.register(app, library, store, forms)
    actions.register(app, library, store, forms)
    names.register(app, library, store, updates)
    rounds.register(app, library, store, updates)
    quiz.register(app, library, store, updates)
    previews.register(app, library, store)
    shortcuts.register(app, library, store, forms)
    views.register(app, library, store, forms)
    failures.register(app)
