"""A library with every twelfth name of each corpus and a small background, whose models train in a moment."""

import os
import threading
from dataclasses import replace

import corpora
import generator
from bot.names.cache import kept
from bot.names.library import Library
from corpora import cards


class SmallLibrary(Library):
    """The shelf with every twelfth name of each corpus."""

    @kept
    def corpus(self, name: str) -> corpora.Corpus:
        whole = super().corpus(name)
        if not self._ships(name):
            return whole
        entries = whole.entries[::12]
        card = replace(whole.card, count=len(entries), sha256=cards.digest(entries))
        return corpora.Corpus(card, entries)

    def background(self, name: str) -> list[tuple[str, ...]]:
        """The names of one other list, in place of all."""
        own = {generator.key("".join(tokens)) for tokens in self.corpus(name).sequences}
        return [tokens for tokens in corpora.load("dogs").sequences[::3] if generator.key("".join(tokens)) not in own]


class Endless(SmallLibrary):
    """A library whose training begins, which a file says, and never ends."""

    def train(self, name, kind, order):
        (self.settings.models_dir.parent / f"begun.{name}.{os.getpid()}").touch()
        threading.Event().wait()
