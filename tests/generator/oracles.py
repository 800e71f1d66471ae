"""The truth by brute force: every sequence over a small alphabet, its probability from first principles, patterns by `re`."""

import itertools
import math
import re
from collections import Counter, defaultdict

import numpy as np
from hypothesis import strategies as st

from generator.hmm import Hmm
from generator.kneser_ney import discounts
from generator.vocabulary import Vocabulary

LETTERS = "ab-"


def sequences(tokens, longest):
    """Every sequence of 1 to `longest` tokens."""
    for length in range(1, longest + 1):
        yield from itertools.product(tokens, repeat=length)


def fits(pattern: str, tokens) -> bool:
    """Whether a sequence of characters fits a pattern, by Python's own regular expressions."""
    expression = ""
    for part in re.findall(r"\.\.\.|\[[^\]]*\]|.", pattern):
        expression += {"*": ".", "...": ".*"}.get(part, part if part[0] == "[" else re.escape(part))
    return re.fullmatch(expression, "".join(tokens)) is not None


class KneserNey:
    """Interpolated modified Kneser-Ney, written as its definition reads: dictionaries and recursion."""

    def __init__(self, corpus, order):
        self.order = order
        self.tokens = sorted(set(itertools.chain(*corpus)))
        raw = [Counter() for _ in range(order + 1)]  # by length of context: (context, token)
        for sequence in corpus:
            text = ["^", *sequence, "$"]
            for i in range(1, len(text)):
                for back in range(min(order, i) + 1):
                    raw[back][tuple(text[i - back:i]), text[i]] += 1
        self.counts = raw[:]
        for back in range(order):
            followed = Counter((context[1:], token) for context, token in raw[back + 1])
            self.counts[back] = {(c, w): n if c[:1] == ("^",) else followed[c, w] for (c, w), n in raw[back].items()}
        self.discount = [[0.0, *discounts(np.array(list(counts.values())))] for counts in self.counts]
        self.after = [defaultdict(dict) for _ in range(order + 1)]
        for back, counts in enumerate(self.counts):
            for (context, token), n in counts.items():
                self.after[back][context][token] = n

    def prob(self, history, token):
        history = history[-self.order:]
        while history not in self.after[len(history)]:
            history = history[1:]
        return self._backed_off(history, token)

    def _backed_off(self, context, token):
        counts, discount = self.after[len(context)][context], self.discount[len(context)]
        total, taken = sum(counts.values()), sum(discount[min(n, 3)] for n in counts.values())
        below = self._backed_off(context[1:], token) if context else 1 / (len(self.tokens) + 2)
        n = counts.get(token, 0)
        return (n - discount[min(n, 3)]) / total + taken / total * below

    def log_prob(self, tokens):
        text = ("^", *tokens, "$")
        return sum(math.log(self.prob(text[:i], text[i])) for i in range(1, len(text)))


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


words = st.text(LETTERS, min_size=1, max_size=5)
corpora = st.lists(words, min_size=1, max_size=8).filter(lambda ws: set("".join(ws)) == set(LETTERS))
patterns = st.lists(st.sampled_from(["*", "*", "...", "a", "b", "-", "[ab]", "[^a]"]), min_size=1, max_size=5).map("".join)
