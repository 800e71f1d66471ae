"""A variable-order Markov chain as an automaton: its states are contexts, and it backs off to shorter ones.

The state after a history is the longest suffix of it that was seen in training, at most `order` tokens long
(Pachet, arXiv 2605.07839). With h a context, h⁻ the context without its oldest token and w a token or the end,

    p(w | h) = q(w | h) + λ(h) p(w | h⁻),      λ(h) = 1 − Σ_w q(w | h),

where q is stored for the tokens seen after h alone. Under the empty context stands the uniform distribution over the V
tokens, the end, and one unknown token: p(unknown | h) = Π λ / (V + 2) is the mass kept for tokens that training never
saw.

A chain may know its position: the tokens from the start, or the tokens to the end. The position then is the most
telling feature of every context, the last to be backed off from, and changes by one with every token. A chain that
knows the tokens to the end begins by choosing a length, p(x) = p(T) Π p(x_t | T − t, tokens before), and ends for
certain at 0.

symbol      field      shape    what
C                               contexts, sorted by length
E                               edges (h, w), sorted by context and then by token
V           end                 tokens; V itself is the number of the end
h⁻          shorter    (C,)     int32, the context without its oldest token
            length     (C,)     int8, features of the context: tokens, the start, the position
            offsets    (C + 1,) int64, the first edge of each context; the empty one has them all
w           token      (E,)     int32
q(w|h)      q          (E,)     float64
h, w → h'   after      (E,)     int32, the context after the token, 0 after the end
            begins     (1,)     int32, the context before the first token; for "to_end" (65,), one for each length
λ(h)        backoff    (C,)     float64
p(w|h)      edge_prob  (E,)     float64
"""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from generator.inference.automaton import SingleAutomaton
from generator.inference.messages import Frontier, log
from generator.inference.segment_reduce import SegmentReduce
from generator.ranges import expand_ranges
from generator.vocabulary import Vocabulary

DENSE = 6_000_000  # entries up to which all rows are laid out once; beyond, each is put together when it is asked for
EMPTY, START = 0, 1  # the contexts of every chain: nothing, and the start of the sequence, or position 0
LONGEST_POSITION = 64  # tokens: a position counts no further


@dataclass(frozen=True, eq=False)
class MarkovAutomaton(SingleAutomaton):
    """The tables of a back-off chain (see above), and the walk over its contexts.

    position: None, "from_start" or "to_end". lengths: float64 (66,), what log p of a sequence is raised by for each
    length, nats, the last for all that are longer; empty for nothing; of a chain that counts to the end, log p(T)
    itself.
    """

    vocabulary: Vocabulary
    order: int
    shorter: np.ndarray
    length: np.ndarray
    offsets: np.ndarray
    token: np.ndarray
    q: np.ndarray
    after: np.ndarray
    begins: np.ndarray
    position: str | None = None
    lengths: np.ndarray = field(default_factory=lambda: np.empty(0))
    provenance: dict = field(default_factory=dict)

    @property
    def end(self) -> int:
        """The number of the end among the columns of a row."""
        return len(self.vocabulary)

    @cached_property
    def levels(self) -> list[slice]:
        """The contexts of each length, from 0 up."""
        bounds = np.searchsorted(self.length, np.arange(self.length[-1] + 2))
        return [slice(int(a), int(b)) for a, b in zip(bounds, bounds[1:], strict=False)]

    @cached_property
    def spans(self) -> list[list[int]]:
        """Where the contexts of each first feature begin in each level, a list of levels by first features + 2.

        Slice `spans[length][c]:spans[length][c + 1]` holds the contexts of that length whose first feature is c.
        """
        ones = np.arange(self.levels[1].stop + 1)
        return [(level.start + np.searchsorted(self.first_feature[level], ones)).tolist() for level in self.levels]

    @cached_property
    def first_feature(self) -> np.ndarray:
        """The most telling feature of each context, its last token or its position, as the context of that feature
        alone; int64 (C,)."""
        first = np.arange(len(self.shorter))
        for level in self.levels[2:]:
            first[level] = first[self.shorter[level]]
        return first

    @cached_property
    def owner(self) -> np.ndarray:
        """The context of each edge, int32, shape (E,)."""
        return np.repeat(np.arange(len(self.shorter), dtype=np.int32), np.diff(self.offsets))

    @cached_property
    def backoff(self) -> np.ndarray:
        """λ(h) of each context, float64, shape (C,)."""
        seen = np.add.reduceat(self.q, self.offsets[:-1])
        return np.clip(1.0 - seen, 0.0, 1.0)

    @cached_property
    def unseen(self) -> float:
        """The probability, after the empty context, of any one token that training never saw."""
        return float(self.backoff[EMPTY]) / (len(self.vocabulary) + 2)

    def begin(self, lengths: np.ndarray) -> Frontier:
        """The empty prefixes of n sequences; a frontier's state is the context of each prefix, shape (n,)."""
        within = np.minimum(lengths, LONGEST_POSITION + 1)
        contexts = (
            self.begins[np.minimum(within, len(self.begins) - 1)]
            if self.position == "to_end"
            else np.repeat(self.begins, len(lengths))
        )
        return Frontier(contexts, self.lengths[within] if self.lengths.size else np.zeros(len(lengths)))

    def advance(self, frontier: Frontier, rows: np.ndarray, tokens: np.ndarray) -> Frontier:
        """The prefixes in `rows`, each with one more token."""
        contexts, log_prob = frontier.state[rows], frontier.log_prob[rows]
        prob, after = self.table or self._put_together(contexts)
        place = (np.arange(len(rows)) if self.table is None else contexts) * np.int64(self.end) + tokens
        return Frontier(after.take(place), log_prob + log(prob.take(place)))

    def finish(self, frontier: Frontier) -> np.ndarray:
        """log p(prefix and then the end) in nats, shape (n,)."""
        return frontier.log_prob + log(self.end_prob[frontier.state])

    def rows(self, contexts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """p(w | h) and the context after w for every token without the end, float64 and int32 of shape (n, V)."""
        if self.table is None:
            return self._put_together(contexts)
        prob, after = self.table
        return prob.take(contexts, axis=0), after.take(contexts, axis=0)

    @cached_property
    def table(self) -> tuple[np.ndarray, np.ndarray] | None:
        """The rows of all contexts, float64 and int32 of shape (C, V); None if they are too large."""
        shape = (len(self.shorter), self.end)
        if shape[0] * shape[1] > DENSE:
            return None
        prob, after = np.zeros(shape), np.zeros(shape, dtype=np.int32)
        for level in self.levels:
            if level.start != EMPTY:
                np.multiply(prob[self.shorter[level]], self.backoff[level, None], out=prob[level])
                after[level] = after[self.shorter[level]]
            edges = np.arange(self.offsets[level.start], self.offsets[level.stop])
            edges = edges[self.token[edges] != self.end]
            where = (self.owner[edges], self.token[edges])
            prob[where] = self.edge_prob[edges]
            after[where] = self.after[edges]
        return prob, after

    def _put_together(self, contexts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The rows of some contexts, from the edges stored with each and its suffixes."""
        prob = np.zeros((len(contexts), self.end))
        after = np.zeros(prob.shape, dtype=np.int32)
        self._add_edges(prob, after, np.arange(len(contexts)), np.full(len(contexts), EMPTY))
        for suffixes in self.suffixes(contexts):
            longer = np.flatnonzero(suffixes >= 0)
            prob[longer] *= self.backoff[suffixes[longer], None]
            self._add_edges(prob, after, longer, suffixes[longer])
        return prob, after

    def suffixes(self, contexts: np.ndarray) -> list[np.ndarray]:
        """For each length from 1 up the suffix of each context, int64 (n,), -1 if the context is shorter."""
        suffixes = []
        current = contexts.astype(np.int64)
        for length in range(int(self.length[contexts].max(initial=0)), 0, -1):
            this = self.length[current] == length
            suffixes.append(np.where(this, current, -1))
            current = np.where(this, self.shorter[current], current)
        return suffixes[::-1]

    def _add_edges(self, prob: np.ndarray, after: np.ndarray, rows: np.ndarray, contexts: np.ndarray) -> None:
        """Add the stored edges of contexts to their rows, in place."""
        owner, edges = expand_ranges(self.offsets[contexts], self.offsets[contexts + 1] - self.offsets[contexts])
        rows, going_on = rows[owner], self.token[edges] != self.end
        rows, edges = rows[going_on], edges[going_on]
        where = (rows, self.token[edges])
        prob[where] = self.edge_prob[edges]
        after[where] = self.after[edges]

    @cached_property
    def edge_prob(self) -> np.ndarray:
        """p(w | h) of each edge, float64, shape (E,)."""
        prob = self.q.copy()
        for level in self.levels:
            edges = slice(int(self.offsets[level.start]), int(self.offsets[level.stop]))
            below = (
                self.unseen
                if level.start == EMPTY
                else self.backoff[self.owner[edges]] * prob[self.shorter_edge[edges]]
            )
            prob[edges] += below
        return prob

    @cached_property
    def token_prob(self) -> np.ndarray:
        """p(w | h) of each edge, 0 where w is the end, float64, shape (E,)."""
        return np.where(self.token == self.end, 0.0, self.edge_prob)

    @cached_property
    def edge_backoff(self) -> np.ndarray:
        """λ(h) of each edge's context, float64, shape (E,)."""
        return self.backoff[self.owner]

    @cached_property
    def shorter_edge(self) -> np.ndarray:
        """For each edge (h, w) the edge (h⁻, w), which every chain has; int64 (E,), -1 at the empty context."""
        width = np.int64(self.end + 1)
        codes, sought = self.owner * width + self.token, self.shorter[self.owner] * width + self.token
        if len(self.shorter) * width <= DENSE:  # a table of all codes: many times quicker than a binary search
            places = np.zeros(len(self.shorter) * width, dtype=np.int32)
            places[codes] = np.arange(len(codes), dtype=np.int32)
            found = places[sought].astype(np.int64)
        else:
            found = np.searchsorted(codes, sought)
        found[: self.offsets[1]] = -1
        return found

    @cached_property
    def end_prob(self) -> np.ndarray:
        """p(end | h) at every context, float64, shape (C,)."""
        prob, seen = np.zeros(len(self.shorter)), np.zeros(len(self.shorter), dtype=bool)
        edges = self.edges_of(self.end)
        prob[self.owner[edges]], seen[self.owner[edges]] = self.edge_prob[edges], True
        for level in self.levels[1:]:
            prob[level] = np.where(seen[level], prob[level], self.backoff[level] * prob[self.shorter[level]])
        return prob

    @cached_property
    def _by_token(self) -> tuple[np.ndarray, np.ndarray]:
        order = np.argsort(self.token, kind="stable")
        return order, np.searchsorted(self.token[order], np.arange(self.end + 2))

    def edges_with(self, token: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The context, p(w | h) and the context after of the edges with one token, by context."""
        offsets, (owner, prob, after) = self._by_token[1], self._laid_out_by_token
        edges = slice(offsets[token], offsets[token + 1])
        return (owner[edges], prob[edges], after[edges])

    @cached_property
    def _laid_out_by_token(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        order = self._by_token[0]
        return self.owner[order], self.edge_prob[order], self.after[order]

    @cached_property
    def segments(self) -> SegmentReduce:
        """Sums and maxima over the edges of every context."""
        return SegmentReduce(self.offsets, self.levels)

    @property
    def features(self) -> int:
        """The number of features of a context besides the start and the tokens: 1 with a position."""
        return int(self.position is not None)

    def edges_in(self, run: slice) -> slice:
        """The edges of a run of contexts."""
        return slice(int(self.offsets[run.start]), int(self.offsets[run.stop]))

    def edges_of(self, token: int) -> np.ndarray:
        """The edges that carry one token; int64."""
        order, offsets = self._by_token
        return order[offsets[token] : offsets[token + 1]]
