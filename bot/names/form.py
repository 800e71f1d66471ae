"""The form that the names of a team's own list have: no two signs in a row that no entry has, no space at an edge,
brackets in pairs.

The lists of the shelf need no such guard: of 25,000 draws none broke the rule, and their seeds give what they gave.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import generator

if TYPE_CHECKING:
    import numpy

    from corpora import Corpus

EDGE = ""  # stands for the start and the end of a name
PAIRS = {"(": ")", "[": "]", "{": "}", "«": "»", "“": "”", "„": "“", '"': '"'}
State = tuple[str | None, str]  # the sign before, None behind a letter; the bracket that is open, or none


class Form(NamedTuple):
    """Which signs stand beside one another in a list, edges included, and the brackets that it always closes."""

    beside: frozenset[tuple[str, str]]
    closed: tuple[str, ...]


def guard_for(corpus: Corpus, vocabulary: generator.Vocabulary) -> generator.Guard | None:
    """The acceptor of names of the form of a list; None for one of the shelf, of lines or tunes, or without signs."""
    signs = [token for token in vocabulary.tokens if _is_sign(token)]
    if corpus.card.kind != "characters" or corpus.card.date or not signs:
        return None
    form = form_of(corpus.sequences) if corpus.entries else _assumed(signs)
    table, stops = _laid_out(form, signs)
    letters = generator.Vocabulary(["a", *signs])
    guard = generator.Spelt(table, letters, vocabulary, lambda token: token if token in signs else "a", 2, stops)
    guard.placed = bool(form.closed)  # what may follow depends on the bracket that is open
    return guard


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
        if all(sign == EDGE or _is_sign(sign) for sign in (one, other))
    }
    return Form(frozenset(beside), tuple(begin for begin in PAIRS if _is_closed(begin, names)))


def _assumed(signs: Sequence[str]) -> Form:
    """The form where no names are at hand: no sign twice in a row, no space at an edge, and brackets in pairs."""
    every = [EDGE, *signs]
    beside = {(one, other) for one in every for other in every if one != other} - {(EDGE, " "), (" ", EDGE)}
    return Form(frozenset(beside), tuple(begin for begin, end in PAIRS.items() if {begin, end} <= set(signs)))


def _is_sign(token: str) -> bool:
    return bool(token) and not any(unicodedata.category(char)[0] in "LMN" for char in token)


def _is_closed(begin: str, names: Sequence[Sequence[str]]) -> bool:
    """Whether each of the names that has a bracket closes it, one at a time; false if none has."""
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


def _laid_out(form: Form, signs: Sequence[str]) -> tuple[numpy.ndarray, numpy.ndarray]:
    """The state after a letter or a sign at each state, and where a name may end: state 0 is dead, 1 is behind a
    letter outside of brackets, 2 the start."""
    import numpy

    states: list[State] = [(None, ""), (EDGE, "")]
    rows: list[list[int]] = []
    for state in states:  # it grows as it is read
        after = [_after(form, state, sign) for sign in (None, *signs)]
        states += [one for one in dict.fromkeys(after) if one is not None and one not in states]
        rows.append([0 if one is None else 1 + states.index(one) for one in after])
    stops = [False, *(not open_ and (last is None or (last, EDGE) in form.beside) for last, open_ in states)]
    return numpy.array([[0] * (1 + len(signs)), *rows], dtype=numpy.uint16), numpy.array(stops)


def _after(form: Form, state: State, sign: str | None) -> State | None:
    """The state after a sign, or after a letter (None); None where the sign may not stand there."""
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
