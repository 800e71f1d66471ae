"""What people type becomes a Request: the one reader of text, its options, and how to mend what cannot be read."""
