"""Adapting the chain of a list to a background, the chain of other lists.

A few hundred names do not show which letters may follow one another. So the chain of a list backs off in two steps:
first to the background's estimate after the same context, then to the shorter context:

    p(w | h) = q(w | h) + λ(h) [ μ q_b(w | h) + (1 − μ (1 − λ_b(h))) p(w | h⁻) ]

    h, h⁻        a context; the same without its oldest token
    q, λ         the list's discounted estimate and its back-off weight (see smoothing)
    q_b, λ_b     the background's
    μ            the background's share, one for each length of context, tuned on names held out of both

This is the doubly hierarchical Pitman-Yor process of Wood and Teh (2009, "A hierarchical nonparametric Bayesian
approach to statistical language model domain adaptation"). λ(h) falls as the list's own count grows, so the background
matters where the list has few counts. The result is one back-off chain over the n-grams of both (see Markov), so
queries stay exact. The n-grams that change it least are pruned (see pruning).
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from generator.inference.automaton_markov import START
from generator.models.markov import Markov
from generator.training.counts import Counted
from generator.training.kneser_ney import count
from generator.vocabulary import Vocabulary

FEWEST = 500  # sequences in the same script: fewer do not help
COMMON = 0.01  # share of the sequences that must hold a letter before a list takes it over

Sequences = Sequence[Sequence[str]]


class Background:
    """Sequences of other lists over the vocabulary of a list, and their chain."""

    def __init__(self, sequences: Sequences, vocabulary: Vocabulary):
        known = set(vocabulary.tokens)
        self.sequences = [tuple(s) for s in sequences if s and known.issuperset(s)]
        self.vocabulary = vocabulary
        self._counted: dict[int, Counted] = {}

    def adapt(self, sequences: Sequences, order: int) -> Counted:
        """The counts of a list's chain over the n-grams of the list and the background.

        >>> from generator.inference.automaton_markov import EMPTY
        >>> vocabulary = Vocabulary("emow")
        >>> counted = Background(["mew", "mow", "wow"], vocabulary).adapt(["mew"], 2)
        >>> model = counted.chain()
        >>> bool(model.rows(np.array([EMPTY]))[0][0][vocabulary.ids["o"]] > model.unseen)
        True
        """
        union = count([*sequences, *self.sequences], order, vocabulary=self.vocabulary).unsmoothed
        listed, read = count(sequences, order, vocabulary=self.vocabulary), self._read(order)
        _, edges = _within(union, listed.unsmoothed)
        counts = np.zeros(len(union.token), dtype=np.int32)
        counts[edges] = listed.counts
        chain = read.chain()
        contexts, edges = _within(union, chain)
        q, passed = np.zeros(len(union.token)), np.ones(len(union.shorter))
        q[edges], passed[contexts] = chain.q, chain.backoff
        return Counted(union, counts, (q, passed))

    def _read(self, order: int) -> Counted:
        """The background's counts, counted once for each order."""
        if order not in self._counted:
            self._counted[order] = count(self.sequences, order, vocabulary=self.vocabulary)
        return self._counted[order]


def teach(vocabulary: Vocabulary, sequences: Sequences) -> tuple[Vocabulary, Background | None]:
    """The vocabulary of a list with the background's common letters, and the background.

    The background is None, and the vocabulary unchanged, if fewer than 500 sequences share the list's script.

    >>> vocabulary, background = teach(Vocabulary("emow"), [("m", "e", "o", "t")] * 500)
    >>> vocabulary.tokens, len(background.sequences)
    (('e', 'm', 'o', 't', 'w'), 500)
    >>> teach(Vocabulary("мяу"), [("m", "e", "o", "t")] * 500)[1] is None
    True
    """
    known = set(vocabulary.tokens)
    alike = [s for s in sequences if 2 * sum(token in known for token in s) > len(s)]
    if len(alike) < FEWEST:
        return vocabulary, None
    holding = Counter(token for s in alike for token in set(s))
    letters = {token for token, times in holding.items() if token.isalpha() and times > COMMON * len(alike)}
    vocabulary = vocabulary.extended(letters)
    return vocabulary, Background(alike, vocabulary)


def _within(whole: Markov, part: Markov) -> tuple[np.ndarray, np.ndarray]:
    """The indices of a chain's contexts and edges in another chain that has them all, int64 (C,) and (E,).

    Both are chains without positions, in which an edge leads from a shorter context to each context.
    """
    width = np.int64(whole.end + 1)
    codes = whole.owner * width + whole.token
    contexts, edges = np.zeros(len(part.shorter), dtype=np.int64), np.zeros(len(part.token), dtype=np.int64)
    contexts[START] = START
    grown = part.length[part.after] == part.length[part.owner] + 1
    for level in part.levels:
        here = np.arange(part.offsets[level.start], part.offsets[level.stop])
        edges[here] = np.searchsorted(codes, contexts[part.owner[here]] * width + part.token[here])
        longer = here[grown[here]]
        contexts[part.after[longer]] = whole.after[edges[longer]]
    return contexts, edges
