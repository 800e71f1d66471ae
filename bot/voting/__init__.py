"""A channel's rounds of voting: how one begins, how a click counts, how it is picked from and closed. Knows a store and
no Slack."""
