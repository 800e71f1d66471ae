"""Text becomes a typed Request: the lexer, the parser and its options, and suggestions for text that cannot be read."""
