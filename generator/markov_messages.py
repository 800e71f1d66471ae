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
from .messages import Frontier, NodeMessages, Step, Ways, only

FEW = 3  # allowed tokens up to which each is followed on its own; first features up to which spans are taken one by one


class MarkovMessages:
    """A chain under a constraint (see Messages)."""

    def __init__(self, model: Markov, constraint: Constraint, best: bool = False):
        self.model, self.best = model, best
        self.at = NodeMessages(constraint, len(model.shorter))
        self.met = _first_features(model, constraint)
        for node in np.argsort(constraint.to_come, kind="stable").tolist():
            if node != DEAD:
                self._fill(node, constraint.free.get(node))

    def step(self, frontier: Frontier, nodes: np.ndarray) -> Step:
        node = only(nodes)
        if node is None:
            return self._step_apart(frontier, nodes)
        ways = self.at.ways(node)
        mass = np.zeros((len(nodes), self.model.end))
        for kid, share, tokens in ways.kids:
            every = len(tokens) == self.model.end
            prob, after = self.model.rows(frontier.state, None if every else tokens)
            if every:
                mass = prob[:, :-1] * (self.at.vectors[kid] * share)[after[:, :-1]]
            else:
                mass[:, tokens] = prob * (self.at.vectors[kid] * share)[after]
        return Step(mass, frontier.log_prob + ways.scale)

    def _step_apart(self, frontier: Frontier, nodes: np.ndarray) -> Step:
        """A step where the prefixes stand at several nodes."""
        children, share, scale = self.at.children(nodes)
        prob, after = self.model.rows(frontier.state)
        return Step(prob[:, :-1] * self.at.vectors[children, after[:, :-1]] * share, frontier.log_prob + scale)

    def _fill(self, node: int, free: int | None) -> None:
        """Set the message of a node from its children's; where anything goes, from what the model keeps."""
        if free is None:
            return self._pull(node)
        if self.model.clock is None:
            self.met[node] = None  # what is kept must serve whatever went before
        kept, met = self.model.kept_messages, self.met[node]
        place, spans = (self.best, free, None if met is None else tuple(met)), self._spans(node)
        if place not in kept:
            self._pull(node)
            kept[place] = [self.at.vectors[node, span].copy() for span in spans], self.at.scale[node]
        values, self.at.scale[node] = kept[place]
        for span, value in zip(spans, values, strict=True):
            self.at.vectors[node, span] = value
        return None

    def _pull(self, node: int) -> None:
        if node == DONE:
            return self.at.put(node, self.model.end_prob)
        ways = self.at.ways(node)
        if not ways.kids:
            return None
        spans = self._spans(node)
        if sum(len(tokens) for _, _, tokens in ways.kids) <= FEW:
            message = self._follow(ways, spans)
        else:
            message = self._pull_many(ways, spans)
        return self.at.put(node, message, ways.scale)

    def _spans(self, node: int) -> list[slice]:
        """The contexts that a message is worked out for, from short to long."""
        spans = [slice(EMPTY, EMPTY + 1)]
        if self.met[node] is None:
            return spans + self.model.levels[1:]
        for bounds in self.model.spans[1:]:
            spans += [slice(int(bounds[c]), int(bounds[c + 1])) for c in self.met[node] if bounds[c] < bounds[c + 1]]
        return spans

    def _follow(self, ways: Ways, spans: list[slice]) -> np.ndarray:
        """β at every context of the spans where few tokens are allowed: p(w|h) β(h, w) of each, added up or the greatest."""
        each = [self._follow_one(int(token), self.at.vectors[kid] * share, spans)
                for kid, share, tokens in ways.kids for token in tokens]
        return np.maximum.reduce(each) if self.best else np.add.reduce(each)

    def _follow_one(self, token: int, beta: np.ndarray, spans: list[slice]) -> np.ndarray:
        model, message = self.model, np.zeros(len(self.model.shorter))
        if model.columns is not None:
            prob, after = model.columns[0][token], model.columns[1][token]
            for span in spans:
                message[span] = prob[span] * beta[after[span]]
            return message
        edges = model.edges_of(token)
        owner = model.owner[edges]
        cuts = np.searchsorted(owner, [bound for span in spans for bound in (span.start, span.stop)]).tolist()
        for span, first, last in zip(spans, cuts[::2], cuts[1::2], strict=True):
            if span.start != EMPTY:
                message[span] = model.backoff[span] * message[model.shorter[span]]
            here = edges[first:last]
            message[owner[first:last]] = model.edge_prob[here] * beta[model.after[here]]
        return message

    def _pull_many(self, ways: Ways, spans: list[slice]) -> np.ndarray:
        """β at every context of the spans: the sum, or a bound of the maximum, of p(w|h) β(hw) over the allowed tokens."""
        model, message = self.model, np.zeros(len(self.model.shorter))
        terms = np.empty(len(model.token))  # p(w|h) β(hw) of each edge, filled span by span
        gather = self._gather(ways)
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

    def _gather(self, ways: Ways):
        """A function that gives p(w|h) β(hw) of some edges, 0 for the end and for what is not allowed.

        Most tokens lead to one node; the edges of the others are worked out apart.
        """
        model = self.model
        usual, share, tokens = max(ways.kids, key=lambda kid: len(kid[2]))
        beta, others = self.at.vectors[usual] * share, [way for way in ways.kids if way[0] != usual]
        leads = np.zeros(model.end, dtype=bool)
        leads[np.concatenate([tokens for _, _, tokens in ways.kids])] = True
        others.append((DEAD, 0.0, np.flatnonzero(~leads)))

        def gather(edges: slice) -> np.ndarray:
            terms = model.token_prob[edges] * beta[model.after[edges]]
            for kid, share, tokens in others:
                for token in tokens:
                    mine = model.edges_of(token)
                    mine = mine[slice(*np.searchsorted(mine, (edges.start, edges.stop)))]
                    terms[mine - edges.start] = model.token_prob[mine] * (self.at.vectors[kid][model.after[mine]] * share)
            return terms
        return gather


def _first_features(model: Markov, constraint: Constraint) -> list[list[int] | None]:
    """For each node the first features that a context met there can have, as the contexts of them alone; None for many."""
    if model.clock == "to come":
        return [[START + int(n)] if n <= LONGEST_CLOCK else None for n in constraint.to_come]
    met: list[set[int]] = [set() for _ in constraint.to_come]
    alone = model.after[:model.offsets[1]]  # the context of each token alone, and of the end: the edges of the empty context
    for node in constraint.starts.values():
        met[node].add(START)
    for node in constraint.entries:
        met[node].update(range(FEW + 1))
    for node in np.argsort(-constraint.to_come, kind="stable").tolist():
        children = constraint.children[node] if node > DONE else np.empty(0, dtype=int)
        for child in set(children.tolist()) - {DEAD}:
            if model.clock == "age":
                met[child] |= {min(age + 1, START + LONGEST_CLOCK) for age in met[node]}
            elif len(met[child]) <= FEW:
                met[child] |= set(alone[np.flatnonzero(children == child)[:FEW + 1]].tolist())
    return [sorted(features) if len(features) <= FEW else None for features in met]
