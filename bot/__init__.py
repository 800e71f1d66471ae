"""What people talk to: Slack and the terminal, thin edges around parse -> brainstorm -> render."""
