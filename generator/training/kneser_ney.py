"""Training a back-off chain: modified Kneser-Ney smoothing (Chen and Goodman 1999, section 3).

What is kept of a count and what is handed down is written in `smoothing`; here things are counted. The longest n-grams,
and those that begin with the start of a sequence, count how often they occur; the others count how many different
things they follow, since what a short context is for is to stand in where the longer ones saw nothing (see ngrams).

A context is a row of features, the most telling first: the tokens before, from the last one back, and before them
perhaps a clock (see Markov).
"""

from collections.abc import Callable, Iterator, Sequence
from math import prod
from typing import NamedTuple

import numpy as np

from generator.inference.automaton_markov import EMPTY, LONGEST_POSITION
from generator.models.lengths import length_log_probs
from generator.models.markov import Markov
from generator.training.counts import POSITION_ZERO, Counted, held_out_counts
from generator.training.ngrams import BLANK, START_FEATURE, Grams, begins, count_longest
from generator.training.smoothing import Smoothing, tune
from generator.vocabulary import Vocabulary

READINGS = LONGEST_POSITION + 2  # of a clock, that of no clock among them; reading r stands for r - 1 tokens


def train_markov(
    sequences: Sequence[Sequence[str]],
    order: int,
    position: str | None = None,
    vocabulary: Vocabulary | None = None,
    smoothing: Smoothing | None = None,
) -> Markov:
    """A chain whose contexts hold at most `order` tokens, the start of the sequence counted as one, and a clock if any.

    >>> model = train_markov([("m", "e", "w"), ("m", "o")], order=2)
    >>> bool(model.rows(np.array([1]))[0].argmax() == model.vocabulary.ids["m"])
    True
    """
    return count(sequences, order, position, vocabulary).chain(smoothing)


def tuned_smoothing(folds: Sequence[tuple], counting: Callable[[Sequence[Sequence[str]]], Counted]) -> Smoothing:
    """The smoothing under which the held-out part of each fold is likeliest, given counts of its kept part; folds are
    pairs (kept, held out)."""
    tables = [counting(kept) for kept, _ in folds]
    held_out = [held_out_counts(table, held_out) for table, (_, held_out) in zip(tables, folds, strict=True)]
    return tune(tables[0].closed_form(), held_out)


def count(
    sequences: Sequence[Sequence[str]], order: int, position: str | None = None, vocabulary: Vocabulary | None = None
) -> Counted:
    """What a chain is made of, before smoothing."""
    vocabulary = vocabulary or Vocabulary.of(sequences)
    coded = Coded(*vocabulary.encode_all(sequences))
    lengths = np.empty(0)
    if position == "to_end":
        lengths, coded = np.append(length_log_probs(coded.lengths), -np.inf), coded.last(LONGEST_POSITION)
    radices = [READINGS] * (position is not None) + [len(vocabulary) + 2] * order
    token = coded.with_ends(len(vocabulary))
    grams = count_longest(token, coded.features(token, order, position), len(vocabulary) + 1, radices)
    del coded, token  # of a large corpus they are larger than the chain
    return _Tables(grams, radices, vocabulary, order, position).counted(lengths)


class Coded(NamedTuple):
    """Sequences one after another, none empty: token ids (N,), and the length of each."""

    ids: np.ndarray
    lengths: np.ndarray

    def last(self, most: int) -> "Coded":
        """At most so many tokens of each, the last ones."""
        to_end = np.repeat(np.cumsum(self.lengths), self.lengths) - np.arange(len(self.ids))
        return Coded(self.ids[to_end <= most], np.minimum(self.lengths, most))

    def with_ends(self, end: int) -> np.ndarray:
        """The ids with one for the end after each sequence, in as few bits as hold all features."""
        inside = np.ones(len(self.ids) + len(self.lengths), dtype=bool)
        inside[np.cumsum(self.lengths + 1) - 1] = False
        token = np.full(len(inside), end, dtype=np.min_scalar_type(end + 1))
        token[inside] = self.ids
        return token

    def features(self, token: np.ndarray, order: int, position: str | None) -> Iterator[np.ndarray]:
        """The features of every token, the most telling first, as small whole numbers (N,) each."""
        begin, at_nought = np.cumsum(self.lengths + 1) - self.lengths - 1, None
        if position:
            ago = np.arange(len(token)) - np.repeat(begin, self.lengths + 1)
            to_end = np.repeat(self.lengths, self.lengths + 1) - ago
            yield np.minimum(ago if position == "from_start" else to_end, LONGEST_POSITION) + 1
            at_nought = to_end == 0 if position == "to_end" else None
        before, first = token + 2, START_FEATURE
        for _ in range(order):
            before[1:] = before[:-1]  # each token's are those of the one before it, moved on by one
            before[begin], first = first, BLANK
            yield before if at_nought is None else np.where(at_nought, BLANK, before)


class _Level(NamedTuple):
    """The n-grams whose contexts have a number of features, by context and then by token.

    contexts: their codes, ascending, (C,). first: the first n-gram of each, (C,). token, count: int32 (E,). after:
    int32 (E,), the context after the token, as its place among those of one feature more (of the greatest length: as
    many), or as ~ its number.
    """

    contexts: np.ndarray
    first: np.ndarray
    token: np.ndarray
    count: np.ndarray
    after: np.ndarray


class _Tables:
    """Puts counted n-grams together: contexts numbered by length, edges by context."""

    def __init__(self, grams: Grams, radices: Sequence[int], vocabulary: Vocabulary, order: int, position: str | None):
        self.vocabulary, self.order, self.position, self.end, self.radices = (
            vocabulary,
            order,
            position,
            len(vocabulary),
            radices,
        )
        self.levels: list[_Level] = []
        for features in range(len(self.radices), 0, -1):
            self.levels.insert(0, self._level(grams.of_full_length(self.radices[features - 1]), features))
            longer, grams = grams, grams.shorter(self.radices[features - 1])
        self.levels.insert(0, self._with_every_token(self._level(grams, 0)))
        if position:
            self._wind(longer)
        self.base = np.cumsum(
            [0, *(len(level.contexts) for level in self.levels)]
        )  # the number of the first context of each length

    def _level(self, grams: Grams, features: int) -> _Level:
        place = prod(self.radices[:features])
        token, context = grams.codes // place, grams.codes % place
        order = np.argsort(context, kind="stable")
        first = begins(context[order])
        contexts = context[order[first]]
        longest = features == len(self.radices)
        after = np.searchsorted(
            contexts if longest else self.levels[0].contexts, self._ahead(token, context, features)
        ).astype(np.int32)
        if self.position == "to_end" and features:
            after[context // (place // READINGS) == POSITION_ZERO + 1] = ~POSITION_ZERO
        after[token == self.end] = ~EMPTY
        return _Level(contexts, first, token[order].astype(np.int32), grams.counts[order], after[order])

    def _ahead(self, token: np.ndarray, context: np.ndarray, features: int) -> np.ndarray:
        """The code of the context after each n-gram, of one feature more if there can be more."""
        place = prod(self.radices[:features])
        if self.position and features:
            place //= READINGS
            reading, context = context // place, context % place
        if features == len(self.radices):
            place, context = place // self.radices[-1], context // self.radices[-1]
        ahead = (token + 2) * place + context
        return self._tick(reading) * (place * (self.end + 2)) + ahead if self.position and features else ahead

    def _tick(self, reading: np.ndarray) -> np.ndarray:
        """What a clock reads one token later."""
        return np.minimum(reading + 1, READINGS - 1) if self.position == "from_start" else reading - 1

    def _wind(self, grams: Grams) -> None:
        """Let every reading of the clock be a context, seen or not, and go on with every token, so that no token stops
        the clock."""
        level = self.levels[1]
        context = np.repeat(level.contexts, np.diff(level.first, append=len(level.token))).astype(np.int64)
        missing = np.ones((READINGS, self.end + 1), dtype=bool)
        missing[context, level.token] = False
        missing[0], missing[:, self.end] = False, False
        if self.position == "to_end":  # at nothing to come the end is certain
            missing[POSITION_ZERO] = False
        rows, columns = np.nonzero(missing)
        more = (rows, columns, np.zeros_like(rows), ~self._tick(rows))
        context, *table = (np.append(*pair).astype(np.int32) for pair in zip((context, *level[2:]), more, strict=True))
        order, readings = np.lexsort((table[0], context)), np.arange(1, READINGS)
        self.levels[1] = _Level(
            readings, np.searchsorted(context[order], readings), *(column[order] for column in table)
        )
        first, after = (
            begins(grams.codes // READINGS),
            self.levels[0].after,
        )  # after nothing, as from the first reading that a token was seen at
        after[(grams.codes[first] // READINGS).astype(np.int64)] = ~self._tick(
            (grams.codes[first] % READINGS).astype(np.int32)
        )
        after[self.end] = ~EMPTY

    def _with_every_token(self, level: _Level) -> _Level:
        """What follows nothing, each token of the vocabulary among it: one that was never seen leads back to
        nothing."""
        token = np.arange(self.end + 1, dtype=np.int32)
        count, after = np.zeros_like(token), np.full_like(token, ~EMPTY)
        count[level.token], after[level.token] = level.count, level.after
        return _Level(level.contexts, level.first, token, count, after)

    def counted(self, lengths: np.ndarray) -> Counted:
        """The chain before smoothing; `lengths` as Markov has them."""
        begins_at = self._begins()
        shorter, length = self._shorter(), np.repeat(np.arange(len(self.levels), dtype=np.int8), np.diff(self.base))
        for features, level in enumerate(self.levels):
            numbered = level.after < 0
            level.after[~numbered] += np.int32(self.base[min(features + 1, len(self.radices))])
            level.after[numbered] = ~level.after[numbered]
        columns = [list(column) for column in zip(*self.levels, strict=True)][1:]
        self.levels.clear()
        edges = np.cumsum([0, *map(len, columns[1])])
        offsets = np.append(
            np.concatenate([first + edge for first, edge in zip(columns[0], edges, strict=False)]), edges[-1]
        )
        token, counts, after = map(_joined, columns[1:])
        return Counted(
            Markov(
                self.vocabulary,
                self.order,
                shorter,
                length,
                offsets,
                token,
                np.empty(0),
                after,
                begins_at,
                self.position,
                lengths,
            ),
            counts,
        )

    def _shorter(self) -> np.ndarray:
        """The number of each context without its last feature, int32."""
        pairs = zip(self.base, self.levels, self.levels[1:], self.radices, strict=False)
        longer = [
            base + np.searchsorted(shorter.contexts, level.contexts // radix) for base, shorter, level, radix in pairs
        ]
        return np.concatenate([[EMPTY], *longer]).astype(np.int32)

    def _begins(self) -> np.ndarray:
        """The context before the first token, int32: one, or with a clock that counts down one for each length."""
        if not self.position:
            return self.base[1:2].astype(np.int32)
        begin = np.arange(1, READINGS if self.position == "to_end" else 2)
        if self.order:
            starts = begin * (self.end + 2) + START_FEATURE
            place = np.minimum(np.searchsorted(self.levels[2].contexts, starts), len(self.levels[2].contexts) - 1)
            begin = np.where(self.levels[2].contexts[place] == starts, self.base[2] + place, begin)
        return begin.astype(np.int32)


def _joined(arrays: list[np.ndarray]) -> np.ndarray:
    """Arrays as one; the list is emptied, so that a large chain is in memory once."""
    joined = np.concatenate(arrays)
    arrays.clear()
    return joined
