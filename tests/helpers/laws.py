"""Small models of every sort whose draws are compared with their law."""

import math
from dataclasses import replace

import numpy as np
import pytest

import generator
from generator.constraints.known import Known
from generator.models.lengths import weigh_lengths
from generator.models.mixture import Mixture
from generator.training.kneser_ney import train_markov
from tests.helpers import enumeration

CORPUS = ["ab", "abba", "ba-b", "aab", "-ab", "abab", "bb"]
KNOWN = Known([tuple(w) for w in ("ab", "abba", "bab", "b")])  # `ba-b` is known too, written otherwise


def hmm():
    model = enumeration.random_hmm(3, ("-", "a", "b"), seed=4)
    return replace(model, emit=model.emit * 0.8)  # a fifth is the unknown token's


MODELS = {
    "markov": lambda: train_markov(CORPUS, 2),
    "markov with lengths": lambda: weigh_lengths(train_markov(CORPUS, 2), CORPUS),
    "from_start": lambda: weigh_lengths(train_markov(CORPUS, 2, "from_start"), CORPUS),
    "to_end": lambda: train_markov(CORPUS, 2, "to_end"),
    "hmm": hmm,
    "hmm with lengths": lambda: weigh_lengths(hmm(), CORPUS),
    "chain": lambda: generator.train("chain", CORPUS, None, order=1),
    "tempered": lambda: generator.temper(weigh_lengths(train_markov(CORPUS, 2), CORPUS), 1.7),
}
MODELS["mix"] = lambda: Mixture(
    train_markov(CORPUS, 2).vocabulary,
    tuple(MODELS[name]() for name in ("markov", "from_start", "to_end", "hmm with lengths")),
    np.array([0.4, 0.3, 0.2, 0.1]),
)
each_model = pytest.mark.parametrize("model", [pytest.param(make(), id=name) for name, make in MODELS.items()])


def truth(model, lengths, known=()):
    """log p of every sequence of some lengths that is new, by asking the model for each."""
    every = [
        s
        for s in enumeration.sequences(model.vocabulary.tokens, lengths[1])
        if len(s) >= lengths[0] and enumeration.fits("...", s, model.vocabulary) and s not in known
    ]
    return {s: p for s, p in zip(every, generator.log_probs(model, every).tolist(), strict=True) if p > -math.inf}
