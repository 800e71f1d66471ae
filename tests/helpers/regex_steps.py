"""A regular expression's work, counted: the pattern as Python parses it, matched by backtracking as its engine does.

The engine itself counts nothing, and time is no measure on a busy machine.
"""

import re
from collections.abc import Callable, Iterator
from re import _constants as op
from re import _parser

SINGLE = (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN)
Ends = Iterator[int]


class Matcher:
    """A pattern whose comparisons of a character are counted in `steps`."""

    def __init__(self, pattern: re.Pattern):
        self.nodes = list(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE | re.UNICODE))
        self.steps = 0

    def work(self, text: str, finds: bool = True) -> int:
        """The steps of matching a text whole, and, if it `finds`, of finding all matches in it."""
        self.steps, self.text, start, groups = 0, text, 0, {}
        while finds and start <= len(text):
            end = next(self.seq(self.nodes, 0, start, groups), start)
            start = max(end, start + 1)
        for end in self.seq(self.nodes, 0, 0, groups):
            if end == len(text):
                break
        return self.steps

    def seq(self, nodes: list, at: int, i: int, groups: dict) -> Ends:
        if at == len(nodes):
            yield i
            return
        for j in self.node(*nodes[at], i, groups):
            yield from self.seq(nodes, at + 1, j, groups)

    def node(self, kind, given, i: int, groups: dict) -> Ends:
        if kind in SINGLE:
            if self.reads(kind, given, i):
                yield i + 1
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            yield from self.repeat(kind, *given, i, groups)
        elif kind is op.SUBPATTERN:
            for j in self.seq(list(given[-1]), 0, i, groups):
                groups[given[0]] = self.text[i:j]
                yield j
        elif kind is op.ATOMIC_GROUP:
            yield from list(self.seq(list(given), 0, i, groups))[:1]
        elif kind is op.BRANCH:
            for branch in given[1]:
                yield from self.seq(list(branch), 0, i, groups)
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            yield from self.looks(kind, *given, i, groups)
        elif kind is op.GROUPREF:
            self.steps += 1
            said = groups.get(given, "")
            if self.text.startswith(said, i):
                yield i + len(said)
        elif kind is op.AT:
            self.steps += 1
            if self.stands(given, i):
                yield i
        else:
            raise NotImplementedError(kind)

    def repeat(self, kind, low: int, high: int, body, i: int, groups: dict) -> Ends:
        found = (
            self.run(list(body), low, high, i) if self.single(body) else self.again(list(body), low, high, i, groups)
        )
        if kind is op.MIN_REPEAT:
            found = reversed(list(found))
        if kind is op.POSSESSIVE_REPEAT:
            found = list(found)[:1]
        yield from found

    def single(self, body) -> bool:
        return len(body) == 1 and body[0][0] in SINGLE

    def run(self, body: list, low: int, high: int, i: int) -> Ends:
        j = i
        while j - i < high and self.reads(*body[0], j):
            j += 1
        yield from range(j, i + low - 1, -1)

    def again(self, body: list, low: int, high: int, i: int, groups: dict, done: int = 0) -> Ends:
        if done < high:
            for j in self.seq(body, 0, i, groups):
                if j > i:
                    yield from self.again(body, low, high, j, groups, done + 1)
        if done >= low:
            yield i

    def looks(self, kind, direction: int, body, i: int, groups: dict) -> Ends:
        starts = [i] if direction > 0 else range(max(0, i - 8), i + 1)
        ends = (end for start in starts for end in self.seq(list(body), 0, start, groups))
        held = any(direction > 0 or end == i for end in ends)
        if held == (kind is op.ASSERT):
            yield i

    def stands(self, where, i: int) -> bool:
        before, after = self.text[i - 1 : i], self.text[i : i + 1]
        edge = bool(re.match(r"\w", before)) != bool(re.match(r"\w", after))
        return {
            op.AT_BEGINNING: i == 0, op.AT_BEGINNING_STRING: i == 0, op.AT_END: not after,
            op.AT_END_STRING: not after, op.AT_BOUNDARY: edge, op.AT_NON_BOUNDARY: not edge,
        }[where]  # fmt: skip

    def reads(self, kind, given, i: int) -> bool:
        self.steps += 1
        return i < len(self.text) and test(kind, given)(self.text[i])


_TESTS: dict = {}


def test(kind, given) -> Callable[[str], bool]:
    """The test of one character, by the engine itself."""
    key = kind, repr(given)
    if key not in _TESTS:
        _TESTS[key] = _made(kind, given)
    return _TESTS[key]


def _made(kind, given) -> Callable[[str], bool]:
    if kind is op.ANY:
        return lambda char: True
    if kind is op.LITERAL:
        return lambda char: char == chr(given)
    if kind is op.NOT_LITERAL:
        return lambda char: char != chr(given)
    whole = _compiled([(kind, given)])
    return lambda char: whole.match(char) is not None


def _compiled(nodes: list) -> re.Pattern:
    from re import _compiler

    state = _parser.State()
    state.str = ""
    return _compiler.compile(_parser.SubPattern(state, nodes))


def letters(pattern: re.Pattern) -> list[str]:
    """Characters that the pattern speaks of, and a few others."""
    said = [char for char in dict.fromkeys(re.sub(r"\\.|\(\?P<\w+>", "", pattern.pattern)) if char not in "()?+{}|^$"]
    return list(dict.fromkeys([*said[:5], " ", "a", "0", "."]))
