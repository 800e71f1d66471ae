"""The form of a team's own names: no two signs in a row that no entry has, no space at an edge, brackets in pairs.

The acceptor of a name with letters `a`, a sign `.` and brackets, where entries are like `mr. mime` and `plan (a)`:

    start ──a──▶ (letter) ──"("──▶ (sign "(", open) ──a──▶ (letter, open) ──")"──▶ (sign ")")

The lists of the shelf need no such acceptor: of 25,000 draws none broke the rule, and their seeds still give the same
names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import generator

if TYPE_CHECKING:
    import numpy

    from corpora import Corpus

EDGE = ""  # the start and the end of a name
PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”", "„": "“", '"': '"'}
State = tuple[str | None, str]  # the sign before (None after a letter, EDGE at the start), and the open bracket or ""
LETTER = "a"  # stands for every letter in the acceptor
ROOT, START = 1, 2  # the states after a letter outside of brackets, and before the first token


class Form(NamedTuple):
    """The pairs of signs that are adjacent in a list, edges included, and the brackets that the list always closes."""

    beside: frozenset[tuple[str, str]]
    closed: tuple[str, ...]


def acceptor_for(corpus: Corpus, vocabulary: generator.Vocabulary) -> generator.Acceptor | None:
    """The acceptor of names in the form of a list; None for a list of the shelf, of lines or tunes, or without
    signs."""
    signs = [token for token in vocabulary.tokens if _is_sign(token)]
    if corpus.card.kind != "characters" or corpus.card.date or not signs:
        return None
    form = form_of(corpus.sequences) if corpus.entries else _assumed(signs)
    table, final = _table(form, signs)
    letters = generator.Vocabulary([LETTER, *signs])
    acceptor = generator.Relabelled(
        table, letters, vocabulary, lambda token: token if token in signs else LETTER, START, final
    )
    acceptor.placed = bool(form.closed)  # the open bracket may be many tokens ago
    return acceptor


def form_of(names: Sequence[Sequence[str]]) -> Form:
    """The form of some names, given as tokens.

    >>> form = form_of(["mr. mime", "plan (a)"])
    >>> sorted(form.beside), form.closed
    ([(' ', '('), (')', ''), ('.', ' ')], ('(',))
    """
    around = [(EDGE, *name, EDGE) for name in names]
    beside = {
        (one, other)
        for name in around
        for one, other in zip(name, name[1:], strict=False)
        if all(token == EDGE or _is_sign(token) for token in (one, other))
    }
    return Form(frozenset(beside), tuple(begin for begin in PAIRS if _is_closed(begin, names)))


def _assumed(signs: Sequence[str]) -> Form:
    """The form if there are no names: no sign twice in a row, no space at an edge, and brackets in pairs."""
    every = [EDGE, *signs]
    beside = {(one, other) for one in every for other in every if one != other} - {(EDGE, " "), (" ", EDGE)}
    return Form(frozenset(beside), tuple(begin for begin, end in PAIRS.items() if {begin, end} <= set(signs)))


def _is_sign(token: str) -> bool:
    return bool(token) and not any(unicodedata.category(char)[0] in "LMN" for char in token)


def _is_closed(begin: str, names: Sequence[Sequence[str]]) -> bool:
    """Whether each name with this bracket closes it before it opens another; false if no name has it."""
    end, met = PAIRS[begin], False
    for name in names:
        open_ = False
        for token in name:
            if token not in (begin, end):
                continue
            if token != (end if open_ else begin):
                return False
            open_, met = not open_, True
        if open_:
            return False
    return met


def _table(form: Form, signs: Sequence[str]) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The state after a letter and after each sign at each state, uint16 (A, 1 + signs), and the final states, bool
    (A,); state 0 is SINK."""
    import numpy

    states: list[State] = [(None, ""), (EDGE, "")]
    rows: list[list[int]] = []
    for state in states:  # grows during this loop
        after = [_next(form, state, sign) for sign in (None, *signs)]
        states += [one for one in dict.fromkeys(after) if one is not None and one not in states]
        rows.append([0 if one is None else 1 + states.index(one) for one in after])
    final = [False, *(not open_ and (last is None or (last, EDGE) in form.beside) for last, open_ in states)]
    return numpy.array([[0] * (1 + len(signs)), *rows], dtype=numpy.uint16), numpy.array(final)


def _next(form: Form, state: State, sign: str | None) -> State | None:
    """The state after a sign, or after a letter if `sign` is None; None if the sign may not stand there."""
    last, open_ = state
    if sign is None:
        return None, open_
    if last is not None and (last, sign) not in form.beside:
        return None
    if open_ and sign == PAIRS[open_]:
        return sign, ""
    if sign in form.closed:
        return None if open_ else (sign, sign)
    return None if any(sign == PAIRS[begin] for begin in form.closed) else (sign, open_)
