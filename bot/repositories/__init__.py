"""What is kept of a channel: its batches, previews and defaults, over a store."""
