"""The names that exist already and so are never given as new."""

import copy
from collections.abc import Callable, Hashable, Iterable, Sequence

import numpy as np

from generator.constraints.acceptor import PAST
from generator.constraints.dfa import SINK, Constraint
from generator.constraints.digests import among, digests, digests_of, letters_of
from generator.folding import key
from generator.vocabulary import Vocabulary


def _nothing(tokens: Sequence[str]) -> bool:
    """What is barred where nothing is."""
    return False


class Known:
    """A set of token sequences, in which names equal but for case, accents, spaces and punctuation are one.

    Where they are `exact`, sequences are one if their tokens are: of notes, C4 and C#4 are two.

    >>> tuple("Mr. Mime") in Known([tuple("mr-mime")]), ("C#4",) in Known([("C4",)], exact=True)
    (True, False)
    """

    def __init__(self, sequences: Iterable[Sequence[str]], exact: bool = False):
        self.sequences = tuple(tuple(s) for s in sequences)
        self.as_they_are = frozenset(self.sequences)  # most of what is known is told so, without a key
        self.exact = exact
        self.barred: Callable[[Sequence[str]], bool] = _nothing
        self._keys = {self.key(s) for s in self.sequences}
        self._digests: list[np.ndarray] = []  # of all keys, once they are asked for
        self._coded: dict[int, tuple[Vocabulary, dict[int, tuple[np.ndarray, np.ndarray]]]] = {}

    def barring(self, barred: Callable[[Sequence[str]], bool]) -> "Known":
        """The same known names, and whatever a function says of its tokens is passed over too, as it comes up.

        What is drawn then comes from p(sequence | not known, not barred) all the same. It counts as equal to these
        names, by which what is worked out of them is kept.

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
        """What is the same of two sequences that count as one."""
        return tuple(tokens) if self.exact else key("".join(tokens))

    def has(self, key: Hashable) -> bool:
        """Whether a sequence of that key is among these."""
        return key in self._keys

    def among(self, ids: np.ndarray, vocabulary: Vocabulary) -> np.ndarray:
        """Which sequences are known or barred, each as a row of token ids, PAST after the last; bool (n,).

        >>> Known(["mew"]).among(np.array([[1, 0, 2], [1, 2, -1]]), Vocabulary("emw")).tolist()
        [True, False]
        """
        told, known = self.told(ids, vocabulary), np.zeros(len(ids), dtype=bool)
        if told is None:
            unclear = np.ones(len(ids), dtype=bool)
        else:
            if not self._digests:
                self._digests.append(digests_of(list(self._keys)))
            known, unclear = among(told, self._digests[0]), told == 0  # a name of signs alone
        if self.barred is not _nothing:
            unclear |= ~known
        for row in np.flatnonzero(unclear).tolist():
            known[row] = vocabulary.decode(ids[row][ids[row] != PAST].tolist()) in self
        return known

    def told(self, ids: np.ndarray, vocabulary: Vocabulary) -> np.ndarray | None:
        """The digest of the key of each sequence, given as in `among`: uint64 (n,), 0 for a name of signs alone. None
        where keys are spelt out."""
        letters = None if self.exact else letters_of(vocabulary)
        return None if letters is None else digests(letters[np.ascontiguousarray(ids.T)])

    def __len__(self) -> int:
        return len(self.sequences)

    def fitting(self, constraint: Constraint, vocabulary: Vocabulary) -> tuple[int, ...]:
        """Which sequences fit a constraint as they are, as their places among `sequences`, ascending."""
        return tuple(
            sorted(i for numbers, _ in self.fitting_ids(constraint, vocabulary).values() for i in numbers.tolist())
        )

    def fitting_ids(self, constraint: Constraint, vocabulary: Vocabulary) -> dict[int, tuple[np.ndarray, np.ndarray]]:
        """For each length, the places (N,) and token ids (N, T) of the sequences that fit."""
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
        """All sequences over the vocabulary by length, as places and ids; kept a vocabulary."""
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
