"""What must never be said, however it is written: a guard against forbidden stems and whole words.

The letters that a token may stand for (its folding) are read by a non-deterministic automaton over two tries: one of
stems, which may begin anywhere, and one of words, which begin and end at a boundary. The subset construction makes it
deterministic.
"""

from collections.abc import Callable, Iterable

import numpy as np

from generator.constraints.acceptor import DEAD, Table
from generator.vocabulary import Vocabulary

BOUNDARIES = frozenset(" -")  # tokens between which a whole word stands; so do the beginning and the end
ROOT = 1  # nothing forbidden is under way
STEM, WORD = 0, 1  # nodes: the roots of the two tries
Fold = Callable[[str], Iterable[str]]
Nodes = frozenset[int]


def forbid(
    stems: Iterable[str],
    vocabulary: Vocabulary,
    fold: Fold,
    words: Iterable[str] = (),
    collapse: bool = True,
    boundaries: frozenset[str] = BOUNDARIES,
) -> Table:
    """The guard that no sequence holds one of some stems, nor is or holds one of some words as a whole word.

    fold: what a token may be read as: strings of letters as stems are written; "" (or nothing) lets it be passed over
    (a dot, and for stems a space too), several are look-alikes ("1" for i or l). collapse: a letter may be said longer
    than it is written (`fuuun` holds `fun`). boundaries: tokens at which a whole word begins and ends. Where tokens are
    words themselves each is looked at alone.

    >>> from generator.constraints.acceptor import allowed
    >>> vocabulary = Vocabulary("bdgou-")
    >>> guard = forbid(["bug"], vocabulary, lambda token: {token.strip("-")}, words=["dog"])
    >>> names = ("odbuugo", "bu-go", "b-dog-o", "dogo", "dob-ug")
    >>> [bool(allowed(guard, vocabulary.encode(name)[None])[0]) for name in names]
    [False, False, False, True, False]
    """
    nfa = _Tries(stems, words, collapse)
    readings: dict[object, list[int]] = {}  # tokens that are read alike, as one class
    for i, token in enumerate(vocabulary.tokens):
        readings.setdefault((frozenset(fold(token)) or frozenset([""]), token in boundaries), []).append(i)
    if vocabulary.of_words:
        return _alone(nfa, readings, vocabulary)
    return _Subsets(nfa, [_Class(options, bounds, tokens) for (options, bounds), tokens in readings.items()]).guard(
        vocabulary
    )


def _alone(nfa: "_Tries", readings: dict, vocabulary: Vocabulary) -> Table:
    """The guard whose only states are dead and not."""
    row = np.full(len(vocabulary), ROOT, dtype=np.int32)
    for (options, _), tokens in readings.items():
        if any(nfa.holds(option) for option in options):
            row[tokens] = DEAD
    none = np.empty(0, dtype=np.int64)
    return Table(
        vocabulary,
        ROOT,
        ROOT,
        none,
        none.astype(np.int32),
        np.array([DEAD, ROOT], dtype=np.int32),
        row,
        np.array([False, True]),
    )


class _Class:
    """Tokens that are read alike: what each may be read as, whether a word ends there, and their ids."""

    def __init__(self, options: Nodes, bounds: bool, tokens: list[int]):
        self.options, self.bounds, self.tokens = tuple(sorted(options)), bounds, tokens


class _Tries:
    """The tries of stems and words: nodes, the letter that leads to each, and where something forbidden is complete."""

    def __init__(self, stems: Iterable[str], words: Iterable[str], collapse: bool):
        self.collapse = collapse
        self.children: list[dict[str, int]] = [{}, {}]
        self.letter = ["", ""]
        self.stems = {self._add(STEM, stem) for stem in stems if stem}
        self.first_word = len(self.letter)
        self.words = {self._add(WORD, word) for word in words if word}

    def _add(self, node: int, text: str) -> int:
        for letter in text:
            if letter not in self.children[node]:
                self.children[node][letter] = len(self.letter)
                self.children.append({})
                self.letter.append(letter)
            node = self.children[node][letter]
        return node

    def read(self, nodes: Iterable[int], letters: str) -> Nodes | None:
        """The nodes after some letters, None where a stem is complete on the way."""
        here = frozenset(nodes)
        for letter in letters:
            stay = {node for node in here if self.collapse and self.letter[node] == letter}
            here = frozenset(
                stay.union(*({self.children[node][letter]} for node in here if letter in self.children[node]))
            )
            if here & self.stems:
                return None
        return here

    def restart(self, letters: str) -> Nodes | None:
        """The nodes after some letters for stems that begin among them, None where one is complete."""
        here: Nodes = frozenset()
        for letter in letters:
            ahead = self.read(here | {STEM}, letter)
            if ahead is None:
                return None
            here = ahead
        return here

    def holds(self, text: str) -> bool:
        """Whether a text holds a stem or is a word."""
        word = self.read([WORD], text)
        return self.restart(text) is None or word is None or bool(word & self.words)


class _Subsets:
    """The subset construction: a state is the set of nodes that are under way, the root of words among them at a
    boundary."""

    def __init__(self, nfa: _Tries, classes: list[_Class]):
        self.nfa, self.classes = nfa, classes
        self.begin: Nodes = frozenset([WORD] if nfa.words else [])
        self.number: dict[Nodes, int] = {frozenset(): ROOT}
        self.sets: list[Nodes] = [frozenset()]
        self.moves: dict[int, dict[int, Nodes | None]] = {}
        self.hearing: dict[
            str, list[int]
        ] = {}  # the classes that a letter, a boundary or nothing at all ("") may begin
        for k, some in enumerate(classes):
            for first in {option[:1] for option in some.options} | ({""} if some.bounds else set()):
                self.hearing.setdefault(first, []).append(k)

    def guard(self, vocabulary: Vocabulary) -> Table:
        """The states with what is special to each, equal ones as one."""
        start, self.fresh = self._numbered(self.begin), [self._restarted(some) for some in self.classes]
        row = [self._numbered(nodes) for nodes in self.fresh]
        rows = [
            {},
            *({k: to for k, to in self._row(nodes).items() if to != row[k]} for nodes in self.sets),
        ]  # it grows as it is read
        stops = [False, *(not nodes & self.nfa.words for nodes in self.sets)]
        number, row, rows, stops = _merged(row, rows, stops)
        return self._table(vocabulary, number[start], row, rows, stops)

    def _numbered(self, nodes: Nodes | None) -> int:
        if nodes is None:
            return DEAD
        if nodes not in self.number:
            self.sets.append(nodes)
            self.number[nodes] = len(self.sets)
        return self.number[nodes]

    def _restarted(self, some: _Class) -> Nodes | None:
        """Where tokens of a class lead when nothing is under way."""
        after = [self.nfa.restart(option) for option in some.options]
        return None if None in after else (self.begin if some.bounds else frozenset()).union(*after)

    def _row(self, nodes: Nodes) -> dict[int, int]:
        """The states after the classes to which a set of nodes has something to say."""
        ahead: dict[int, Nodes | None] = {}
        for node in nodes:
            for k, after in self._moved(node).items():
                so_far = ahead.get(k, self.fresh[k])
                ahead[k] = None if after is None or so_far is None else so_far | after
        return {k: self._numbered(after) for k, after in ahead.items()}

    def _moved(self, node: int) -> dict[int, Nodes | None]:
        """Where one node leads by itself, for each class to which it has something to say; None where something
        forbidden is complete."""
        if node not in self.moves:
            heard = {
                k
                for first in {"", self.nfa.letter[node], *self.nfa.children[node]}
                for k in self.hearing.get(first, ())
            }
            self.moves[node] = {k: self._move(node, self.classes[k]) for k in heard}
        return self.moves[node]

    def _move(self, node: int, some: _Class) -> Nodes | None:
        if some.bounds and node >= self.nfa.first_word:
            return None if node in self.nfa.words else frozenset()
        after = [self.nfa.read([node], option) for option in some.options]
        return None if None in after else frozenset().union(*after)

    def _table(
        self, vocabulary: Vocabulary, start: int, row: list[int], rows: list[dict[int, int]], stops: list[bool]
    ) -> Table:
        codes = np.array(
            [
                (state * len(vocabulary) + token, to)
                for state, special in enumerate(rows)
                for k, to in special.items()
                for token in self.classes[k].tokens
            ],
            dtype=np.int64,
        ).reshape(-1, 2)
        codes = codes[np.argsort(codes[:, 0])]
        whole = np.empty(len(vocabulary), dtype=np.int32)
        for k, some in enumerate(self.classes):
            whole[some.tokens] = row[k]
        instead = np.full(len(rows), ROOT, dtype=np.int32)
        instead[DEAD] = DEAD
        return Table(
            vocabulary, start, ROOT, codes[:, 0], codes[:, 1].astype(np.int32), instead, whole, np.array(stops)
        )


def _merged(
    row: list[int], rows: list[dict[int, int]], stops: list[bool]
) -> tuple[list[int], list[int], list[dict[int, int]], list[bool]]:
    """The states with those as one that lead alike, and the number that each has now; the ends of words are mostly
    alike."""
    number = list(range(len(rows)))
    while True:
        kinds: dict[object, int] = {None: DEAD}
        now = [
            DEAD,
            *(
                kinds.setdefault(
                    (stops[state], frozenset((k, -1 if to == state else to) for k, to in rows[state].items())),
                    len(kinds),
                )
                for state in range(ROOT, len(rows))
            ),
        ]
        if len(kinds) == len(rows):
            return number, row, rows, stops
        first = {to: state for state, to in reversed(list(enumerate(now)))}
        row = [now[to] for to in row]
        rows = [{k: now[to] for k, to in rows[first[kind]].items() if now[to] != row[k]} for kind in range(len(kinds))]
        stops = [stops[first[kind]] for kind in range(len(kinds))]
        number = [now[old] for old in number]
