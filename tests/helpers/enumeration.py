"""The truth by brute force: every sequence over a small alphabet, its probability from first principles, patterns by
`re`."""

import itertools
import math
import re
from collections import Counter, defaultdict

import numpy as np
from hypothesis import strategies as st

from generator.models.hmm import Hmm
from generator.models.unsmoothed import BEGIN, contexts_of
from generator.training.baum_welch import fit_rounds
from generator.training.smoothing import discounts
from generator.vocabulary import Vocabulary

LETTERS = "ab-"


def sequences(tokens, longest):
    """Every sequence of 1 to `longest` tokens."""
    for length in range(1, longest + 1):
        yield from itertools.product(tokens, repeat=length)


def fits(pattern: str, tokens, vocabulary: Vocabulary | None = None) -> bool:
    """Whether a sequence of characters fits a pattern, by Python's own regular expressions.

    It begins (ends) with no sign that the vocabulary bars there, unless the pattern begins (ends) with what somebody
    typed.
    """
    parts = re.findall(r"\.\.\.|\[[^\]]*\]|.", pattern)
    bars = vocabulary.bars if vocabulary else ((), ())
    for part, token, barred in zip((parts[0], parts[-1]), (tokens[0], tokens[-1]), bars, strict=True):
        if token in barred and (part in ("*", "...") or part.startswith("[^")):
            return False
    expression = "".join(
        {"*": ".", "...": ".*"}.get(part, part if part[0] == "[" else re.escape(part)) for part in parts
    )
    return re.fullmatch(expression, "".join(tokens)) is not None


class KneserNey:
    """Interpolated modified Kneser-Ney, written as its definition reads: dictionaries and recursion."""

    def __init__(self, corpus, order, position=None):
        self.order, self.position = order + (position is not None), position
        self.tokens = sorted(set(itertools.chain(*corpus)))
        raw = [Counter() for _ in range(self.order + 1)]  # by length of context: (context, token)
        for sequence in corpus:
            for i, token in enumerate([*sequence, "$"]):
                context = self.context(sequence[:i], len(sequence))
                for used in range(len(context) + 1):
                    raw[used][context[len(context) - used :], token] += 1
        self.counts = raw[:]
        for used in range(self.order):
            followed, farthest = Counter(), Counter()
            for context, token in raw[used + 1]:
                followed[context[1:], token] += 1
                farthest[context[1:], token] += raw[used + 1][context, token]
            # What has nothing more before it counts as often as it occurs: the start of a sequence.
            self.counts[used] = {gram: followed[gram] + n - farthest[gram] for gram, n in raw[used].items()}
        self.discount = [[0.0, *discounts(np.array(list(counts.values()), dtype=int))] for counts in self.counts]
        self.after = [defaultdict(dict) for _ in range(self.order + 1)]
        for back, counts in enumerate(self.counts):
            for (context, token), n in counts.items():
                self.after[back][context][token] = n

    def context(self, prefix, length):
        """The features of what comes after a prefix, the most telling last: a clock if any after the tokens."""
        before = ("^", *prefix)[-self.order + (self.position is not None) :]
        if self.position == "to_end":
            return (*(before if len(prefix) < length else ()), ("position", length - len(prefix)))
        return (*before, ("position", len(prefix))) if self.position else before

    def prob(self, prefix, length, token):
        """p(token | prefix), in a sequence of so many tokens."""
        context = self.context(prefix, length)
        while context not in self.after[len(context)]:
            context = context[1:]
        return self._backed_off(context, token)

    def _backed_off(self, context, token):
        counts, discount = self.after[len(context)][context], self.discount[len(context)]
        total, taken = sum(counts.values()), sum(discount[min(n, 3)] for n in counts.values())
        below = self._backed_off(context[1:], token) if context else 1 / (len(self.tokens) + 2)
        n = counts.get(token, 0)
        return (n - discount[min(n, 3)]) / total + taken / total * below

    def log_prob(self, tokens):
        """log p of a sequence; where the clock counts down, given its length, and then its end is certain."""
        text = tokens if self.position == "to_end" else (*tokens, "$")
        return sum(math.log(self.prob(tuple(tokens[:i]), len(tokens), w)) for i, w in enumerate(text))


class Adapted:
    """A list's Kneser-Ney chain adapted to a background's, as the formula reads: shares are those of the background by
    length of context."""

    def __init__(self, corpus, background, order, tokens, shares):
        self.listed, self.read, self.tokens, self.shares = (
            KneserNey(corpus, order),
            KneserNey(background, order),
            tokens,
            shares,
        )

    @staticmethod
    def kept(chain, context, token):
        """q(token | context) and λ(context) of a chain; nothing and all where it never saw the context."""
        if not (counts := chain.after[len(context)].get(context)):
            return 0.0, 1.0
        total, discount, n = sum(counts.values()), chain.discount[len(context)], counts.get(token, 0)
        return (n - discount[min(n, 3)]) / total, sum(discount[min(m, 3)] for m in counts.values()) / total

    def prob(self, context, token):
        """p(token | context), the context's oldest token first."""
        below = self.prob(context[1:], token) if context else 1 / (len(self.tokens) + 2)
        (q, handed), (read, passed), share = (
            self.kept(self.listed, context, token),
            self.kept(self.read, context, token),
            self.shares[len(context)],
        )
        return q + handed * (share * read + (1 - share * (1 - passed)) * below)

    def log_prob(self, tokens):
        """log p of a sequence."""
        return sum(
            math.log(self.prob(self.listed.context(tuple(tokens[:i]), len(tokens)), w))
            for i, w in enumerate((*tokens, "$"))
        )


class BackOff:
    """A back-off chain without positions as its tables say it: for every context in words what it stores, and the
    recursion."""

    def __init__(self, model):
        self.model, end = model, len(model.vocabulary)
        tokens = (*model.vocabulary.tokens, "$")
        self.contexts = [tuple("^" if i == BEGIN else tokens[i] for i in context) for context in contexts_of(model)]
        self.stored = {
            context: {tokens[t]: float(q) for t, q in zip(model.token[a:b].tolist(), model.q[a:b], strict=True)}
            for context, a, b in zip(self.contexts, model.offsets, model.offsets[1:], strict=False)
        }
        self.floor = 1 / (end + 2)

    def prob(self, context, token):
        """p(token | context), through the longest suffix that is stored."""
        while context not in self.stored:
            context = context[1:]
        below = self.prob(context[1:], token) if context else self.floor
        return self.stored[context].get(token, 0.0) + (1 - sum(self.stored[context].values())) * below

    def log_prob(self, tokens):
        """log p of a sequence."""
        history = ("^", *tokens)
        return sum(
            math.log(self.prob(history[max(0, i + 1 - self.model.order) : i + 1], w))
            for i, w in enumerate((*tokens, "$"))
        )


class Shares:
    """An unsmoothed chain as its definition reads: how often a token follows a state, over how often anything does."""

    def __init__(self, corpus, order):
        self.order, self.counts = order, defaultdict(Counter)
        for sequence in corpus:
            for i, token in enumerate([*sequence, "$"]):
                self.counts[self.state(sequence[:i])][token] += 1

    def state(self, prefix):
        return ("^" * self.order, *prefix)[-self.order :]

    def log_prob(self, tokens):
        """log p of a sequence, minus infinity where a step of it was never seen."""
        total = 0.0
        for i, token in enumerate([*tokens, "$"]):
            after = self.counts[self.state(tuple(tokens[:i]))]
            if not after[token]:
                return -math.inf
            total += math.log(after[token] / after.total())
        return total


def hmm_log_prob(model: Hmm, tokens) -> float:
    """log p of a sequence, summed over every path of states."""
    ids, total = model.vocabulary.encode(tokens), 0.0
    for path in itertools.product(range(model.states), repeat=len(ids)):
        p = model.start[path[0]] * model.emit[path[0], ids[0]]
        for before, state, token in zip(path, path[1:], ids[1:], strict=False):
            p *= model.leave[before, state] * model.emit[state, token]
        total += p * model.leave[path[-1], -1]
    return math.log(total) if total else -math.inf


def random_hmm(states, tokens, seed) -> Hmm:
    """An HMM of random rows, some entries zero."""
    rng = np.random.default_rng(seed)

    def rows(*shape):
        table = rng.random(shape) * (rng.random(shape) > 0.2) + 1e-3
        return table / table.sum(axis=-1, keepdims=True)

    return Hmm(Vocabulary(tokens), rows(states), rows(states, states + 1), rows(states, len(tokens)))


def trained_hmm(sequences, rng, states) -> Hmm:
    """An HMM of so many states after a few rounds of training."""
    return fit_rounds(sequences, Vocabulary.of(sequences), int(rng.integers(2**31)), rounds=8, states=states)


def drawn_as_expected(counts: Counter, expected: dict) -> bool:
    """Whether counts of draws are as probable as log-probabilities (of all that can be drawn) say: a chi-square at one
    in ten thousand."""
    total, n = float(np.logaddexp.reduce(list(expected.values()))), counts.total()
    means = {s: n * math.exp(p - total) for s, p in expected.items() if n * math.exp(p - total) >= 5}
    chi_square = sum((counts[s] - mean) ** 2 / mean for s, mean in means.items())
    k = len(means)  # Wilson and Hilferty: the cube root of a chi-square over k is nearly normal
    return (
        set(counts) <= set(expected)
        and ((chi_square / k) ** (1 / 3) - (1 - 2 / (9 * k))) / math.sqrt(2 / (9 * k)) < 3.72
    )


words = st.text(LETTERS, min_size=1, max_size=5)
corpora = st.lists(words, min_size=1, max_size=8).filter(lambda ws: set("".join(ws)) == set(LETTERS))
patterns = st.lists(st.sampled_from(["*", "*", "...", "a", "b", "-", "[ab]", "[^a]"]), min_size=1, max_size=5).map(
    "".join
)
