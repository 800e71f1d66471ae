"""p(sequence | constraint, not known), ready to draw from.

A walk forward draws each token in proportion to its mass: the probability that the sequence goes on so and fits. The
known names that fit are excluded. Their prefixes form a small trie. On the trie the mass of a prefix is the sum of the
masses that its tokens lead to, zero at the end of a known name. Off the trie nothing is known, and the messages give
the mass. No mass is found by subtraction, so no digits are lost if a pattern's mass is nearly all known.
"""

from functools import cached_property

import numpy as np

from generator.constraints.acceptor import among
from generator.constraints.dfa import Constraint
from generator.inference.automaton import Automaton
from generator.inference.messages import Frontier, Messages, log, log_sum
from generator.ranges import expand_ranges

TOGETHER = 1_000_000  # masses at once, one for each prefix and token: 8 MB
OFF = -1  # the number of every prefix off the trie
Draw = tuple[np.ndarray, float]  # token ids and log p in nats
_NONE = np.empty((0, 0), dtype=np.int64)


class Novel:
    """p(sequence | constraint, not excluded), ready to draw from.

    excluded: for some lengths token ids, int (n, length). Only the mass of each prefix of their trie is kept. A walk
    asks the messages for other tokens when it comes by: rows of all tokens at all prefixes would take far more memory
    than the model.
    """

    def __init__(self, model: Automaton, messages: Messages, constraint: Constraint, excluded: dict[int, np.ndarray]):
        self.model, self.messages, self.constraint = model, messages, constraint
        self.lengths = np.array(constraint.lengths, dtype=np.int64)
        self.starts = np.array(list(constraint.starts.values()), dtype=np.int64)
        self.trie = _Trie(
            [excluded.get(length, _NONE) for length in constraint.lengths], constraint.transitions.shape[1]
        )
        # Of every prefix for each depth, nats; -inf for a whole sequence.
        self.log_mass = [np.full(count, -np.inf) for count in self.trie.sizes]
        self.together = max(1, TOGETHER // constraint.transitions.shape[1])
        if len(self.lengths):
            self._weigh(0, np.arange(len(self.lengths)), model.begin(self.lengths), self.starts)

    def _weigh(self, depth: int, prefixes: np.ndarray, frontier: Frontier, nodes: np.ndarray) -> None:
        """Set the mass of some prefixes: of the tokens that lead off the trie, and of those that lead on."""
        rows, tokens, after = self.trie.onward(depth, prefixes)
        mass, offset = self.messages.step(frontier, nodes)
        mass[rows, tokens] = 0.0
        off = mass.sum(axis=1)
        del mass  # the next depth may need as much memory
        going = np.flatnonzero(self.trie.goes_on(depth + 1, after))
        for few in np.split(going, range(self.together, len(going), self.together)) if len(going) else ():
            ahead = self.model.advance(frontier, rows[few], tokens[few])
            self._weigh(depth + 1, after[few], ahead, self.constraint.transitions[nodes[rows[few]], tokens[few]])
        log_mass = self.log_mass[depth + 1][after]
        share = np.subtract(log_mass, offset[rows], out=np.full(len(log_mass), -np.inf), where=log_mass > -np.inf)
        on = np.bincount(rows, np.exp(share), minlength=len(prefixes))
        self.log_mass[depth][prefixes] = log(off + on) + offset

    @cached_property
    def log_prob(self) -> float:
        """log p(constraint, not excluded) in nats."""
        return float(log_sum(self.log_mass[0])) if len(self.lengths) else -np.inf

    def draw(self, count: int, rng: np.random.Generator) -> list[Draw]:
        """Independent draws, each as token ids and log p in nats; none if nothing is left to draw."""
        if self.log_prob == -np.inf:
            return []
        root = _choose(np.tile(self.log_mass[0], (count, 1)), rng)
        return self._walk(root, rng)

    def _walk(self, prefix: np.ndarray, rng: np.random.Generator) -> list[Draw]:
        """A draw from each of some roots, all walked together."""
        lengths, nodes, frontier = self.lengths[prefix], self.starts[prefix], self.model.begin(self.lengths[prefix])
        ids = np.zeros((len(prefix), lengths.max()), dtype=np.int64)
        log_prob, going = np.empty(len(prefix)), np.arange(len(prefix))
        for depth in range(ids.shape[1]):
            mass = self._mass(self.messages.step(frontier, nodes).log(), prefix, depth)
            ids[going, depth] = tokens = _choose(mass, rng)
            log_prob[going] = mass[np.arange(len(going)), tokens]  # at the last token, of the whole sequence
            prefix = self.trie.after(depth, prefix, tokens)
            rows = np.flatnonzero(lengths[going] > depth + 1)
            frontier = self.model.advance(frontier, rows, tokens[rows])
            nodes, prefix, going = self.constraint.transitions[nodes[rows], tokens[rows]], prefix[rows], going[rows]
        return [(row[:length], p) for row, length, p in zip(ids, lengths.tolist(), log_prob.tolist(), strict=True)]

    def _mass(self, mass: np.ndarray, prefix: np.ndarray, depth: int) -> np.ndarray:
        """The log masses of tokens, those of prefixes on the trie without what is excluded."""
        on = np.flatnonzero(prefix != OFF)
        if len(on):
            rows, tokens, after = self.trie.onward(depth, prefix[on])
            mass[on[rows], tokens] = self.log_mass[depth + 1][after]
        return mass


class _Trie:
    """The prefixes of sequences under several roots, numbered in order for each depth.

    codes: for each depth prefix * V + token of every step on the trie, ascending; the place of each is the number of
    the prefix that it leads to.
    """

    def __init__(self, under: list[np.ndarray], width: int):
        self.width = np.int64(width)
        self.codes: list[np.ndarray] = []
        prefix = {root: np.full(len(ids), root) for root, ids in enumerate(under) if len(ids)}
        while prefix:
            depth = len(self.codes)
            codes = [prefix[root] * self.width + under[root][:, depth] for root in prefix]
            distinct, number = np.unique(np.concatenate(codes), return_inverse=True)
            self.codes.append(distinct)
            numbers = np.split(number.ravel(), np.cumsum([len(some) for some in codes])[:-1])
            prefix = {
                root: some for root, some in zip(prefix, numbers, strict=True) if under[root].shape[1] > depth + 1
            }
        self.sizes = [len(under), *map(len, self.codes), 0]

    def onward(self, depth: int, prefixes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The steps on the trie from some prefixes: which prefix, the token, and the prefix after it, (n,) each."""
        codes = self._at(depth)
        first, last = np.searchsorted(codes, [prefixes * self.width, (prefixes + 1) * self.width])
        rows, after = expand_ranges(first, last - first)
        return rows, codes[after] % self.width, after

    def goes_on(self, depth: int, prefixes: np.ndarray) -> np.ndarray:
        """Which prefixes are not whole sequences, bool (n,)."""
        return among(prefixes, self._at(depth) // self.width)

    def after(self, depth: int, prefixes: np.ndarray, tokens: np.ndarray) -> np.ndarray:
        """The prefixes after some tokens, int64 (n,); OFF if the trie does not lead on."""
        codes, sought = self._at(depth), prefixes * self.width + tokens
        return np.where((prefixes != OFF) & among(sought, codes), np.searchsorted(codes, sought), OFF)

    def _at(self, depth: int) -> np.ndarray:
        return self.codes[depth] if depth < len(self.codes) else np.empty(0, dtype=np.int64)


def _choose(log_mass: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One column of each row, in proportion to exp(log_mass); shape (n,)."""
    total = np.cumsum(np.exp(log_mass - log_mass.max(axis=1, keepdims=True)), axis=1)
    at = np.minimum(rng.random(len(total)) * total[:, -1], np.nextafter(total[:, -1], 0.0))
    return (total <= at[:, None]).sum(axis=1)
