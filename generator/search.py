"""The most probable sequences that fit, likeliest first.

A search goes forward one token a layer and keeps the prefixes with the best bounds. The bound of a prefix is its own probability
times the best that can follow it (max messages), never too low, and in the last layer it is the probability itself. The greatest
bound ever dropped tells whether the list is the true one: no sequence that was lost can be likelier. If it could, the search runs
again with a wider beam, until it is exact or the widest beam is spent; then the gap says how much likelier at most.
"""

from typing import NamedTuple

import numpy as np

from .constraint import Constraint
from .found import Found
from .known import Known
from .messages import Messages
from .models import Model, messages_of
from .queries import length_log_probs

BEAMS = (64, 256, 1024, 8192)  # prefixes kept a layer, in turn
WIDEST = 150_000  # prefixes kept over all layers together: a search through 64 places ends within a second too
ROUNDING = 1e-9  # nats: two orders of adding up one probability may differ by this much


class Completions(NamedTuple):
    """Sequences, likeliest first; interleaved by length where the constraint leaves it open.

    exact: nothing that fits is likelier and not here. gap: how many nats likelier such a one could be at most; 0 where exact.
    """

    found: tuple[Found, ...]
    exact: bool
    gap: float


def complete(model: Model, constraint: Constraint, n: int, known: Known | None = None, skip: int = 0,
             beams: tuple[int, ...] = BEAMS) -> Completions:
    """The n most probable sequences that fit and are not known, after the first `skip` of them.

    With several lengths, each is ranked by itself, and they share the list in proportion to p(length | constraint).
    With `known`, sequences equal to a known or a likelier one but for case, accents, spaces and punctuation are passed over.
    """
    messages = messages_of(model, constraint, best=True)
    seats = _Seats(model, constraint)
    answers = {length: _OneLength(model, messages, constraint, length, known, beams, seats.expected(length, n + skip))
               for length in constraint.lengths}
    found, gap = [], 0.0
    while len(found) < n + skip and seats.open:
        length = seats.next()
        next_found = answers[length].get(seats.taken[length])
        if next_found is None:
            seats.close(length)
        else:
            found.append(next_found)
            seats.taken[length] += 1
        gap = max(gap, answers[length].gap)
    return Completions(tuple(found[skip:]), gap == 0.0, gap)


class _Seats:
    """Which length comes next in a list: the one furthest behind its share p(length | constraint) (D'Hondt's rule)."""

    def __init__(self, model: Model, constraint: Constraint):
        several = len(constraint.lengths) > 1
        self.share = length_log_probs(model, constraint) if several else dict.fromkeys(constraint.lengths, 0.0)
        self.taken = dict.fromkeys(constraint.lengths, 0)
        self.open = [length for length, share in self.share.items() if share > -np.inf]

    def expected(self, length: int, n: int) -> int:
        """About how many of n places a length will get."""
        if length not in self.open:
            return 0
        shares = np.array(list(self.share.values()))
        return int(np.ceil(n * np.exp(self.share[length] - np.logaddexp.reduce(shares)))) if len(shares) > 1 else n

    def next(self) -> int:
        return max(self.open, key=lambda length: self.share[length] - np.log(self.taken[length] + 1))

    def close(self, length: int) -> None:
        """A length with no more sequences leaves its seats to the others."""
        self.open.remove(length)


class _OneLength:
    """The completions of one length, likeliest first, searched for as they are asked for."""

    def __init__(self, model: Model, messages: Messages, constraint: Constraint, length: int, known: Known | None,
                 beams: tuple[int, ...], expected: int):
        self.model, self.messages, self.constraint, self.length = model, messages, constraint, length
        self.known, self.beams, self.expected = known, beams, expected
        self.found: list[Found] = []
        self.complete, self.gap = False, 0.0

    def get(self, place: int) -> Found | None:
        """The sequence at a place in the list, None past the end of what fits or of what the widest beam reached."""
        if place >= len(self.found) and not self.complete:
            self._search(max(self.expected, 2 * place, 1))
        return self.found[place] if place < len(self.found) else None

    def _search(self, count: int) -> None:
        """Find the best `count`, with wider beams until no lost prefix could lead to a likelier one."""
        least = -np.inf
        for beam in self.beams:
            self.found, lost = self._sweep(count, max(min(beam, WIDEST // self.length), 2 * count), least)
            short = len(self.found) < count
            least = -np.inf if short else self.found[-1].log_prob
            if lost <= least + ROUNDING:
                break
        exact = lost <= least + ROUNDING
        self.complete = short
        last = self.found[-1].log_prob if self.found else -np.inf
        self.gap = 0.0 if exact else lost - last

    def _sweep(self, count: int, beam: int, least: float) -> tuple[list[Found], float]:
        """One search with a beam; also the greatest bound that fell off it. Bounds under `least` need not be followed."""
        frontier, nodes = self.model.begin(np.array([self.length])), np.array([self.constraint.starts[self.length]])
        ids, lost = np.empty((1, 0), dtype=np.int64), -np.inf
        for _ in range(self.length - 1):
            bounds = self.messages.step(frontier, nodes).log()
            rows, tokens, dropped = _best(bounds, beam, least - ROUNDING)
            lost = max(lost, dropped)
            if not len(rows):
                return [], lost
            frontier = self.model.advance(frontier, rows, tokens)
            nodes = self.constraint.children[nodes[rows], tokens]
            ids = np.column_stack([ids[rows], tokens])
        return self._finish(self.messages.step(frontier, nodes).log(), ids, count), lost

    def _finish(self, log_probs: np.ndarray, ids: np.ndarray, count: int) -> list[Found]:
        """The best whole sequences that are not known."""
        found, seen = [], set()
        flat = log_probs.ravel()
        fitting = np.flatnonzero(flat > -np.inf)
        for place in fitting[np.argsort(-flat[fitting], kind="stable")]:
            row, token = divmod(int(place), log_probs.shape[1])
            tokens = self.model.vocabulary.decode([*ids[row].tolist(), token])
            if self.known is not None:
                name = self.known.key(tokens)
                if name in seen or tokens in self.known:
                    continue
                seen.add(name)
            found.append(Found(tokens, float(flat[place])))
            if len(found) == count:
                break
        return found


def _best(bounds: np.ndarray, beam: int, least: float) -> tuple[np.ndarray, np.ndarray, float]:
    """Rows and columns of the best `beam` bounds of at least `least`, and the greatest bound left out beyond that."""
    flat = bounds.ravel()
    places = np.flatnonzero((flat >= least) & (flat > -np.inf))
    dropped = -np.inf
    if len(places) > beam:
        order = np.argpartition(-flat[places], beam)
        dropped = float(flat[places[order[beam:]]].max())
        places = np.sort(places[order[:beam]])
    rows, columns = np.divmod(places, bounds.shape[1])
    return rows, columns, dropped
