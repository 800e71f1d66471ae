"""What a command line prints, as its reader takes it."""


def names(out: str) -> list[str]:
    """The names on stdout, one a line."""
    return out.splitlines()
