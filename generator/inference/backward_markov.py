"""Backward messages over a back-off chain and a constraint, from short contexts to long, over stored edges alone.

β_n(h) is the probability to go on from context h so that what is left of the constraint at node n is filled. If one
token is allowed, β_n(h) = p(w|h) β_child(h, w) is copied down from the shorter context, times λ(h), for every h after
which w was not seen. If many are allowed, the tokens not seen after h are all those of h⁻ but the seen ones:

    β_n(h) = Σ_seen [ p(w|h) β(hw) − λ(h) p(w|h⁻) β(h⁻w) ] + λ(h) β_n(h⁻).

So a node costs as much as there are n-grams, never contexts × tokens. For the best completion sums become maxima. A
maximum cannot be subtracted, so λ(h) β_n(h⁻) stands in for the unseen tokens: never too low, as a bound must be.

Few contexts can be met at most nodes: after a known letter only those that end in it, at a known position only those of
that position. The contexts of a first feature lie side by side, so a message is worked out for just those spans.

symbol      shape    what
C                    contexts h, sorted by length; h⁻ is h without its oldest token
E                    edges (h, w) of the chain
n                    node of the constraint
β_n         (C,)     vectors[n] exp(scale[n]) (see node_messages)
depth       (N,)     tokens and features of the longest context that can be met at a node
met                  for each node the first features of the contexts that can be met; None for many
terms       (E,)     p(w|h) β(hw)
"""

from collections.abc import Callable

import numpy as np

from generator.constraints.dfa import DONE, Constraint
from generator.inference.automaton_markov import EMPTY, LONGEST_POSITION, START, MarkovAutomaton
from generator.inference.forward_markov import MarkovForward
from generator.inference.messages import Forward, Frontier, Messages, Step
from generator.inference.node_messages import Arcs, NodeMessages, only

FEW = 3  # allowed tokens up to which each is followed on its own; first features up to which spans are taken one by one


class MarkovMessages(Messages):
    """The messages of a chain under a constraint."""

    def __init__(self, model: MarkovAutomaton, constraint: Constraint, best: bool = False):
        self.model, self.best = model, best
        self.at = NodeMessages(constraint, len(model.shorter))
        self.met = _first_features(model, constraint)
        # No context is longer than the start, the most tokens before a node, and a position.
        self.depth = _most_before(constraint) + 1 + model.features
        for node in constraint.backwards:
            self._fill(node, constraint.unconstrained.get(node))

    def step(self, frontier: Frontier, nodes: np.ndarray | int) -> Step:
        prob, after = self.model.rows(frontier.state)
        node = only(nodes)
        if not isinstance(node, int):
            transitions, shares, scales = self.at.transitions(node)
            return Step(prob * self.at.stacked[transitions, after] * shares, frontier.log_prob + scales)
        arcs = self.at.arcs(node)
        if len(arcs.live) == 1 and len(arcs.live[0].tokens) == self.model.end:
            mass = np.multiply(prob, self.at.vectors[arcs.live[0].node].take(after), out=prob)
        else:
            mass = np.zeros(prob.shape)
            for child, share, tokens in arcs.live:
                mass[:, tokens] = prob[:, tokens] * (self.at.vectors[child][after[:, tokens]] * share)
        return Step(mass, frontier.log_prob + arcs.scale)

    def forwards(self) -> list[Forward]:
        return [MarkovForward(self.model, self.at)]

    def _fill(self, node: int, unconstrained: int | None) -> None:
        """Set the message of a node from its children's. A node without constraint has one message in every constraint,
        so it is kept with the model, for every context."""
        if unconstrained is None:
            return self._pull(node)
        kept, self.depth[node] = self.model.cache, len(self.model.levels)
        if self.model.position != "to_end":
            self.met[node] = None
        if (self.best, unconstrained) not in kept:
            self._pull(node)
            kept[self.best, unconstrained] = self.at.vectors[node], self.at.scale[node]
        self.at.vectors[node], self.at.scale[node] = kept[self.best, unconstrained]

    def _pull(self, node: int) -> None:
        if node == DONE:
            return self.at.put(node, self.model.end_prob.copy())
        arcs, spans = self.at.arcs(node), self._spans(node)
        if not arcs.live:
            return None
        if sum(len(tokens) for _, _, tokens in arcs.live) <= FEW:
            message = self._follow(arcs, spans)
        else:
            message = self._bound(arcs, spans) if self.best else self._sum(arcs, spans)
        return self.at.put(node, message, arcs.scale)

    def _spans(self, node: int) -> list[slice]:
        """The contexts that can be met at a node, from short to long, and the shorter ones that they back off to."""
        spans = [slice(EMPTY, EMPTY + 1)]
        depth = max(int(self.depth[node]), 1) + 1
        if (met := self.met[node]) is None:
            return spans + self.model.levels[1:depth]
        for bounds in self.model.spans[1:depth]:
            spans += [slice(bounds[c], bounds[c + 1]) for c in met if bounds[c] < bounds[c + 1]]
        return spans

    def _follow(self, arcs: Arcs, spans: list[slice]) -> np.ndarray:
        """β at every context of the spans if few tokens are allowed: the sum, or the greatest, of p(w|h) β(h, w)."""
        each = [
            self._follow_one(int(token), self.at.vectors[child], share, spans)
            for child, share, tokens in arcs.live
            for token in tokens
        ]
        if len(each) == 1:
            return each[0]
        return np.maximum.reduce(each) if self.best else np.add.reduce(each)

    def _follow_one(self, token: int, beta: np.ndarray, share: float, spans: list[slice]) -> np.ndarray:
        model, message = self.model, np.zeros(len(self.model.shorter))
        owner, prob, after = model.edges_with(token)
        cuts = np.searchsorted(owner, [bound for span in spans for bound in (span.start, span.stop)]).tolist()
        for span, first, last in zip(spans, cuts[::2], cuts[1::2], strict=True):
            if span.start != EMPTY:
                np.multiply(model.backoff[span], message.take(model.shorter[span]), out=message[span])
            values = prob[first:last] * beta.take(after[first:last])
            message[owner[first:last]] = values if share == 1.0 else values * share
        return message

    def _bound(self, arcs: Arcs, spans: list[slice]) -> np.ndarray:
        """A bound of the greatest p(w|h) β(hw) over the allowed tokens, at every context of the spans."""
        model, message = self.model, self._gathered(np.maximum, spans, lambda run: self._terms(arcs, run))
        for span in spans[1:]:
            here = message[span]
            np.maximum(here, model.backoff[span] * message.take(model.shorter[span]), out=here)
        return message

    def _sum(self, arcs: Arcs, spans: list[slice]) -> np.ndarray:
        """The sum of p(w|h) β(hw) over the allowed tokens, at every context of the spans."""
        model, terms = self.model, np.zeros(len(self.model.token))
        for run in _joined(spans):
            terms[model.edges_in(run)] = self._terms(arcs, run)
        message = self._gathered(np.add, spans, lambda run: self._gained(terms, run))
        for span in spans[1:]:
            message[span] = np.maximum(message[span] + model.backoff[span] * message.take(model.shorter[span]), 0.0)
        return message

    def _gathered(self, ufunc: np.ufunc, spans: list[slice], values: Callable[[slice], np.ndarray]) -> np.ndarray:
        """`ufunc` over the edges of each context of the spans; `values` gives those of a run of contexts."""
        model, runs = self.model, _joined(spans)
        if len(runs) == 1 and runs[0].stop == model.levels[len(spans) - 1].stop:  # whole levels
            return model.segments.reduce(ufunc, values(runs[0]), len(spans))
        message = np.zeros(len(model.shorter))
        for run in runs:
            message[run] = ufunc.reduceat(values(run), model.offsets[run] - model.offsets[run.start])
        return message

    def _gained(self, terms: np.ndarray, run: slice) -> np.ndarray:
        """p(w|h) β(hw) − λ(h) p(w|h⁻) β(h⁻w) of the edges of a run of contexts; the empty context has no h⁻."""
        model, edges = self.model, self.model.edges_in(run)
        lost = model.edge_backoff[edges] * terms.take(model.shorter_edge[edges])
        if run.start == EMPTY:
            lost[: model.offsets[EMPTY + 1]] = 0.0
        return terms[edges] - lost

    def _terms(self, arcs: Arcs, run: slice) -> np.ndarray:
        """p(w|h) β(hw) of the edges of a run of contexts, 0 for the end and for tokens that are not allowed."""
        model, edges = self.model, self.model.edges_in(run)
        total: np.ndarray | None = None
        prob, after = model.token_prob[edges], model.after[edges]
        for child, share, tokens in arcs.live:
            terms = prob * self.at.vectors[child].take(after)
            if share != 1.0 or len(tokens) < model.end:
                weight = np.zeros(model.end + 1)
                weight[tokens] = share
                terms *= weight.take(model.token[edges])
            total = terms if total is None else np.add(total, terms, out=total)
        return np.zeros(len(prob)) if total is None else total


def _joined(spans: list[slice]) -> list[slice]:
    """The spans, those that touch joined."""
    joined = [spans[0]]
    for span in spans[1:]:
        if span.start == joined[-1].stop:
            joined[-1] = slice(joined[-1].start, span.stop)
        else:
            joined.append(span)
    return joined


def _most_before(constraint: Constraint) -> np.ndarray:
    """The most tokens that can come before each node, int (N,)."""
    most = np.zeros(len(constraint.remaining), dtype=np.int64)
    longest = max(constraint.lengths, default=0)
    for node in reversed(constraint.backwards):
        if node in constraint.entries:
            most[node] = longest - constraint.remaining[node]
        for child, _ in constraint.arcs(node) if node > DONE else ():
            most[child] = max(most[child], most[node] + 1)
    return most


def _first_features(model: MarkovAutomaton, constraint: Constraint) -> list[list[int] | None]:
    """For each node the first features that a context met there can have, as single-feature contexts; None for many."""
    if model.position == "to_end":
        return [[START + int(n)] if n <= LONGEST_POSITION else None for n in constraint.remaining]
    if model.position == "from_start" and len(constraint.starts) == 1 and not constraint.entries:
        [total] = constraint.starts
        return [
            [START + min(total - int(n), LONGEST_POSITION)] for n in constraint.remaining
        ]  # length less what remains
    return [sorted(features) if len(features) <= FEW else None for features in _features_met(model, constraint)]


def _features_met(model: MarkovAutomaton, constraint: Constraint) -> list[set[int]]:
    """The same by a walk from the starts; a node with more than FEW has no more counted."""
    met: list[set[int]] = [set() for _ in constraint.remaining]
    many = set(range(FEW + 1))
    alone = model.after[: model.offsets[1]].tolist()  # the context of each single token: the edges of the empty one
    for node in constraint.starts.values():
        met[node].add(START)
    for node in constraint.entries:
        met[node] |= many
    for node in reversed(constraint.backwards):
        for child, tokens in constraint.arcs(node) if node > DONE else ():
            if model.position == "from_start":
                met[child] |= {min(age + 1, START + LONGEST_POSITION) for age in met[node]}
            elif len(tokens) > FEW:
                met[child] |= many
            elif len(met[child]) <= FEW:
                met[child].update(map(alone.__getitem__, tokens.tolist()))
    return met
