"""A channel's rounds of voting: how a round begins, how a click counts, how a name is picked. Knows the store and no
Slack."""
