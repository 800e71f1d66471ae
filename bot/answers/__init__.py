"""Use cases: a request or a pressed action becomes a typed answer. Knows no edge."""
