"""What a command or a button brings about, over the store. Knows no Slack."""
