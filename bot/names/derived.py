"""The data derived once from a corpus and its models, and cached: known names and their indexes, lengths, the reference
of scores, and acceptors."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

import generator
from bot.names.cache import kept
from bot.names.profanity import acceptor_for
from bot.names.saying import common_runs
from bot.names.score import Reference, reference
from bot.names.similarity import NearestNames, OneEditIndex

if TYPE_CHECKING:
    import corpora
    from generator.training.train import Model

_SHORT = 3  # tokens


class Derived(ABC):
    """The part of a library that derives data from corpora and models, and trains nothing itself."""

    @abstractmethod
    def corpus(self, name: str) -> corpora.Corpus:
        """The corpus of that name."""

    @abstractmethod
    def kind(self, name: str) -> str:
        """The kind of a corpus's tokens."""

    @abstractmethod
    def trained(self, name: str, kind: str, order: int | None = None) -> Model:
        """The model of a corpus as it was trained."""

    @kept
    def known(self, name: str) -> generator.Known:
        """The names that are in a corpus already; for tunes only equal sequences count."""
        return generator.Known(self.corpus(name).sequences, exact=self.kind(name) == "notes")

    @kept
    def lengths(self, name: str) -> tuple[int, int]:
        """The usual range of lengths in tokens, up to the longest name of the corpus.

        Names of fewer than three tokens are hardly new, unless half of the corpus is as short: 東京 is a whole name.
        """
        lengths = sorted(len(sequence) for sequence in self.corpus(name).sequences)
        least = min(_SHORT, lengths[len(lengths) // 2])
        return max(least, lengths[0]), max(_SHORT, lengths[-1])

    @kept
    def reference(self, name: str, kind: str, order: int | None = None) -> Reference:
        """The real names that a model's names are compared with: those held out of training, whose quantiles are in the
        model's file, or else its corpus."""
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
    def clean(self, name: str, vocabulary: generator.Vocabulary) -> generator.Acceptor | None:
        """The acceptor of names that are not rude; None for lines and tunes, which the filter judges whole (see
        profanity)."""
        return acceptor_for(vocabulary) if self.kind(name) == "characters" else None

    @kept
    def sayable(self, name: str, vocabulary: generator.Vocabulary) -> generator.Acceptor | None:
        """The acceptor of names whose runs of letters are those of the corpus or of English words.

        None for lines and tunes, for corpora that write no vowels, and for a model without its names.
        """
        if self.kind(name) != "characters":
            return None
        return generator.sayable_like(self.corpus(name).sequences, vocabulary, common_runs())

    @kept
    def max_ngram_overlap(self, name: str, most: int, vocabulary: generator.Vocabulary) -> generator.Acceptor:
        """The acceptor of names that share at most `most` tokens in a row with any entry of a corpus."""
        return generator.max_ngram_overlap(self.corpus(name).sequences, most, vocabulary)

    @kept
    def derived(self, name: str, derive: Callable, *more: object):
        """The value of a function of a corpus and more arguments, computed once."""
        return derive(self.corpus(name), *more)

    @kept
    def anything(
        self,
        name: str,
        vocabulary: generator.Vocabulary,
        length: tuple[int, int],
        acceptor: generator.Acceptor | None = None,
    ) -> generator.Constraint:
        """The constraint of the usual lengths alone, the most common one; tens of MB of messages are cached with it.

        Other lengths have no place here: there are two thousand ranges, and each would stay cached.
        """
        return generator.constrain(None, vocabulary, length, acceptor)
