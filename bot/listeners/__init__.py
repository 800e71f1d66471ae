"""What the app listens to, one module for each surface of Slack. Bolt fills listeners' arguments by name: collaborators come by closure."""

from slack_bolt import App

from bot.library import Library
from bot.listeners import actions, commands, failures


def register(app: App, library: Library) -> None:
    """Register every listener; the first that matches answers."""
    commands.register(app, library)
    actions.register(app, library)
    failures.register(app)
