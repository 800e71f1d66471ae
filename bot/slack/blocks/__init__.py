"""Names become messages: the only writer of Block Kit."""
