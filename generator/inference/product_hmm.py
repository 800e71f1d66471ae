"""A hidden Markov model that makes nothing a guard forbids: a prefix carries the state of the guard along.

    β_n,a(s) = Σ_s' move(s, s') X_n,a(s'),      X_n,a(s') = Σ_w emit(s', w) β_child(n, w),after(a, w)(s').

States of the guard that allow the same of what is to come share one message (see futures), so that a node has few.
X_n,a differs from that of the guard's root by a few tokens alone; where so little is left of it that the difference
would be rounding, the allowed tokens are added up instead.
"""

import weakref
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from generator.constraints.acceptor import Guard
from generator.constraints.dfa import DEAD, DONE, Constraint, Tangled
from generator.inference.backward_hmm import HmmMessages
from generator.inference.messages import Frontier, Step
from generator.inference.residuals import futures_of
from generator.models.hmm import Hmm
from generator.vocabulary import Vocabulary

LITTLE = 1e-6  # share of the root's X under which an X is added up by itself
TOGETHER = 256  # of which so many at once
MOST_NUMBERS = 50_000_000  # in all messages together: 400 MB


@dataclass(frozen=True, eq=False)
class GuardedHmm:
    """An Hmm under a guard; a frontier's state is the model's own and the state of the guard."""

    model: Hmm
    guard: Guard
    kept_messages: dict[Any, Any] = field(default_factory=dict, repr=False)
    kind = "guarded"
    order = None

    @property
    def vocabulary(self) -> Vocabulary:
        """The tokens."""
        return self.model.vocabulary

    def begin(self, lengths: np.ndarray) -> Frontier:
        """The empty prefixes of n sequences."""
        own = self.model.begin(lengths)
        return Frontier((own.state, np.full(len(lengths), self.guard.start, dtype=np.int64)), own.log_prob)

    def advance(self, frontier: Frontier, rows: np.ndarray, tokens: np.ndarray) -> Frontier:
        """The prefixes in `rows`, each with one more token."""
        own = self.model.advance(_own(frontier), rows, tokens)
        states = self.guard.after(frontier.state[1][rows], tokens)
        return Frontier((own.state, states), np.where(states == DEAD, -np.inf, own.log_prob))

    def finish(self, frontier: Frontier) -> np.ndarray:
        """log p(prefix and then the end) in nats, shape (n,)."""
        return np.where(self.guard.ends(frontier.state[1]), self.model.finish(_own(frontier)), -np.inf)

    def messages(self, constraint: Constraint, best: bool = False) -> "GuardedHmmMessages | LesserBounds":
        """Its messages under a constraint: sums, or bounds of the best."""
        sums = GuardedHmmMessages(self, constraint)
        return LesserBounds(sums, HmmMessages(self.model, constraint, best=True)) if best else sums


def _own(frontier: Frontier) -> Frontier:
    """What the HMM itself knows of some prefixes."""
    return Frontier(frontier.state[0], frontier.log_prob)


class GuardedHmmMessages:
    """A guarded HMM under a constraint (see Messages). Raises Tangled where there are too many of them.

    vectors: for each node float64 of shape (kinds + 1, states), the first row of zeros for what allows nothing; with
    scale, nats.
    """

    def __init__(self, guarded: GuardedHmm, constraint: Constraint):
        self.guarded, self.model, self.constraint = guarded, guarded.model, weakref.proxy(constraint)
        self.futures = futures_of(constraint, guarded.guard)
        self.reached = self.futures.reached
        if sum(map(len, self.futures.heads)) * self.model.states > MOST_NUMBERS:
            raise Tangled("the guard has too many states for a hidden Markov model at this length")
        self.emit = np.ascontiguousarray(self.model.emit.T)  # a row for each token
        self.vectors = [np.zeros((1, self.model.states))] * len(constraint.to_come)
        self.scale = np.full(len(constraint.to_come), -np.inf)
        for node in np.argsort(constraint.to_come, kind="stable").tolist():
            if node != DEAD and len(self.futures.heads[node]):
                self._fill(node, constraint.free.get(node))

    def _fill(self, node: int, free: int | None) -> None:
        """Set the message of a node from its children's; where anything goes, from what the model keeps: kinds are the
        same there."""
        kept = self.guarded.kept_messages
        if free in kept:
            self.vectors[node], self.scale[node] = kept[free]
            return
        if node == DONE:
            self._put(node, np.tile(self.model.stop, (len(self.futures.heads[node]), 1)), 0.0)
        else:
            ahead = _Ahead(self, node)
            self._put(node, ahead.all() @ self.model.move.T, ahead.scale)
        if free is not None:
            kept[free] = self.vectors[node], self.scale[node]

    def _put(self, node: int, message: np.ndarray, scale: float) -> None:
        top = float(message.max(initial=0.0))
        if top > 0.0:
            self.vectors[node] = np.concatenate([np.zeros((1, self.model.states)), message / top])
            self.scale[node] = scale + float(np.log(top))

    def step(self, frontier: Frontier, nodes: np.ndarray | int) -> Step:
        own, states = frontier.state
        nodes = np.full(len(states), nodes) if isinstance(nodes, int) else nodes
        mass, scale = np.zeros((len(states), len(self.emit))), np.zeros(len(states))
        for node in np.unique(nodes).tolist():
            here, ahead = nodes == node, _Ahead(self, node)
            scale[here] = ahead.scale
            rows = np.flatnonzero(here & (states != DEAD))
            met, of_row = np.unique(states[rows], return_inverse=True)
            order = np.argsort(of_row.ravel(), kind="stable")
            for some, state in zip(
                np.split(rows[order], np.cumsum(np.bincount(of_row.ravel()))[:-1]) if len(rows) else (),
                met,
                strict=True,
            ):
                mass[some] = own[some, :-1] @ ahead.emitting(int(np.searchsorted(self.reached.states, state))).T
        return Step(mass, frontier.log_prob + scale)


class LesserBounds:
    """Bounds of the best completion: no one brings more than all that are allowed together, nor more than the best of
    all without a guard."""

    def __init__(self, sums: GuardedHmmMessages, best: HmmMessages):
        self.sums, self.best = sums, best

    def step(self, frontier: Frontier, nodes: np.ndarray | int) -> Step:
        sums, best = self.sums.step(frontier, nodes), self.best.step(_own(frontier), nodes)
        with np.errstate(invalid="ignore"):
            share = np.exp(np.nan_to_num(best.offset - sums.offset, nan=0.0, posinf=700.0))
        return Step(np.minimum(sums.mass, best.mass * share[:, None]), sums.offset)


class _Ahead:
    """What may follow at one node: the messages of its children, brought to one scale and laid one under the other."""

    def __init__(self, messages: GuardedHmmMessages, node: int):
        self.emit, self.reached, self.futures, self.node = messages.emit, messages.reached, messages.futures, node
        self.children = messages.constraint.children[node]
        kids = [kid for kid, _ in messages.constraint.ways(node) if messages.scale[kid] > -np.inf]
        self.scale = max((float(messages.scale[kid]) for kid in kids), default=0.0)
        parts, self.first, count = [np.zeros((1, self.emit.shape[1]))], np.zeros(len(messages.scale), dtype=np.int64), 1
        for kid in kids:
            parts.append(messages.vectors[kid][1:] * np.exp(messages.scale[kid] - self.scale))
            self.first[kid], count = count, count + len(parts[-1])
        self.rows = np.concatenate(parts)
        self.of_root = self._row(np.arange(len(self.children)), self.reached.row)

    def _row(self, tokens: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """Where among the rows stands what follows these tokens with the guard at these states."""
        kids = self.children[tokens]
        kinds = self.futures.kinds[kids, targets]
        return np.where((kinds > 0) & (self.first[kids] > 0), self.first[kids] + kinds - 1, 0)

    def emitting(self, place: int) -> np.ndarray:
        """What each token brings from one state of the guard: emit(s, w) times the message after it, shape (V,
        states)."""
        return self.emit * self.rows[self._rows(np.array([place]))[0]]

    def _rows(self, places: np.ndarray) -> np.ndarray:
        """Where among the rows stands what follows every token at some states, shape (n, V)."""
        rows = np.tile(self.of_root, (len(places), 1))
        at, edges = self.reached.edges_of(places)
        tokens = self.reached.token[edges]
        rows[at, tokens] = self._row(tokens, self.reached.target[edges])
        return rows

    def all(self) -> np.ndarray:
        """X of every kind at the node, float64, shape (kinds, states)."""
        heads = self.futures.heads[self.node]
        root = (self.emit * self.rows[self.of_root]).sum(axis=0)
        at, edges = self.reached.edges_of(heads)
        tokens = self.reached.token[edges]
        here, there = self._row(tokens, self.reached.target[edges]), self.of_root[tokens]
        differ = np.flatnonzero(here != there)
        differ = differ[np.argsort(tokens[differ], kind="stable")]
        ahead = np.tile(root, (len(heads), 1))
        for some in np.split(differ, np.flatnonzero(np.diff(tokens[differ])) + 1) if len(differ) else ():
            token = tokens[some[0]]  # it is special to a state but once
            ahead[at[some]] += self.emit[token] * (self.rows[here[some]] - self.rows[self.of_root[token]])
        little = np.flatnonzero((ahead < LITTLE * root).any(axis=1))
        for some in np.split(little, range(TOGETHER, len(little), TOGETHER)):
            ahead[some] = self._added_up(heads[some])
        return ahead

    def _added_up(self, places: np.ndarray) -> np.ndarray:
        """X of some states of the guard, token by token, shape (n, states)."""
        ahead, rows = np.zeros((len(places), self.emit.shape[1])), self._rows(places)
        for token in np.flatnonzero(rows.any(axis=0)).tolist():
            ahead += self.emit[token] * self.rows[rows[:, token]]
        return ahead


class GuardedWave:
    """p(prefix fits, states) = exp(scale) mass (see Wave): for some states of the guard, as places, a row of the HMM's
    each."""

    def __init__(self, places: np.ndarray, mass: np.ndarray, scale: float):
        order = np.argsort(places, kind="stable")
        first = np.flatnonzero(np.diff(places[order], prepend=-1))
        mass = np.add.reduceat(mass[order], first, axis=0) if len(first) else mass
        top = float(mass.max(initial=0.0))
        self.places, self.mass = places[order][first], mass / top if top > 0.0 else mass
        self.scale = scale + float(np.log(top)) if top > 0.0 else -np.inf

    def join(self, other: "GuardedWave | None") -> "GuardedWave":
        """Both together, of prefixes that have nothing in common."""
        if other is None or other.scale == -np.inf:
            return self
        if self.scale == -np.inf:
            return other
        top = max(self.scale, other.scale)
        return GuardedWave(
            np.concatenate([self.places, other.places]),
            np.concatenate([self.mass * np.exp(self.scale - top), other.mass * np.exp(other.scale - top)]),
            top,
        )


class GuardedHmmForward:
    """A guarded HMM's messages forward (see Forward); a wave is over the state that is next to emit and the guard's."""

    def __init__(self, messages: GuardedHmmMessages):
        self.messages, self.model, self.reached = messages, messages.model, messages.reached

    def begin(self, length: int) -> GuardedWave:
        start = np.searchsorted(self.reached.states, [self.messages.guarded.guard.start])
        return GuardedWave(start, self.model.start[None], float(self.model.begin(np.array([length])).log_prob[0]))

    def step(self, wave: GuardedWave, tokens: np.ndarray, child: int) -> tuple[np.ndarray, GuardedWave]:
        emitted, token, target = self._emitted(wave, tokens)
        behind = self.messages.vectors[child]
        kinds = self.messages.futures.kinds[child, target] * (len(behind) > 1)
        here = np.bincount(token, (emitted * behind[kinds]).sum(axis=1), minlength=len(self.messages.emit))
        alive = target >= 0
        ahead = GuardedWave(target[alive], emitted[alive] @ self.model.move, wave.scale)
        with np.errstate(divide="ignore"):
            return np.log(here) + wave.scale + self.messages.scale[child], ahead

    def _emitted(self, wave: GuardedWave, tokens: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """p(prefix fits, state, token) with the token and where the guard goes, for what is special and, added up, for
        the rest."""
        at, edges = self.reached.edges_of(wave.places)
        asked = np.isin(self.reached.token[edges], tokens)
        at, edges = at[asked], edges[asked]
        usual = np.ones((len(wave.places), len(self.messages.emit)))
        usual[at, self.reached.token[edges]] = 0.0
        token = np.concatenate([tokens, self.reached.token[edges]])
        mass = np.concatenate([usual.T[tokens] @ wave.mass, wave.mass[at]])
        return (
            mass * self.messages.emit[token],
            token,
            np.concatenate([self.reached.row[tokens], self.reached.target[edges]]),
        )
