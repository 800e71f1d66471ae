"""The acceptor of sequences without blocked substrings: stems anywhere, and whole words, however they are written.

A token is read as the letters that it may stand for (its folding). A non-deterministic automaton reads them on two
tries: stems may begin anywhere, words begin and end at a boundary. The subset construction determinizes it. The stem
`bug`, with letters drawn out:

    any letter   b       u       g
       ┌─┐      ┌─┐     ┌─┐
       ▼ │      ▼ │     ▼ │
      (root)─b─▶(b)─u─▶(bu)─g─▶ SINK
"""

from collections.abc import Callable, Iterable

import numpy as np

from generator.constraints.acceptor import SINK, Table
from generator.vocabulary import Vocabulary

BOUNDARIES = frozenset(" -")  # tokens that end a word, as the beginning and the end do
ROOT = 1  # no stem and no word has begun
STEM, WORD = 0, 1  # the root nodes of the two tries
Fold = Callable[[str], Iterable[str]]
Nodes = frozenset[int]


def blocked_substrings(
    stems: Iterable[str],
    vocabulary: Vocabulary,
    fold: Fold,
    words: Iterable[str] = (),
    collapse: bool = True,
    boundaries: frozenset[str] = BOUNDARIES,
) -> Table:
    """The acceptor of sequences that hold none of some stems, and none of some words as a whole word.

    fold: the strings of letters that a token may be read as. "" or nothing: the token is skipped, as a dot is, and for
    stems a space. Several: look-alikes, as "1" for i or l. collapse: a letter may be repeated (`fuuun` holds `fun`).
    boundaries: tokens at which words begin and end. If tokens are words, each is read alone.

    >>> from generator.constraints.acceptor import allowed
    >>> vocabulary = Vocabulary("bdgou-")
    >>> acceptor = blocked_substrings(["bug"], vocabulary, lambda token: {token.strip("-")}, words=["dog"])
    >>> names = ("odbuugo", "bu-go", "b-dog-o", "dogo", "dob-ug")
    >>> [bool(allowed(acceptor, vocabulary.encode(name)[None])[0]) for name in names]
    [False, False, False, True, False]
    """
    nfa = _Tries(stems, words, collapse)
    readings: dict[tuple[frozenset[str], bool], list[int]] = {}  # classes of tokens with the same readings
    for i, token in enumerate(vocabulary.tokens):
        readings.setdefault((frozenset(fold(token)) or frozenset([""]), token in boundaries), []).append(i)
    if vocabulary.of_words:
        return _alone(nfa, readings, vocabulary)
    return _Subsets(nfa, [_Class(options, bounds, tokens) for (options, bounds), tokens in readings.items()]).acceptor(
        vocabulary
    )


def _alone(nfa: "_Tries", readings: dict, vocabulary: Vocabulary) -> Table:
    """The acceptor over words: SINK after a blocked token, ROOT after any other."""
    row = np.full(len(vocabulary), ROOT, dtype=np.int32)
    for (options, _), tokens in readings.items():
        if any(nfa.holds(option) for option in options):
            row[tokens] = SINK
    none = np.empty(0, dtype=np.int64)
    return Table(
        vocabulary,
        ROOT,
        ROOT,
        none,
        none.astype(np.int32),
        np.array([SINK, ROOT], dtype=np.int32),
        row,
        np.array([False, True]),
    )


class _Class:
    """Tokens with the same readings: the readings, whether the tokens are boundaries, and the ids."""

    def __init__(self, options: frozenset[str], bounds: bool, tokens: list[int]):
        self.options, self.bounds, self.tokens = tuple(sorted(options)), bounds, tokens


class _Tries:
    """The tries of stems and words: nodes, the letter that leads to each, and the nodes where one is complete."""

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
        """The nodes after some letters; None if they complete a stem."""
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
        """The nodes of stems that begin among some letters; None if one is complete."""
        here: Nodes = frozenset()
        for letter in letters:
            ahead = self.read(here | {STEM}, letter)
            if ahead is None:
                return None
            here = ahead
        return here

    def holds(self, text: str) -> bool:
        """Whether a text holds a stem or is a word of the list."""
        word = self.read([WORD], text)
        return self.restart(text) is None or word is None or bool(word & self.words)


class _Subsets:
    """The subset construction: a state is the set of active nodes, with the root of words after a boundary."""

    def __init__(self, nfa: _Tries, classes: list[_Class]):
        self.nfa, self.classes = nfa, classes
        self.begin: Nodes = frozenset([WORD] if nfa.words else [])
        self.number: dict[Nodes, int] = {frozenset(): ROOT}
        self.sets: list[Nodes] = [frozenset()]
        self.moves: dict[int, dict[int, Nodes | None]] = {}
        # The classes with a reading that begins with a letter; under "" boundaries and tokens that are skipped.
        self.classes_by_first: dict[str, list[int]] = {}
        for k, some in enumerate(classes):
            for first in {option[:1] for option in some.options} | ({""} if some.bounds else set()):
                self.classes_by_first.setdefault(first, []).append(k)

    def acceptor(self, vocabulary: Vocabulary) -> Table:
        """The minimal automaton as a Table."""
        start, self.restarted = self._numbered(self.begin), [self._restarted(some) for some in self.classes]
        row = [self._numbered(nodes) for nodes in self.restarted]
        rows = [
            {},
            *({k: to for k, to in self._row(nodes).items() if to != row[k]} for nodes in self.sets),
        ]  # self.sets grows during this loop
        final = [False, *(not nodes & self.nfa.words for nodes in self.sets)]
        number, row, rows, final = _merged(row, rows, final)
        return self._table(vocabulary, number[start], row, rows, final)

    def _numbered(self, nodes: Nodes | None) -> int:
        if nodes is None:
            return SINK
        if nodes not in self.number:
            self.sets.append(nodes)
            self.number[nodes] = len(self.sets)
        return self.number[nodes]

    def _restarted(self, some: _Class) -> Nodes | None:
        """The nodes after a class of tokens from the root."""
        return _union([self.begin if some.bounds else frozenset(), *map(self.nfa.restart, some.options)])

    def _row(self, nodes: Nodes) -> dict[int, int]:
        """The states after the classes that a set of nodes reads otherwise than the root does."""
        ahead: dict[int, Nodes | None] = {}
        for node in nodes:
            for k, after in self._moved(node).items():
                so_far = ahead.get(k, self.restarted[k])
                ahead[k] = None if after is None or so_far is None else so_far | after
        return {k: self._numbered(after) for k, after in ahead.items()}

    def _moved(self, node: int) -> dict[int, Nodes | None]:
        """The nodes after one node, for each class that it reads; None if that completes a stem or a word."""
        if node not in self.moves:
            read = {
                k
                for first in {"", self.nfa.letter[node], *self.nfa.children[node]}
                for k in self.classes_by_first.get(first, ())
            }
            self.moves[node] = {k: self._move(node, self.classes[k]) for k in read}
        return self.moves[node]

    def _move(self, node: int, some: _Class) -> Nodes | None:
        if some.bounds and node >= self.nfa.first_word:
            return None if node in self.nfa.words else frozenset()
        return _union(self.nfa.read([node], option) for option in some.options)

    def _table(
        self, vocabulary: Vocabulary, start: int, row: list[int], rows: list[dict[int, int]], final: list[bool]
    ) -> Table:
        codes = np.array(
            [
                (state * len(vocabulary) + token, to)
                for state, explicit in enumerate(rows)
                for k, to in explicit.items()
                for token in self.classes[k].tokens
            ],
            dtype=np.int64,
        ).reshape(-1, 2)
        codes = codes[np.argsort(codes[:, 0])]
        whole = np.empty(len(vocabulary), dtype=np.int32)
        for k, some in enumerate(self.classes):
            whole[some.tokens] = row[k]
        failure = np.full(len(rows), ROOT, dtype=np.int32)
        failure[SINK] = SINK
        return Table(
            vocabulary, start, ROOT, codes[:, 0], codes[:, 1].astype(np.int32), failure, whole, np.array(final)
        )


def _union(each: Iterable[Nodes | None]) -> Nodes | None:
    """The union of sets of nodes; None if any is None."""
    union: Nodes = frozenset()
    for nodes in each:
        if nodes is None:
            return None
        union |= nodes
    return union


def _merged(
    row: list[int], rows: list[dict[int, int]], final: list[bool]
) -> tuple[list[int], list[int], list[dict[int, int]], list[bool]]:
    """Merge states with equal rows until none are left (Moore 1956); also the new number of each old state."""
    number = list(range(len(rows)))
    while True:
        blocks: dict[object, int] = {None: SINK}
        now = [
            SINK,
            *(
                blocks.setdefault(
                    (final[state], frozenset((k, -1 if to == state else to) for k, to in rows[state].items())),
                    len(blocks),
                )
                for state in range(ROOT, len(rows))
            ),
        ]
        if len(blocks) == len(rows):
            return number, row, rows, final
        first = {to: state for state, to in reversed(list(enumerate(now)))}
        row = [now[to] for to in row]
        rows = [
            {k: now[to] for k, to in rows[first[block]].items() if now[to] != row[k]} for block in range(len(blocks))
        ]
        final = [final[first[block]] for block in range(len(blocks))]
        number = [now[old] for old in number]
