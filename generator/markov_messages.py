"""Backward messages over a back-off chain and a constraint, from short contexts to long, over stored edges alone.

β_n(h) is the probability to go on from context h so that what is left of the constraint at node n is filled. Where one token
is allowed, β_n(h) = p(w|h) β_child(h, w) is copied down from the shorter context, times λ(h), wherever w was not seen after h.
Where many are allowed, the tokens not seen after h are all those of h⁻ but the seen ones:

    β_n(h) = Σ_seen [ p(w|h) β(hw) − λ(h) p(w|h⁻) β(h⁻w) ] + λ(h) β_n(h⁻).

So a place costs as much as there are n-grams, never contexts × tokens. For the best completion, sums become maxima; a maximum
cannot be taken back, so λ(h) β_n(h⁻) stands in for the unseen tokens: never too low, which is what a bound needs.

Few contexts can be met at most nodes: after a known letter only those that end in it, at a known age only those of that age. The
contexts of a first feature lie side by side, so a message is worked out for just those spans.
"""

import numpy as np

from .constraint import DEAD, DONE, Constraint
from .markov import EMPTY, LONGEST_CLOCK, START, Markov
from .messages import Frontier, log, normalised

FEW = 3  # allowed tokens up to which each is followed on its own; first features up to which spans are taken one by one


class MarkovMessages:
    """A chain under a constraint (see Messages)."""

    def __init__(self, model: Markov, constraint: Constraint, best: bool = False):
        self.model, self.constraint, self.best = model, constraint, best
        count = len(constraint.to_come)
        self.messages = np.zeros((count, len(model.shorter)))
        self.scale = np.full(count, -np.inf)
        self.met = _first_features(model, constraint)
        for node in np.argsort(constraint.to_come, kind="stable"):
            if node != DEAD:
                self.messages[node], self.scale[node] = self._message(int(node))

    def step(self, frontier: Frontier, nodes: np.ndarray) -> np.ndarray:
        prob, after = self.model.rows(frontier.state)
        children = self.constraint.children[nodes]
        mass = prob[:, :-1] * self.messages[children, after[:, :-1]]
        return log(mass) + self.scale[children] + frontier.log_prob[:, None]

    def _message(self, node: int) -> tuple[np.ndarray, float]:
        """The message of a node from its children's, divided by its greatest entry, and the log of that."""
        if node == DONE:
            return normalised(self.model.end_prob)
        length = self.constraint.free.get(node)
        if length is None or self.model.clock == "age":
            return self._pull(node)
        kept = self.model.kept_messages
        if (self.best, length) not in kept:  # where anything goes, only how many tokens are to come matters
            if self.model.clock is None:
                self.met[node] = None
            kept[self.best, length] = self._pull(node)
        return kept[self.best, length]

    def _spans(self, node: int) -> list[slice]:
        """The contexts that a message is worked out for, from short to long."""
        spans = [slice(EMPTY, EMPTY + 1)]
        if self.met[node] is None:
            return spans + self.model.levels[1:]
        first = np.array(self.met[node])
        for bounds in self.model.spans[1:]:
            spans += [slice(int(bounds[c]), int(bounds[c + 1])) for c in first if bounds[c] < bounds[c + 1]]
        return spans

    def _pull(self, node: int) -> tuple[np.ndarray, float]:
        children = self.constraint.children[node]
        scale = self.scale[children].max()
        if scale == -np.inf:
            return self.messages[DEAD], scale
        factor = np.exp(self.scale[children] - scale)
        allowed = np.flatnonzero(factor)
        spans = self._spans(node)
        if len(allowed) <= FEW:
            parts = [self._follow(int(w), int(children[w]), spans) * factor[w] for w in allowed]
            message = np.maximum.reduce(parts) if self.best else np.add.reduce(parts)
        else:
            message = self._pull_many(children, factor, spans)
        message, more = normalised(message)
        return message, scale + more

    def _follow(self, token: int, child: int, spans: list[slice]) -> np.ndarray:
        """p(w|h) β_child(h, w) for one token at every context of the spans."""
        model, beta, message = self.model, self.messages[child], np.zeros(len(self.model.shorter))
        edges = model.edges_of(token)
        owner = model.owner[edges]
        for span in spans:
            if span.start != EMPTY:
                message[span] = model.backoff[span] * message[model.shorter[span]]
            here = edges[slice(*np.searchsorted(owner, (span.start, span.stop)))]
            message[model.owner[here]] = model.edge_prob[here] * beta[model.after[here]]
        return message

    def _pull_many(self, children: np.ndarray, factor: np.ndarray, spans: list[slice]) -> np.ndarray:
        """The sum, or a bound of the maximum, of p(w|h) β(hw) over the allowed tokens, at every context of the spans."""
        model, message = self.model, np.zeros(len(self.model.shorter))
        terms = np.empty(len(model.token))  # p(w|h) β(hw) of each edge, filled span by span
        gather = self._gather(children, factor)
        for span in spans:
            edges = slice(int(model.offsets[span.start]), int(model.offsets[span.stop]))
            here = terms[edges] = gather(edges)
            starts = model.offsets[span] - edges.start
            if self.best:
                message[span] = np.maximum.reduceat(here, starts)
                if span.start != EMPTY:
                    np.maximum(message[span], model.backoff[span] * message[model.shorter[span]], out=message[span])
            elif span.start == EMPTY:
                message[span] = np.add.reduceat(here, starts)
            else:
                here = here - model.edge_backoff[edges] * terms[model.shorter_edge[edges]]
                message[span] = np.maximum(
                    np.add.reduceat(here, starts) + model.backoff[span] * message[model.shorter[span]], 0.0)
        return message

    def _gather(self, children: np.ndarray, factor: np.ndarray):
        """A function that gives p(w|h) β(hw) of some edges, 0 for the end and for what is not allowed."""
        model, only = self.model, set(children.tolist())
        if len(only) == 1:
            beta = self.messages[only.pop()]
            return lambda edges: model.token_prob[edges] * beta[model.after[edges]]
        children, factor = np.append(children, DEAD), np.append(factor, 0.0)

        def gather(edges: slice) -> np.ndarray:
            token = model.token[edges]
            return model.token_prob[edges] * factor[token] * self.messages[children[token], model.after[edges]]
        return gather


def _first_features(model: Markov, constraint: Constraint) -> list[list[int] | None]:
    """For each node the first features that a context met there can have, as the contexts of them alone; None for many."""
    if model.clock == "to come":
        return [[START + int(n)] if n <= LONGEST_CLOCK else None for n in constraint.to_come]
    met: list[set[int]] = [set() for _ in constraint.to_come]
    alone = model.after[:model.offsets[1]]  # the context of each token alone, and of the end: the edges of the empty context
    for node in constraint.starts.values():
        met[node].add(START)
    for node in np.argsort(-constraint.to_come, kind="stable").tolist():
        children = constraint.children[node] if node > DONE else np.empty(0, dtype=int)
        for child in set(children.tolist()) - {DEAD}:
            if model.clock == "age":
                met[child] |= {min(age + 1, START + LONGEST_CLOCK) for age in met[node]}
            elif len(met[child]) <= FEW:
                met[child] |= set(alone[np.flatnonzero(children == child)[:FEW + 1]].tolist())
    return [sorted(features) if len(features) <= FEW else None for features in met]
