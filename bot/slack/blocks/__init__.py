"""Answers become Slack messages: the only writer of Block Kit."""
