"""Training a back-off chain: modified Kneser-Ney smoothing (Chen and Goodman 1999, section 3).

With c(hw) the count of an n-gram, D₁ D₂ D₃ the discounts of its length and N_i(h) how many tokens follow h just i times,

    q(w | h) = (c(hw) − D_{c(hw)}) / c(h),      λ(h) = (D₁ N₁(h) + D₂ N₂(h) + D₃ N₃₊(h)) / c(h).

The longest n-grams, and those that begin with the start of a sequence, count how often they occur; the others count how many
different tokens they follow, since what a short context is for is to stand in where the longer ones saw nothing.
"""

from collections.abc import Sequence

import numpy as np

from .markov import Markov
from .vocabulary import Vocabulary

LEAST_DISCOUNT = 0.1  # a corpus of repeats asks for a discount of zero, and then nothing unseen could ever follow


def train_markov(sequences: Sequence[Sequence[str]], order: int) -> Markov:
    """A chain whose contexts are at most `order` tokens long, the start of the sequence counted as one.

    >>> model = train_markov([("m", "e", "w"), ("m", "o")], order=2)
    >>> bool(model.rows(np.array([1]))[0].argmax() == model.vocabulary.ids["m"])
    True
    """
    vocabulary = Vocabulary.of(sequences)
    text, age = _text(sequences, vocabulary)
    grams = _grams(text, age, order)
    return _Links(grams, text, age, order, vocabulary).chain()


def _text(sequences, vocabulary: Vocabulary) -> tuple[np.ndarray, np.ndarray]:
    """All sequences in a row as `start tokens end`, with start = V + 1 and end = V, and how far each is from its start; int64."""
    end, start = len(vocabulary), len(vocabulary) + 1
    lengths = np.array([len(s) + 2 for s in sequences])
    text = np.empty(lengths.sum(), dtype=np.int64)
    first = np.cumsum(lengths) - lengths
    age = np.arange(len(text)) - np.repeat(first, lengths)
    inner = (age > 0) & (age < np.repeat(lengths, lengths) - 1)
    text[first], text[first + lengths - 1] = start, end
    text[inner] = np.fromiter((vocabulary.ids[t] for s in sequences for t in s), dtype=np.int64, count=int(inner.sum()))
    return text, age


class _Grams:
    """The distinct n-grams of one length: which stands where, how each begins, and how often each counts.

    at: int64 (N,), the n-gram that ends at each place of the text, -1 where the sequence is too young for one.
    shorter: int64 (G,), the same n-gram without its oldest token, among those one shorter. oldest: that token, (G,).
    raw: how often each occurs, int64 (G,).
    """

    def __init__(self, at: np.ndarray, shorter: np.ndarray, oldest: np.ndarray, raw: np.ndarray):
        self.at, self.shorter, self.oldest, self.raw = at, shorter, oldest, raw


def _grams(text: np.ndarray, age: np.ndarray, order: int) -> list[_Grams]:
    """The n-grams of 1 to order + 1 tokens: each length is numbered from the one before it and one token more to its left."""
    width = int(text.max()) + 1
    grams: list[_Grams] = []
    for back in range(order + 1):
        places = np.flatnonzero(age >= back)
        oldest = text[places - back]
        codes = oldest if back == 0 else grams[-1].at[places] * width + oldest
        distinct, number, raw = np.unique(codes, return_inverse=True, return_counts=True)
        at = np.full(len(text), -1, dtype=np.int64)
        at[places] = number
        grams.append(_Grams(at, distinct // width if back else np.zeros(len(distinct), np.int64), distinct % width, raw))
    return grams


class _Links:
    """Puts counted n-grams together: contexts numbered by length, edges by context, discounts taken off."""

    def __init__(self, grams: list[_Grams], text: np.ndarray, age: np.ndarray, order: int, vocabulary: Vocabulary):
        self.grams, self.text, self.age, self.order, self.vocabulary = grams, text, age, order, vocabulary
        self.end, self.start = len(vocabulary), len(vocabulary) + 1
        self.nodes = self._number_contexts()

    def _number_contexts(self) -> list[np.ndarray]:
        """For the n-grams of each length up to the order, the context that each is, -1 for those that an end closes."""
        numbers, count = [], 1
        for gram in self.grams[:self.order]:
            open_ = np.ones(len(gram.raw), dtype=bool)
            open_[gram.at[(self.text == self.end) & (gram.at >= 0)]] = False
            rank = np.cumsum(open_) - 1
            if not numbers:  # the start is the first context after the empty one
                rank = np.where(gram.oldest == self.start, 0, rank + 1)
            numbers.append(np.where(open_, rank + count, -1))
            count += int(open_.sum())
        return numbers

    def chain(self) -> Markov:
        shorter, length = self._contexts()
        edges = [self._edges(back) for back in range(self.order + 1)]
        context, token, q, after = (np.concatenate(column) for column in zip(*edges, strict=True))
        by_context = np.lexsort((token, context))
        offsets = np.searchsorted(context[by_context], np.arange(len(shorter) + 1))
        return Markov(self.vocabulary, self.order, shorter, length, offsets,
                      token[by_context].astype(np.int32), q[by_context], after[by_context].astype(np.int32))

    def _contexts(self) -> tuple[np.ndarray, np.ndarray]:
        """The shorter context and the length of each; int32 and int8."""
        count = 1 + sum(int((numbers >= 0).sum()) for numbers in self.nodes)
        shorter, length = np.zeros(count, dtype=np.int32), np.zeros(count, dtype=np.int8)
        for back, numbers in enumerate(self.nodes):
            mine = numbers[numbers >= 0]
            length[mine] = back + 1
            if back:
                shorter[mine] = self.nodes[back - 1][self.grams[back].shorter[numbers >= 0]]
        return shorter, length

    def _edges(self, back: int) -> tuple[np.ndarray, ...]:
        """Context, token, q and next context of the edges whose contexts have `back` tokens."""
        gram = self.grams[back]
        where = np.full(len(gram.raw), -1, dtype=np.int64)  # a place where each n-gram ends
        where[gram.at[gram.at >= 0]] = np.flatnonzero(gram.at >= 0)
        told = self.text[where] != self.start  # the start is given, not told
        context = np.zeros(len(where), dtype=np.int64) if back == 0 else self.nodes[back - 1][self.grams[back - 1].at[where - 1]]
        after = self._after(back, where)
        counts = self._counts(back)
        token = self.text[where]
        q = _discounted(counts[told], context[told])
        return context[told], token[told], q, after[told]

    def _counts(self, back: int) -> np.ndarray:
        """What each n-gram counts: how often it occurs, or how many different tokens it follows."""
        gram = self.grams[back]
        if back == self.order:
            return gram.raw
        follows = np.bincount(self.grams[back + 1].shorter, minlength=len(gram.raw))
        return np.where(gram.oldest == self.start, gram.raw, follows)

    def _after(self, back: int, where: np.ndarray) -> np.ndarray:
        """The context after each n-gram: itself where it is one, else what is left of it without its oldest token."""
        kept = min(back, self.order - 1)
        after = self.nodes[kept][self.grams[kept].at[where]]
        return np.where(self.text[where] == self.end, 0, after)


def _discounted(counts: np.ndarray, context: np.ndarray) -> np.ndarray:
    """q(w | h) of n-grams of one length, float64."""
    discount = np.concatenate([[0.0], discounts(counts)])
    total = np.bincount(context, weights=counts)
    return (counts - discount[np.minimum(counts, 3)]) / total[context]


def discounts(counts: np.ndarray) -> np.ndarray:
    """D₁, D₂ and D₃ of n-grams of one length from how many of them count 1, 2, 3 and 4 (Chen and Goodman 1999, eq. 26)."""
    n1, n2, n3, n4 = (np.bincount(np.minimum(counts, 5), minlength=6)[1:5] + 1e-9).tolist()
    y = n1 / (n1 + 2 * n2)
    best = np.array([1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3])
    return np.clip(best, LEAST_DISCOUNT, [0.95, 1.9, 2.85])
