"""What a sequence may be, as automata over tokens: patterns, phrases, acceptors."""
