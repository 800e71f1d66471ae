"""Small models of every kind, each with the log-probability that its definition gives a sequence, and the truth by
enumeration."""

import math
from functools import cache

import numpy as np
import pytest

import generator
from generator.models.mixture import Mixture
from generator.training.background import Background
from generator.training.kneser_ney import train_markov
from generator.training.pruning import prune
from generator.vocabulary import Vocabulary
from tests.helpers import enumeration

LONGEST = 4
BACKGROUND = ["abba", "baa", "aab", "a-b", "bb", "b-ab", "abab", "aba"]


def markov(corpus, order):
    oracle = enumeration.KneserNey(corpus, order)
    return train_markov(corpus, order), oracle.log_prob


def positioned(position):
    def make(corpus, order):
        model, oracle = train_markov(corpus, order, position), enumeration.KneserNey(corpus, order, position)
        counts_down = position == "to_end"
        return model, lambda tokens: oracle.log_prob(tokens) + (model.lengths[len(tokens)] if counts_down else 0.0)

    return make


def mix(corpus, order):
    parts = [
        markov(corpus, order),
        hmm(corpus, order),
        positioned("from_start")(corpus, order),
        positioned("to_end")(corpus, order),
    ]
    weights = np.array([0.4, 0.3, 0.2, 0.1])
    model = Mixture(parts[0][0].vocabulary, tuple(part for part, _ in parts), weights)
    return model, lambda tokens: log_sum(
        math.log(w) + log_prob(tokens) for w, (_, log_prob) in zip(weights, parts, strict=True)
    )


def hmm(corpus, order):
    model = enumeration.random_hmm(order + 1, tuple(sorted(set("".join(corpus)))), seed=len(corpus))
    return model, lambda tokens: enumeration.hmm_log_prob(model, tokens)


def chain(corpus, order):
    return generator.train("chain", corpus, None, order=order), enumeration.Shares(corpus, order).log_prob


def adapted(corpus, order):
    counted, oracle = adapting(corpus, order)
    return counted.chain(), oracle.log_prob


def pruned(corpus, order):
    """An adapted chain that lost most of what the background brings; its definition is read off its own tables, edge by
    edge."""
    counted, _ = adapting(corpus, order)
    model = prune(counted.chain(), counted.counts > 0, 4)
    model.check()
    return model, enumeration.BackOff(model).log_prob


def adapting(corpus, order):
    """Counts of a corpus over those of a background as well, and the oracle of their chain."""
    vocabulary = Vocabulary(sorted({*"".join(corpus), *"".join(BACKGROUND)}))
    counted = Background(BACKGROUND, vocabulary).adapt(corpus, order)
    return counted, enumeration.Adapted(corpus, BACKGROUND, order, vocabulary.tokens, counted.closed_form().share)


MODELS = pytest.mark.parametrize(
    "make",
    [markov, hmm, positioned("from_start"), positioned("to_end"), mix, chain, adapted, pruned],
    ids=["markov", "hmm", "from_start", "to_end", "mix", "chain", "adapted", "pruned"],
)


@cache
def trained(kind, *corpus):
    """A model as `train` makes it, once for all tests that ask for the same."""
    return generator.train(kind, corpus, np.random.default_rng(0))


def constrained(model, pattern, length=(1, LONGEST), acceptor=None):
    """The constraint, or None where no sequence of these lengths fits."""
    try:
        return generator.constrain(generator.parse_pattern(pattern), model.vocabulary, length, acceptor)
    except generator.Unfillable:
        return None


def truth(model, log_prob, pattern, known=(), length=(1, LONGEST), forbidden=lambda tokens: False):
    """log p of every sequence that fits, is neither known nor forbidden, and can be at all."""
    every = {
        s: log_prob(s)
        for s in enumeration.sequences(model.vocabulary.tokens, LONGEST)
        if length[0] <= len(s) <= length[1]
        and enumeration.fits(pattern, s, model.vocabulary)
        and s not in known
        and not forbidden(s)
    }
    return {s: p for s, p in every.items() if p > -math.inf}


def log_sum(values):
    return float(np.logaddexp.reduce([-math.inf, *values]))
