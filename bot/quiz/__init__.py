"""The quiz of a channel: its questions, answers, score board, and the panel of what people took for real. Knows a store
and no Slack."""
