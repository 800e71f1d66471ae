"""Sequence models as weighted automata over tokens."""
