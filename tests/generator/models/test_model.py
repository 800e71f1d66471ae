"""A new kind of model is one class: every query takes it, and none asks which kind it is."""

import math
from collections import Counter
from dataclasses import dataclass, field, replace

import numpy as np
import pytest

import generator
from generator.inference.messages import ForwardMessage, Frontier, Messages, Step, log, scaled
from generator.models.hmm import Hmm
from generator.models.mixture import Mixture
from generator.models.model import Component
from tests.helpers.models import constrained, log_sum, truth, with_markov

CORPUS = ["aba", "ab", "b-a", "abba", "bab"]


@dataclass(frozen=True, eq=False)
class Memoryless(Component):
    """Each token by chance alone, float64 (V,), and an end after each with probability `stop`."""

    vocabulary: generator.Vocabulary
    probs: np.ndarray
    stop: float
    provenance: dict = field(default_factory=dict)
    kind, order, lengths, beyond_backoff = "memoryless", None, np.empty(0), "no memory"

    def begin(self, lengths):
        return Frontier(np.zeros(len(lengths)), np.zeros(len(lengths)))

    def advance(self, frontier, rows, tokens):
        more = log(self.probs[tokens]) + math.log(1.0 - self.stop) * frontier.state[rows]
        return Frontier(np.ones(len(rows)), frontier.log_prob[rows] + more)

    def advance_unknown(self, frontier):
        return Frontier(frontier.state, np.full(len(frontier.state), -np.inf))

    def finish(self, frontier):
        return frontier.log_prob + math.log(self.stop)

    def messages(self, constraint, best=False):
        return MemorylessMessages(self, constraint, best)

    def _hmm(self):
        return Hmm(self.vocabulary, np.ones(1), np.array([[1.0 - self.stop, self.stop]]), self.probs[None])

    def product(self, acceptor, longest):
        return self._hmm().product(acceptor, longest)

    def ancestral(self, constraint, few, table):
        return self._hmm().ancestral(constraint, few, table)

    def length_mass(self, longest):
        return np.append(0.0, self.stop * (1.0 - self.stop) ** np.arange(longest))

    def tempered(self, wild):
        probs = self.probs ** (1.0 / wild)
        return replace(self, probs=probs / probs.sum())

    def compacted(self):
        return self

    def without_lengths(self):
        return self

    def to_tables(self):
        return {"kind": self.kind}, {"probs": self.probs, "stop": np.array(self.stop)}

    @classmethod
    def from_tables(cls, header, arrays, vocabulary, provenance):
        return cls(vocabulary, arrays["probs"], float(arrays["stop"]), provenance)

    def check(self):
        if not math.isclose(self.probs.sum(), 1.0):
            raise ValueError("rows are not probabilities")


class MemorylessMessages(Messages):
    """β of each node, (N,): p(what is left is filled | a token was emitted)."""

    def __init__(self, model, constraint, best):
        self.model, self.transitions = model, constraint.transitions
        self.beta, go_on = np.zeros(len(constraint.remaining)), 1.0 - model.stop
        self.beta[1] = model.stop
        for node in constraint.backwards[1:]:
            each = model.probs * self.beta[self.transitions[node]]
            self.beta[node] = go_on * (each.max() if best else each.sum())

    def step(self, frontier, nodes):
        nodes = np.full(len(frontier.state), nodes) if isinstance(nodes, int) else nodes
        mass = self.model.probs * self.beta[self.transitions[nodes]]
        return Step(mass, frontier.log_prob + math.log(1.0 - self.model.stop) * frontier.state)

    def forwards(self):
        return [MemorylessForward(self.model, self.beta)]


class MemorylessForward:
    """α before each token, (1,): p(tokens so far fit)."""

    def __init__(self, model, beta):
        self.model, self.beta = model, beta

    def begin(self, length):
        return ForwardMessage(np.ones(1), 0.0)

    def step(self, alpha, tokens, child):
        here = np.zeros(len(self.model.probs))
        here[tokens] = alpha.mass * self.model.probs[tokens] * self.beta[child]
        after = alpha.mass * self.model.probs[tokens].sum() * (1.0 - self.model.stop)
        return log(here) + alpha.scale, scaled(after, alpha.scale)


@pytest.fixture(params=["alone", "in a mixture"])
def model(request):
    """A model of the new kind with its definition, alone and beside a chain."""
    probs = np.array([0.2, 0.5, 0.3])
    new = Memoryless(generator.Vocabulary("-ab", not_first="-", not_last="-"), probs, 0.25)

    def log_prob(tokens):
        each = sum(math.log(probs[new.vocabulary.ids[token]]) for token in tokens)
        return each + (len(tokens) - 1) * math.log(0.75) + math.log(0.25)

    if request.param == "alone":
        return new, log_prob
    chain, other = with_markov(CORPUS, 2)
    parts = (chain, new.with_vocabulary(chain.vocabulary))
    mixture = Mixture(chain.vocabulary, parts, np.array([0.6, 0.4]))
    return mixture, lambda tokens: log_sum([math.log(0.6) + other(tokens), math.log(0.4) + log_prob(tokens)])


@pytest.mark.parametrize("pattern", ["a**", "*b...", "...", "...a*"])
def test_every_query_takes_a_new_kind(model, pattern):
    """Evidence, completions, draws and posteriors are those of the definition, alone and in a mixture."""
    model, log_prob = model
    constraint, expected = constrained(model, pattern), truth(model, log_prob, pattern)
    assert generator.evidence(model, constraint) == pytest.approx(log_sum(expected.values()), abs=1e-9)
    drawn = generator.draw(model, constraint, 1000, np.random.default_rng(0)).found
    for found in (drawn, generator.complete(model, constraint, 1000).found):
        assert {one.tokens: one.log_prob for one in found} == pytest.approx(expected, abs=1e-9)
    weights = {tokens: math.exp(p) for tokens, p in expected.items()}
    for hole in generator.posterior(model, constraint).holes:
        if "..." not in pattern:
            mass = Counter()
            for tokens, weight in weights.items():
                mass[tokens[hole.part]] += weight / sum(weights.values())
            assert hole.probs == pytest.approx([mass[token] for token in model.vocabulary.tokens], abs=1e-9)


def test_a_new_kind_is_multiplied_tempered_and_ranked(model):
    """An acceptor, a temperature and the judge ask a new kind for no more than its methods."""
    model, log_prob = model
    acceptor = generator.max_ngram_overlap(["abab"], 1, model.vocabulary)
    expected = truth(
        model, log_prob, "...", forbidden=lambda s: any(a + b in "abab" for a, b in zip(s, s[1:], strict=False))
    )
    constraint = constrained(model, "...", acceptor=acceptor)
    assert generator.evidence(model, constraint) == pytest.approx(log_sum(expected.values()), abs=1e-9)
    assert generator.log_prob(generator.temper(model, 2.0), "ab") != pytest.approx(log_prob("ab"))
    ids = model.vocabulary.encode("ab")[None]
    assert generator.token_nats(model, ids)[0] == pytest.approx(generator.log_prob(generator.judge(model), "ab") / 3)
