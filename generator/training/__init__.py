"""Models from lists of names."""
