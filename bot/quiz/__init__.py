"""The quiz of a channel: questions, answers, scores, and a panel of the names that people took for real. Knows the
store and no Slack."""
