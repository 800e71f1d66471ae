"""The terminal at the edge: the console, the commands of the command line, and how they look."""
