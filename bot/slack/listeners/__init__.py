"""What the app listens to, one module for each surface of Slack."""

from slack_bolt import App

from bot.slack.listeners import actions, commands, failures, shortcuts, views
from bot.slack.listeners.call import Bot


def register(app: App, bot: Bot) -> None:
    """Register every listener; the first that matches answers."""
    for surface in (commands, actions, shortcuts, views, failures):
        surface.register(app, bot)
