"""The Slack edge: the app, its listeners, and its messages."""
