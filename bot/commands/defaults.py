"""A channel's defaults, set by `/techname settings`: they fill in what a command leaves out."""

from collections.abc import Collection
from dataclasses import asdict, dataclass

from bot.commands.shelf import is_corpus


@dataclass(frozen=True)
class Defaults:
    """A channel's corpus, model, number of names, and whether the asker sees names first; None as everywhere."""

    corpus: str | None = None
    model: str | None = None
    count: int | None = None
    preview: bool | None = None

    def said(self) -> dict[str, str | int | bool]:
        """The settings of this channel, by name.

        >>> Defaults(corpus="tech", preview=False).said()
        {'corpus': 'tech', 'preview': False}
        """
        return {name: value for name, value in asdict(self).items() if value is not None}

    def command(self) -> str:
        """The words after `settings` that set the same; `reset` if nothing is set.

        >>> Defaults(corpus="tech", preview=False).command()
        'corpus=tech preview=off'
        """
        written = {True: "on", False: "off"}
        return (
            " ".join(f"{name}={written[value] if name == 'preview' else value}" for name, value in self.said().items())
            or "reset"
        )

    def names(self, shelf: Collection[str]) -> dict[str, str]:
        """The corpus, if it is set and on the shelf, and the model, if it is set."""
        found = {"corpus": self.corpus if self.corpus and is_corpus(self.corpus, shelf) else None, "model": self.model}
        return {name: value for name, value in found.items() if value}
