"""Known names: those that exist already, and so are not new."""

import copy
from collections.abc import Callable, Hashable, Iterable, Sequence

import numpy as np

from generator.constraints.acceptor import PAST, among
from generator.constraints.dfa import SINK, Constraint
from generator.constraints.digests import digests, digests_of, letters_of
from generator.folding import key
from generator.vocabulary import Vocabulary


def _nothing(tokens: Sequence[str]) -> bool:
    """The default of `Known.barred`: bars nothing."""
    return False


class Known:
    """A set of token sequences; names that differ only by case, accents, spaces and punctuation are equal.

    exact: sequences are equal only if their tokens are, as for notes: C4 is not C#4.

    >>> tuple("Mr. Mime") in Known([tuple("mr-mime")]), ("C#4",) in Known([("C4",)], exact=True)
    (True, False)
    """

    def __init__(self, sequences: Iterable[Sequence[str]], exact: bool = False):
        self.sequences = tuple(tuple(s) for s in sequences)
        self.as_they_are = frozenset(self.sequences)  # finds most known names without a key
        self.exact = exact
        self.barred: Callable[[Sequence[str]], bool] = _nothing
        self._keys = {self.key(s) for s in self.sequences}
        self._digests: list[np.ndarray] = []  # of all keys, once they are needed
        self._coded: dict[int, tuple[Vocabulary, dict[int, tuple[np.ndarray, np.ndarray]]]] = {}

    def barring(self, barred: Callable[[Sequence[str]], bool]) -> "Known":
        """The same names, and also every sequence for which a function of its tokens is true.

        Draws then come from p(sequence | not known, not barred). The result equals the original, so caches that are
        keyed by the known names stay valid.

        >>> tuple("mow") in Known([]).barring(lambda tokens: "w" in tokens)
        True
        """
        other = copy.copy(self)
        other.barred = barred
        return other

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Known) and self._keys is other._keys

    def __hash__(self) -> int:
        return id(self._keys)

    def __contains__(self, tokens: Sequence[str]) -> bool:
        return self.has(self.key(tokens)) or self.barred(tokens)

    def key(self, tokens: Sequence[str]) -> Hashable:
        """The key of a sequence: equal sequences have equal keys."""
        return tuple(tokens) if self.exact else key("".join(tokens))

    def has(self, key: Hashable) -> bool:
        """Whether a sequence with this key is known."""
        return key in self._keys

    def among(self, ids: np.ndarray, vocabulary: Vocabulary) -> np.ndarray:
        """Which sequences are known or barred, bool (n,), from token ids (n, T) padded with PAST.

        >>> Known(["mew"]).among(np.array([[1, 0, 2], [1, 2, -1]]), Vocabulary("emw")).tolist()
        [True, False]
        """
        told, known = self.told(ids, vocabulary), np.zeros(len(ids), dtype=bool)
        if told is None:
            unclear = np.ones(len(ids), dtype=bool)
        else:
            if not self._digests:
                self._digests.append(digests_of(list(map(str, self._keys))))
            known, unclear = among(told, self._digests[0]), told == 0  # 0: a name of signs only
        if self.barred is not _nothing:
            unclear |= ~known
        for row in np.flatnonzero(unclear).tolist():
            known[row] = vocabulary.decode(ids[row][ids[row] != PAST].tolist()) in self
        return known

    def told(self, ids: np.ndarray, vocabulary: Vocabulary) -> np.ndarray | None:
        """The digest of each sequence's key, uint64 (n,), 0 for a name of signs only; None if keys need text.

        ids: as for `among`.
        """
        letters = None if self.exact else letters_of(vocabulary)
        return None if letters is None else digests(letters[np.ascontiguousarray(ids.T)])

    def __len__(self) -> int:
        return len(self.sequences)

    def fitting(self, constraint: Constraint, vocabulary: Vocabulary) -> tuple[int, ...]:
        """The indices into `sequences` of those that fit a constraint, ascending."""
        return tuple(
            sorted(i for numbers, _ in self.fitting_ids(constraint, vocabulary).values() for i in numbers.tolist())
        )

    def fitting_ids(self, constraint: Constraint, vocabulary: Vocabulary) -> dict[int, tuple[np.ndarray, np.ndarray]]:
        """For each length the indices (N,) and token ids (N, T) of the sequences that fit."""
        fitting = {}
        by_length = self._by_length(vocabulary)
        for length in by_length.keys() & constraint.starts.keys():
            numbers, ids = by_length[length]
            if length in constraint.unconstrained_lengths and not (vocabulary.not_first | vocabulary.not_last).any():
                fitting[length] = (numbers, ids)
                continue
            nodes = np.full(len(ids), constraint.starts[length])
            alive = np.flatnonzero(nodes)
            for t in range(length):
                nodes = constraint.transitions[nodes[nodes != SINK], ids[alive, t]]
                alive = alive[nodes != SINK]
            if len(alive):
                fitting[length] = (numbers[alive], ids[alive])
        return fitting

    def _by_length(self, vocabulary: Vocabulary) -> dict[int, tuple[np.ndarray, np.ndarray]]:
        """The sequences over a vocabulary by length, as indices and ids; cached for each vocabulary."""
        kept = self._coded.get(id(vocabulary))
        if kept is None or kept[0] is not vocabulary:
            kept = self._coded[id(vocabulary)] = (vocabulary, _group(self.sequences, vocabulary))
        return kept[1]


def _group(sequences: Sequence[Sequence[str]], vocabulary: Vocabulary) -> dict[int, tuple[np.ndarray, np.ndarray]]:
    groups: dict[int, tuple[list[int], list[list[int]]]] = {}
    for number, sequence in enumerate(sequences):
        ids = [vocabulary.ids.get(token, -1) for token in sequence]
        if ids and min(ids) >= 0:
            numbers, rows = groups.setdefault(len(ids), ([], []))
            numbers.append(number)
            rows.append(ids)
    return {length: (np.array(numbers), np.array(rows)) for length, (numbers, rows) in groups.items()}
