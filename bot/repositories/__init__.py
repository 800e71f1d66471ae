"""A channel's batches, previews and defaults in the store."""
