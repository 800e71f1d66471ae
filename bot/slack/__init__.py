"""Slack at the edge: the app, what it listens to, and what is posted back."""
