"""Training a back-off chain: modified Kneser-Ney smoothing (Chen and Goodman 1999, section 3).

What is kept of a count and what is handed down is written in `smoothing`; here things are counted. The longest n-grams, and those
that begin with the start of a sequence, count how often they occur; the others count how many different things they follow, since
what a short context is for is to stand in where the longer ones saw nothing.

A context is a row of features, the most telling first: the tokens before, from the last one back, and before them perhaps a clock
(see Markov). All distinct rows of (token, features) are sorted once; the n-grams of every length are then runs in that order.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from .counted import CLOCK_AT_NOUGHT, Counted, sight
from .lengths import length_log_probs
from .markov import LONGEST_CLOCK, Markov
from .smoothing import Smoothing, tune
from .vocabulary import Vocabulary

BLANK, START_FEATURE = 0, 1  # a feature that is not there, and the start of the sequence among the tokens; token w is w + 2


def train_markov(sequences: Sequence[Sequence[str]], order: int, clock: str | None = None,
                 vocabulary: Vocabulary | None = None, smoothing: Smoothing | None = None) -> Markov:
    """A chain whose contexts hold at most `order` tokens, the start of the sequence counted as one, and a clock if any.

    >>> model = train_markov([("m", "e", "w"), ("m", "o")], order=2)
    >>> bool(model.rows(np.array([1]))[0].argmax() == model.vocabulary.ids["m"])
    True
    """
    return count(sequences, order, clock, vocabulary).chain(smoothing)


def tuned_smoothing(folds: Sequence[tuple], order: int, clock: str | None, vocabulary: Vocabulary) -> Smoothing:
    """The smoothing under which what each fold holds out is likeliest, given what it keeps; folds are pairs (kept, held out)."""
    tables = [count(kept, order, clock, vocabulary) for kept, _ in folds]
    sightings = [sight(table, held_out) for table, (_, held_out) in zip(tables, folds, strict=True)]
    return tune(tables[0].closed_form(), sightings)


def count(sequences: Sequence[Sequence[str]], order: int, clock: str | None = None,
          vocabulary: Vocabulary | None = None) -> Counted:
    """What a chain is made of, before smoothing."""
    vocabulary = vocabulary or Vocabulary.of(sequences)
    coded = [vocabulary.encode(s) for s in sequences if len(s)]
    lengths = np.append(length_log_probs([len(ids) for ids in coded]), -np.inf) if clock == "to come" else np.empty(0)
    return _Tables(_events(coded, len(vocabulary), order, clock), vocabulary, order, clock, lengths).counted()


class Events(NamedTuple):
    """Every token of the corpus, ends included: the token, int64 (N,), and its features, int64 (N, K)."""

    token: np.ndarray
    features: np.ndarray


def _events(coded: list[np.ndarray], end: int, order: int, clock: str | None) -> Events:
    lengths = np.array([len(ids) + 1 for ids in coded])
    token = np.concatenate([np.append(ids, end) for ids in coded])
    age = np.arange(len(token)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    columns = [_before(token, age, back) for back in range(1, order + 1)]
    if clock == "age":
        columns.insert(0, np.minimum(age, LONGEST_CLOCK) + 1)
    elif clock == "to come":
        to_come = np.repeat(lengths, lengths) - 1 - age
        columns = [np.minimum(to_come, LONGEST_CLOCK) + 1] + [np.where(to_come, column, BLANK) for column in columns]
    return Events(token, np.stack(columns, axis=1))


def _before(token: np.ndarray, age: np.ndarray, back: int) -> np.ndarray:
    """The token so many places back as a feature."""
    column = np.full(len(token), BLANK)
    column[age == back - 1] = START_FEATURE
    inside = np.flatnonzero(age >= back)
    column[inside] = token[inside - back] + 2
    return column


class _Rows:
    """Distinct rows of small numbers in lexicographic order, and for each of their first n columns the runs of equal ones."""

    def __init__(self, rows: np.ndarray):
        bits = np.array([max(1, int(column.max()).bit_length()) for column in rows.T])
        self.shifts = np.cumsum(bits[::-1])[::-1] - bits
        self.packed = int(bits.sum()) <= 62
        codes = self._codes(rows)
        if self.packed:
            self.codes, self.first, self.counts = np.unique(codes, return_index=True, return_counts=True)
        else:
            self.codes, self.first, self.counts = np.unique(codes, axis=0, return_index=True, return_counts=True)
        self.rows = rows[self.first]
        changed = np.ones(self.rows.shape, dtype=bool)
        changed[1:] = self.rows[1:] != self.rows[:-1]
        self.begins = np.logical_or.accumulate(changed, axis=1)  # where a run of the first n + 1 columns begins

    def _codes(self, rows: np.ndarray) -> np.ndarray:
        return (rows << self.shifts).sum(axis=1) if self.packed else rows

    def find(self, rows: np.ndarray) -> np.ndarray:
        """The places of rows that are among the distinct ones."""
        if self.packed:
            return np.searchsorted(self.codes, self._codes(rows))
        places = {row.tobytes(): place for place, row in enumerate(self.codes)}
        return np.array([places[row.tobytes()] for row in np.ascontiguousarray(rows)])

    def runs(self, columns: int) -> np.ndarray:
        """The first row of each run of equal first columns."""
        return np.flatnonzero(self.begins[:, columns - 1]) if columns else np.zeros(1, dtype=np.int64)


class _Tables:
    """Puts counted n-grams together: contexts numbered by length, edges by context, discounts taken off."""

    def __init__(self, events: Events, vocabulary: Vocabulary, order: int, clock: str | None,
                 lengths: np.ndarray):
        self.lengths = lengths
        self.vocabulary, self.order, self.clock, self.end = vocabulary, order, clock, len(vocabulary)
        self.depth = events.features.shape[1]
        self.contexts = _Rows(events.features)
        self.grams = _Rows(np.column_stack([events.token, events.features]))
        self.context_of = self.contexts.find(self.grams.rows[:, 1:])
        following = np.minimum(self.grams.first + 1, len(events.token) - 1)  # an end leads nowhere: what follows it is not used
        self.context_after = self.contexts.find(events.features[following])
        self.nodes = self._number_contexts()

    def _number_contexts(self) -> list[np.ndarray]:
        """For contexts of each length, the number of the one that each distinct row of features begins with."""
        nodes, count = [np.zeros(len(self.contexts.rows), dtype=np.int64)], 1
        if self.clock:  # every reading of the clock is a context, seen or not
            nodes, count = [*nodes, self.contexts.rows[:, 0]], LONGEST_CLOCK + 2
        for length in range(len(nodes), self.depth + 1):
            blank = self.contexts.rows[:, length - 1] == BLANK
            there = self.contexts.begins[:, length - 1] & ~blank
            nodes.append(np.where(blank, nodes[-1], np.cumsum(there) - 1 + count))  # a shorter context stays what it is
            count += int(there.sum())
        return nodes

    def counted(self) -> Counted:
        shorter, length = self._shorter()
        columns = [self._edges(features) for features in range(self.depth + 1)]
        if self.clock:
            columns[1] = self._wound(*columns[1])
        context, token, counts, after = (np.concatenate(column) for column in zip(*columns, strict=True))
        by_context = np.lexsort((token, context))
        offsets = np.searchsorted(context[by_context], np.arange(len(shorter) + 1))
        chain = Markov(self.vocabulary, self.order, shorter, length, offsets, token[by_context].astype(np.int32),
                       np.empty(0), after[by_context].astype(np.int32), self._begins(), self.clock, self.lengths)
        return Counted(chain, counts[by_context])

    def _shorter(self) -> tuple[np.ndarray, np.ndarray]:
        """The shorter context and the length of each; int32 and int8."""
        clocks = LONGEST_CLOCK + 1 if self.clock else 0
        count = 1 + max(clocks, *(int(numbers.max()) for numbers in self.nodes))
        shorter, length = np.zeros(count, dtype=np.int32), np.zeros(count, dtype=np.int8)
        length[1:1 + clocks] = 1
        for features in range(1, self.depth + 1):
            first = self._first_rows(features)
            mine = self.nodes[features][first]
            length[mine], shorter[mine] = features, self.nodes[features - 1][first]
        return shorter, length

    def _first_rows(self, features: int) -> np.ndarray:
        return np.flatnonzero(self.contexts.begins[:, features - 1] & (self.contexts.rows[:, features - 1] != BLANK))

    def _edges(self, features: int) -> tuple[np.ndarray, ...]:
        """Context, token, count and next context of the n-grams whose contexts have so many features."""
        first = self.grams.runs(features + 1)
        there = self.grams.rows[first, features] != BLANK if features else np.ones(len(first), dtype=bool)
        counts, first = self._counts(features, first)[there].astype(np.int64), first[there]
        context, token = self.nodes[features][self.context_of[first]], self.grams.rows[first, 0]
        after = self.nodes[min(features + 1, self.depth)][self.context_after[first]]
        return context, token, counts, np.where(token == self.end, 0, after)

    def _begins(self) -> np.ndarray:
        """The context before the first token, int32: one, or with a clock that counts down one for each length."""
        first = np.flatnonzero(self.grams.rows[:, -self.order] == START_FEATURE)  # the last token before is the start
        before = self.nodes[-1][self.context_of[first]]
        if self.clock != "to come":
            return before[:1].astype(np.int32)
        begins = np.arange(LONGEST_CLOCK + 1, dtype=np.int32) + 1
        begins[self.grams.rows[first, 1] - 1] = before
        return begins

    def _wound(self, context, token, counts, after) -> tuple[np.ndarray, ...]:
        """The edges of the clock's readings, with one for every token, so that no token stops the clock."""
        missing = np.ones((LONGEST_CLOCK + 2, self.end + 1), dtype=bool)
        missing[context, token] = False
        missing[0], missing[:, self.end] = False, False
        if self.clock == "to come":  # at nothing to come the end is certain
            missing[CLOCK_AT_NOUGHT] = False
        rows, columns = np.nonzero(missing)
        ticked = np.minimum(rows + 1, LONGEST_CLOCK + 1) if self.clock == "age" else rows - 1
        more = (rows, columns, np.zeros(len(rows), dtype=np.int64), ticked)
        return tuple(np.concatenate(pair) for pair in zip((context, token, counts, after), more, strict=True))

    def _counts(self, features: int, first: np.ndarray) -> np.ndarray:
        """What each n-gram counts: how often it occurs, or how many different features it follows."""
        if features == self.depth:
            return np.add.reduceat(self.grams.counts, first)
        further = self.grams.begins[:, features + 1] & (self.grams.rows[:, features + 1] != BLANK)
        nothing_before = np.where(self.grams.rows[:, features + 1] == BLANK, self.grams.counts, 0)
        return np.add.reduceat(further + nothing_before, first)
