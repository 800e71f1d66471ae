"""Training a back-off chain: the counts of modified Kneser-Ney smoothing (Chen and Goodman 1999, section 3).

The longest n-grams, and those that begin with the start of a sequence, count occurrences. All others count distinct
features before them, because a short context is used only where longer contexts have no count (see ngrams). Discounts
and back-off weights are in `smoothing`.

A context is a row of features, the most telling first: perhaps a position, then the tokens before, from the last one
back (see Markov).
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

POSITIONS = LONGEST_POSITION + 2  # as features: 0 for none, p + 1 for position p


def train_markov(
    sequences: Sequence[Sequence[str]],
    order: int,
    position: str | None = None,
    vocabulary: Vocabulary | None = None,
    smoothing: Smoothing | None = None,
) -> Markov:
    """A chain whose contexts hold at most `order` tokens, the start of the sequence counted as one, and the position.

    position: "from_start", "to_end" or None.

    >>> model = train_markov([("m", "e", "w"), ("m", "o")], order=2)
    >>> bool(model.rows(np.array([1]))[0].argmax() == model.vocabulary.ids["m"])
    True
    """
    return count(sequences, order, position, vocabulary).chain(smoothing)


def tuned_smoothing(folds: Sequence[tuple], counting: Callable[[Sequence[Sequence[str]]], Counted]) -> Smoothing:
    """The smoothing under which the held-out parts of folds (kept, held out) are likeliest, given their kept parts."""
    tables = [counting(kept) for kept, _ in folds]
    held_out = [held_out_counts(table, held_out) for table, (_, held_out) in zip(tables, folds, strict=True)]
    return tune(tables[0].closed_form(), held_out)


def count(
    sequences: Sequence[Sequence[str]], order: int, position: str | None = None, vocabulary: Vocabulary | None = None
) -> Counted:
    """The counts of a chain (see train_markov)."""
    vocabulary = vocabulary or Vocabulary.of(sequences)
    coded = Coded(*vocabulary.encode_all(sequences))
    lengths = np.empty(0)
    if position == "to_end":
        lengths, coded = np.append(length_log_probs(coded.lengths.tolist()), -np.inf), coded.last(LONGEST_POSITION)
    radices = [POSITIONS] * (position is not None) + [len(vocabulary) + 2] * order
    token = coded.with_ends(len(vocabulary))
    grams = count_longest(token, coded.features(token, order, position), len(vocabulary) + 1, radices)
    del coded, token  # larger than the chain, for a large corpus
    return _Tables(grams, radices, vocabulary, order, position).counted(lengths)


class Coded(NamedTuple):
    """Sequences one after another, none empty: token ids (N,) and the length of each."""

    ids: np.ndarray
    lengths: np.ndarray

    def last(self, most: int) -> "Coded":
        """The last `most` tokens of each."""
        to_end = np.repeat(np.cumsum(self.lengths), self.lengths) - np.arange(len(self.ids))
        return Coded(self.ids[to_end <= most], np.minimum(self.lengths, most))

    def with_ends(self, end: int) -> np.ndarray:
        """The ids with the end after each sequence, in as few bits as hold all features."""
        inside = np.ones(len(self.ids) + len(self.lengths), dtype=bool)
        inside[np.cumsum(self.lengths + 1) - 1] = False
        token = np.full(len(inside), end, dtype=np.min_scalar_type(end + 1))
        token[inside] = self.ids
        return token

    def features(self, token: np.ndarray, order: int, position: str | None) -> Iterator[np.ndarray]:
        """The features of every token, the most telling first, as small integers (N,) each."""
        begin, at_zero = np.cumsum(self.lengths + 1) - self.lengths - 1, None
        if position:
            ago = np.arange(len(token)) - np.repeat(begin, self.lengths + 1)
            to_end = np.repeat(self.lengths, self.lengths + 1) - ago
            yield np.minimum(ago if position == "from_start" else to_end, LONGEST_POSITION) + 1
            at_zero = to_end == 0 if position == "to_end" else None
        before, first = token + 2, START_FEATURE
        for _ in range(order):
            before[1:] = before[:-1]  # the feature n + 1 back is the feature n back of the token before
            before[begin], first = first, BLANK
            yield before if at_zero is None else np.where(at_zero, BLANK, before)


class _Level(NamedTuple):
    """The n-grams whose contexts have one number of features, sorted by context and token.

    contexts: the codes, ascending, (C,). first: the first n-gram of each, (C,). token, counts: int32 (E,). after: int32
    (E,), the context after the token: its index among the contexts of one feature more (of the greatest length: as
    many), or ~ its number.
    """

    contexts: np.ndarray
    first: np.ndarray
    token: np.ndarray
    counts: np.ndarray
    after: np.ndarray


class _Tables:
    """The tables of a chain from counted n-grams: contexts numbered by length, edges sorted by context."""

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
            self._complete_positions(longer)
        # The number of the first context of each length.
        self.base = np.cumsum([0, *(len(level.contexts) for level in self.levels)])

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
            after[context // (place // POSITIONS) == POSITION_ZERO + 1] = ~POSITION_ZERO
        after[token == self.end] = ~EMPTY
        return _Level(contexts, first, token[order].astype(np.int32), grams.counts[order], after[order])

    def _ahead(self, token: np.ndarray, context: np.ndarray, features: int) -> np.ndarray:
        """The code of the context after each n-gram, with one feature more unless the context is longest."""
        place = prod(self.radices[:features])
        if self.position and features:
            place //= POSITIONS
            feature, context = context // place, context % place
        if features == len(self.radices):
            place, context = place // self.radices[-1], context // self.radices[-1]
        ahead = (token + 2) * place + context
        return self._later(feature) * (place * (self.end + 2)) + ahead if self.position and features else ahead

    def _later(self, feature: np.ndarray) -> np.ndarray:
        """The feature of the position one token later."""
        return np.minimum(feature + 1, POSITIONS - 1) if self.position == "from_start" else feature - 1

    def _complete_positions(self, grams: Grams) -> None:
        """Make every position a context, seen or not, with an edge for every token that leads to the next position."""
        level = self.levels[1]
        owner = np.repeat(level.contexts, np.diff(level.first, append=len(level.token))).astype(np.int64)
        missing = np.ones((POSITIONS, self.end + 1), dtype=bool)
        missing[owner, level.token] = False
        missing[0], missing[:, self.end] = False, False
        if self.position == "to_end":  # at position 0 the end is certain
            missing[POSITION_ZERO] = False
        rows, columns = np.nonzero(missing)
        more = (rows, columns, np.zeros_like(rows), ~self._later(rows))
        context, *table = (np.append(*pair).astype(np.int32) for pair in zip((owner, *level[2:]), more, strict=True))
        order, positions = np.lexsort((table[0], context)), np.arange(1, POSITIONS)
        self.levels[1] = _Level(
            positions, np.searchsorted(context[order], positions), *(column[order] for column in table)
        )
        # From the empty context a token leads where it leads from the first position at which it was seen.
        first, after = begins(grams.codes // POSITIONS), self.levels[0].after
        after[(grams.codes[first] // POSITIONS).astype(np.int64)] = ~self._later(
            (grams.codes[first] % POSITIONS).astype(np.int32)
        )
        after[self.end] = ~EMPTY

    def _with_every_token(self, level: _Level) -> _Level:
        """The edges of the empty context, one for every token; an unseen token leads back to the empty context."""
        token = np.arange(self.end + 1, dtype=np.int32)
        count, after = np.zeros_like(token), np.full_like(token, ~EMPTY)
        count[level.token], after[level.token] = level.counts, level.after
        return _Level(level.contexts, level.first, token, count, after)

    def counted(self, lengths: np.ndarray) -> Counted:
        """The counts; `lengths` is that of Markov."""
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
        """The number of each context without its last feature, int32 (C,)."""
        pairs = zip(self.base, self.levels, self.levels[1:], self.radices, strict=False)
        longer = [
            base + np.searchsorted(shorter.contexts, level.contexts // radix) for base, shorter, level, radix in pairs
        ]
        return np.concatenate([[EMPTY], *longer]).astype(np.int32)

    def _begins(self) -> np.ndarray:
        """The contexts before the first token, int32: one, or one a length if positions count to the end."""
        if not self.position:
            return self.base[1:2].astype(np.int32)
        begin = np.arange(1, POSITIONS if self.position == "to_end" else 2)
        if self.order:
            starts = begin * (self.end + 2) + START_FEATURE
            place = np.minimum(np.searchsorted(self.levels[2].contexts, starts), len(self.levels[2].contexts) - 1)
            begin = np.where(self.levels[2].contexts[place] == starts, self.base[2] + place, begin)
        return begin.astype(np.int32)


def _joined(arrays: list[np.ndarray]) -> np.ndarray:
    """The concatenated arrays; empties the list, so that a large chain is in memory once."""
    joined = np.concatenate(arrays)
    arrays.clear()
    return joined
