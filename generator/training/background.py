"""A background: a chain that has read other lists, to which the chain of a list is adapted.

A list of a few hundred names cannot teach which letters may follow one another. So its chain backs off in two steps:
from what the list saw after a context to what the background saw there, and only then to the shorter context,

    p(w | h) = q(w | h) + λ(h) [ μ q_b(w | h) + (1 − μ (1 − λ_b(h))) p(w | h⁻) ],

as in a doubly hierarchical Pitman-Yor process (Wood and Teh 2009, "A hierarchical nonparametric Bayesian approach to
statistical language model domain adaptation"). λ(h) falls with the list's own count, so the background speaks where the
list is silent. The shares μ, one for each length of context, are tuned on names that are held out of both. The sum is a
back-off chain over the n-grams of both (see Markov), so every query stays exact and costs as much as there are n-grams;
those that tell least are pruned (see pruning).
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from generator.inference.automaton_markov import START
from generator.models.markov import Markov
from generator.training.counts import Counted
from generator.training.kneser_ney import count
from generator.vocabulary import Vocabulary

FEWEST = 500  # sequences in the same script: fewer teach nothing
COMMON = 0.01  # of the sequences hold a letter that a list is taught

Sequences = Sequence[Sequence[str]]


class Background:
    """Sequences of other lists over the vocabulary of a list, and their chain; randomness has no part in it."""

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
        """What the background saw, counted once for each order."""
        if order not in self._counted:
            self._counted[order] = count(self.sequences, order, vocabulary=self.vocabulary)
        return self._counted[order]


def teach(vocabulary: Vocabulary, sequences: Sequences) -> tuple[Vocabulary, Background | None]:
    """The vocabulary of a list with the letters that it is too short to hold, and its background; none where that is of
    another script.

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
    """Where the contexts and the edges of a chain stand in another that has them all and more; int64 (C,) and (E,).

    Both are chains without positions, whose contexts each follow from a shorter one by an edge.
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
