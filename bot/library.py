"""Corpora and trained models, loaded when first asked for and kept."""

from bot.settings import Settings


class Library:
    """Corpora by shelf name (or path, on a command line) and their models."""

    def __init__(self, settings: Settings):
        self.settings = settings

    def shelf(self) -> tuple:
        """The cards of the shipped corpora."""
        raise NotImplementedError

    def corpus(self, name: str):
        """The corpus of that shelf name, or of that path."""
        raise NotImplementedError

    def model(self, name: str, kind: str, order: int | None = None):
        """The trained model of a corpus."""
        raise NotImplementedError

    def known(self, name: str):
        """The entries of a corpus as generator.Known."""
        raise NotImplementedError

    def build_all(self) -> None:
        """Train and save every model of every corpus on the shelf (`make models`)."""
        raise NotImplementedError
