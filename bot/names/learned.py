"""What is learned of a corpus once and kept: its known names and their neighbours, its lengths, what its new names are
held to and against."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

import generator
from bot.names.cache import kept
from bot.names.profanity import guard_for
from bot.names.saying import common_runs
from bot.names.score import Reference, reference
from bot.names.similarity import NearestNames, OneEditIndex

if TYPE_CHECKING:
    import corpora
    from generator.training.train import Model

_SHORT = 3  # tokens


class Learned(ABC):
    """The part of a library that needs a corpus and its models, and trains nothing itself."""

    @abstractmethod
    def corpus(self, name: str) -> corpora.Corpus:
        """The corpus of that name."""

    @abstractmethod
    def kind(self, name: str) -> str:
        """What the tokens of a corpus are."""

    @abstractmethod
    def trained(self, name: str, kind: str, order: int | None = None) -> Model:
        """The model of a corpus as it was trained."""

    @kept
    def known(self, name: str) -> generator.Known:
        """The names that are in a corpus already; of tunes the very same alone."""
        return generator.Known(self.corpus(name).sequences, exact=self.kind(name) == "notes")

    @kept
    def lengths(self, name: str) -> tuple[int, int]:
        """From how many tokens to how many a name is that nobody gave a length: up to the longest of the corpus.

        Fewer than three are hardly new, unless half of the corpus is as short: 東京 is a whole name.
        """
        lengths = sorted(len(sequence) for sequence in self.corpus(name).sequences)
        least = min(_SHORT, lengths[len(lengths) // 2])
        return max(least, lengths[0]), max(_SHORT, lengths[-1])

    @kept
    def reference(self, name: str, kind: str, order: int | None = None) -> Reference:
        """What the names that a model makes are held against: what it held out of training is in its file, else its
        corpus is weighed."""
        sequences, model = self.corpus(name).sequences, self.trained(name, kind, order)
        nats = generator.held_out_nats(model)
        if not nats and sequences:
            judge = generator.judge(model)
            nats = generator.token_quantiles(generator.log_probs(judge, sequences), sequences)
        told = sequences if self.kind(name) == "characters" else ()
        return reference(nats, list(map(len, sequences)) or self.lengths(name), told)

    @kept
    def nearest_names(self, name: str) -> NearestNames:
        """The names of a corpus, to compare with."""
        return NearestNames(self.corpus(name).entries)

    @kept
    def one_edit_index(self, name: str) -> OneEditIndex:
        """The names of a corpus, of which only those at most one edit away are sought."""
        return OneEditIndex(sorted({generator.key(entry) for entry in self.corpus(name).entries}))

    @kept
    def guard(self, name: str, vocabulary: generator.Vocabulary) -> generator.Guard | None:
        """What keeps what is rude out of the names of a corpus; None for lines and tunes, which are judged whole (see
        screen)."""
        return guard_for(vocabulary) if self.kind(name) == "characters" else None

    @kept
    def sayable(self, name: str, vocabulary: generator.Vocabulary) -> generator.Guard | None:
        """What lets in the names that can be said as those of a corpus, or English words, are.

        None for lines and tunes, where vowels are not written, and for a model without its names.
        """
        if self.kind(name) != "characters":
            return None
        return generator.sayable_like(self.corpus(name).sequences, vocabulary, common_runs())

    @kept
    def no_copy(self, name: str, most: int, vocabulary: generator.Vocabulary) -> generator.Guard:
        """The guard that no more than so many tokens in a row are taken from one entry of a corpus."""
        return generator.no_copy(self.corpus(name).sequences, most, vocabulary)

    @kept
    def learned(self, name: str, learn: Callable, *more: object):
        """What a function learns of a corpus, besides what else it is given."""
        return learn(self.corpus(name), *more)

    @kept
    def anything(
        self, name: str, vocabulary: generator.Vocabulary, length: tuple[int, int], guard: generator.Guard | None = None
    ) -> generator.Constraint:
        """The constraint of a corpus's usual lengths alone, the most asked for; what is worked out under it, tens of
        MB, stays with it.

        For lengths that people choose it is not the place: there are two thousand ranges, and each would stay.
        """
        return generator.constrain(None, vocabulary, length, guard)
