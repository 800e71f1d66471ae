"""The most probable sequences that fit, likeliest first.

A beam search goes forward one token a layer and keeps the prefixes with the best bounds. The bound of a prefix is its
own probability times a bound of the best completion (max messages). It is never too low, and at the last token it is
the probability itself. No lost sequence can be likelier than the greatest bound that was dropped. If that bound exceeds
the last of the list, the search runs again with a wider beam. After the widest beam, or when the work of the list is
done, the gap says by how much at most a lost sequence could be likelier. Work is counted in bounds, not in seconds, so
that an answer does not depend on the machine.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from generator.constraints.dfa import SINK, Constraint
from generator.constraints.known import Known
from generator.constraints.metre import metre_in
from generator.inference.automaton import Automaton, messages_of
from generator.inference.messages import Frontier, Messages
from generator.inference.product import in_metre
from generator.models.model import Model
from generator.queries.found import Found
from generator.queries.seats import Seats

BEAMS = (16, 128, 512, 2048, 8192)
MANY_KNOWN = 4_000  # known sequences: so many fill the first beam
WIDEST = 150_000  # prefixes of all layers together: a search through 64 layers takes a second
IN_METRE = 3  # times fewer in metre, where each takes three times as long
MOST_MASSES = 10_000_000  # of a layer: a vocabulary of thousands of words keeps fewer prefixes, to save gigabytes
MOST_WORK = 12_000_000  # bounds that one list works out before it stops widening its beams, whatever the machine
CHUNK = 8  # times as many whole sequences are sorted as are wanted: some are known
ROUNDING = 1e-9  # nats: two orders of adding up one probability may differ by this much


class Completions(NamedTuple):
    """Sequences, likeliest first; interleaved by length if the constraint leaves the length open.

    exact: no sequence that fits and is missing is likelier than one of its length in the list; if there are fewer than
    asked for, no more fit. gap: nats by which a missing one could at most be likelier than the last of its length; 0 if
    exact, inf if the list may end too early.
    """

    found: tuple[Found, ...]
    exact: bool
    gap: float


def complete(
    model: Model,
    constraint: Constraint,
    n: int,
    known: Known | None = None,
    skip: int = 0,
    beams: tuple[int, ...] = BEAMS,
) -> Completions:
    """The n most probable sequences that fit and are not known, after the first `skip` of them.

    With several lengths, each is ranked by itself, and they share the list in proportion to p(length | pattern),
    without the acceptor and known names. With `known`, a sequence is passed over if it differs from a known or a
    likelier one by case, accents, spaces and punctuation alone.

    >>> import generator
    >>> model = generator.train("chain", ["mew", "mew", "mow", "muk"], None, order=1)
    >>> pattern = generator.constrain(generator.parse_pattern("m*w"), model.vocabulary)
    >>> ["".join(found.tokens) for found in complete(model, pattern, 9).found]
    ['mew', 'mow']
    """
    seats, work = Seats(model, constraint), _Work()
    under = in_metre(model, constraint)
    messages = messages_of(under, constraint, best=True)
    answers = {
        length: _OneLength(under, messages, constraint, length, known, beams, seats.expected(length, n + skip), work)
        for length in constraint.lengths
    }
    while len(seats.given) < n + skip and seats.open:
        length = seats.next()
        if answers[length].reaches(seats.taken[length]):
            seats.give(length)
        else:
            seats.close(length)
    gap = max((answer.gap for answer in answers.values()), default=0.0)
    places = {length: iter(answer.found) for length, answer in answers.items()}
    return Completions(tuple(next(places[length]) for length in seats.given)[skip:], gap == 0.0, gap)


class _Work:
    """The bounds that all searches of one list have worked out."""

    def __init__(self) -> None:
        self.done = 0

    @property
    def spent(self) -> bool:
        return self.done >= MOST_WORK


class _OneLength:
    """The completions of one length, likeliest first, searched for as they are asked for."""

    def __init__(
        self,
        model: Automaton,
        messages: Messages,
        constraint: Constraint,
        length: int,
        known: Known | None,
        beams: tuple[int, ...],
        expected: int,
        work: _Work,
    ):
        self.model, self.messages, self.constraint, self.length = model, messages, constraint, length
        self.known, self.beams, self.expected, self.work = known, beams, expected, work
        self.cost = IN_METRE if metre_in(constraint.acceptor) else 1
        self.found: list[Found] = []
        self.asked = 0  # how many places were asked for so far
        self.complete, self.lost = False, -np.inf  # lost: the greatest bound that the last search dropped

    def reaches(self, place: int) -> bool:
        """Whether there is a sequence at a place in the list, within what fits and what the widest beam reaches."""
        self.asked = place + 1
        if place >= len(self.found) and not self.complete:
            self._search(max(self.expected, 2 * place, 1))
        return place < len(self.found)

    @property
    def gap(self) -> float:
        """Nats by which a lost sequence could at most be likelier than the last that was asked for; inf if that one was
        not found."""
        least = _log_prob(self.found[self.asked - 1]) if 0 < self.asked <= len(self.found) else -np.inf
        return 0.0 if self.lost <= least + ROUNDING else self.lost - least

    def _search(self, count: int) -> None:
        """Find the best `count`, with wider beams until no lost prefix can lead to a likelier one."""
        least, widest = -np.inf, min(WIDEST // self.length, MOST_MASSES // len(self.model.vocabulary))
        widest //= self.cost
        many_known = self.known is not None and len(self.known) > MANY_KNOWN
        at_least = min(
            2 * count, max(MOST_WORK // (4 * self.cost * self.length * len(self.model.vocabulary)), self.beams[0])
        )
        for beam in self.beams[1:] if many_known and len(self.beams) > 1 else self.beams:
            found, lost = self._sweep(count, max(min(beam, widest), at_least), least)
            if lost is None or len(found) < len(self.found):  # more prefixes crowded out some that led to the end
                break
            self.found, self.lost = found, lost
            least = _log_prob(found[-1]) if len(found) == count else -np.inf
            if lost <= least + ROUNDING:
                break
        self.complete = len(self.found) < count

    def _sweep(self, count: int, beam: int, least: float) -> tuple[list[Found], float | None]:
        """The best `count` that one beam reaches, and the greatest bound that it dropped. Bounds below `least` are not
        followed.

        The bound is None if the work of the list is done before the end; the first sweep of a length always ends.
        """
        frontier = self.model.begin(np.array([self.length]))
        nodes: np.ndarray | int = self.constraint.starts[self.length]
        kept, lost, layers = self._initial_state(), -np.inf, []
        for _ in range(self.length - 1):
            if self.work.spent and self.found:
                return [], None
            rows, tokens, dropped = self._survivors(frontier, nodes, len(kept), beam, least - ROUNDING)
            rows, tokens, kept = self._allowed(kept, rows, tokens)
            lost = max(lost, dropped)
            if not len(rows):
                return [], lost
            frontier = self.model.advance(frontier, rows, tokens)
            nodes = self._nodes_after(nodes, rows, tokens)
            layers.append((rows, tokens))
        return self._finish(self.messages.step(frontier, nodes).log(), _read_back(layers), kept, count), lost

    def _initial_state(self) -> np.ndarray:
        """The state of the acceptor before the first token, int (1,); any number if there is no acceptor."""
        return np.array([self.constraint.acceptor.initial_state if self.constraint.acceptor else 1])

    def _allowed(
        self, kept: np.ndarray, rows: np.ndarray, tokens: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The rows and tokens that the acceptor allows, and its state after each."""
        if self.constraint.acceptor is None:
            return rows, tokens, kept[rows]
        kept = self.constraint.acceptor.next_state(kept[rows], tokens)
        passed = kept != SINK
        return (rows, tokens, kept) if passed.all() else (rows[passed], tokens[passed], kept[passed])

    def _survivors(
        self, frontier: Frontier, nodes: np.ndarray | int, count: int, beam: int, least: float
    ) -> tuple[np.ndarray, np.ndarray, float]:
        """The rows of prefixes and the tokens after them that are followed further, and the greatest bound of the
        others."""
        if isinstance(nodes, int):
            (_, tokens), *more = self.constraint.arcs(nodes)
            if len(tokens) == 1 and not more:  # one token is allowed: nothing to choose
                return np.arange(count), np.repeat(tokens, count), -np.inf
        bounds = self.messages.step(frontier, nodes).log()
        self.work.done += bounds.size * self.cost
        return _best(bounds, beam, least)

    def _nodes_after(self, nodes: np.ndarray | int, rows: np.ndarray, tokens: np.ndarray) -> np.ndarray | int:
        """The node of each prefix after its token; one node if all share it."""
        if isinstance(nodes, int):
            (child, _), *more = self.constraint.arcs(nodes)
            return child if not more else self.constraint.transitions[nodes, tokens]
        return self.constraint.transitions[nodes[rows], tokens]

    def _finish(self, log_probs: np.ndarray, ids: np.ndarray, kept: np.ndarray, count: int) -> list[Found]:
        """The best `count` whole sequences that the acceptor allows and that are not known."""
        found: list[Found] = []
        seen = set()
        flat = log_probs.ravel()
        for places in _from_the_greatest(flat, CHUNK * count):
            rows, last = np.divmod(places, log_probs.shape[1])
            if self.constraint.acceptor is not None:
                ended = self.constraint.acceptor.is_final(self.constraint.acceptor.next_state(kept[rows], last))
                rows, last, places = rows[ended], last[ended], places[ended]
            for log_prob, row in zip(flat[places].tolist(), np.column_stack([ids[rows], last]).tolist(), strict=True):
                tokens = self.model.vocabulary.decode(row)
                if self.known is not None:
                    if tokens in self.known.as_they_are:
                        continue
                    name = self.known.key(tokens)
                    if name in seen or self.known.has(name) or self.known.barred(tokens):
                        continue
                    seen.add(name)
                found.append(Found(tokens, log_prob))
                if len(found) == count:
                    return found
        return found


def _log_prob(found: Found) -> float:
    """log p of a sequence, which a search always knows."""
    return -np.inf if found.log_prob is None else found.log_prob


def _from_the_greatest(values: np.ndarray, few: int) -> Iterator[np.ndarray]:
    """The places of all values above -inf, greatest first, ties in input order: about `few` at first, then ever more at
    a time."""
    left = values.copy()
    # Nearly always the first few are enough, so sort them alone.
    while left.size > 2 * few and (least := np.partition(left, -few)[-few]) > -np.inf:
        great = np.flatnonzero(left >= least)
        yield _descending(values, great)
        left[great] = -np.inf
        few *= 2
    yield _descending(values, np.flatnonzero(left > -np.inf))


def _descending(values: np.ndarray, places: np.ndarray) -> np.ndarray:
    return places[np.argsort(-values[places], kind="stable")]


def _best(bounds: np.ndarray, beam: int, least: float) -> tuple[np.ndarray, np.ndarray, float]:
    """Rows and columns of the best `beam` bounds of at least `least`, and the greatest bound that was left out.

    Ties keep their input order at any beam width, so longer lists and later pages agree.
    """
    flat, dropped = bounds.ravel(), -np.inf
    if flat.size > beam:
        dropped = float(np.partition(flat, flat.size - beam - 1)[flat.size - beam - 1])
    places = np.flatnonzero(flat > dropped)  # ascending, so that prefixes stay in the order of their tokens
    if dropped > -np.inf and len(places) < beam:
        places = np.sort(np.append(places, np.flatnonzero(flat == dropped)[: beam - len(places)]))
    if least > -np.inf:
        places = places[flat.take(places) >= least]
    rows, columns = np.divmod(places, bounds.shape[1])
    return rows, columns, dropped if dropped >= least else -np.inf


def _read_back(layers: list[tuple[np.ndarray, np.ndarray]]) -> np.ndarray:
    """The tokens of each prefix of the last layer, int64, shape (n, layers)."""
    if not layers:
        return np.empty((1, 0), dtype=np.int64)
    row, columns = np.arange(len(layers[-1][0])), []
    for rows, tokens in reversed(layers):
        columns.append(tokens[row])
        row = rows[row]
    return np.stack(columns[::-1], axis=1)
