"""Lengths said outright: p(x) = p(T) p(x | T), against enumeration."""

import math

import numpy as np
import pytest

import generator
from generator.models.lengths import LONGEST, length_log_probs, weigh_lengths
from generator.training.kneser_ney import train_markov
from generator.vocabulary import Vocabulary
from tests.helpers import enumeration

CORPUS = ["ab", "ba", "aab", "b", "abb", "abab", "aabb"]
MAKERS = {
    "plain": lambda: train_markov(CORPUS, 2),
    "from_start": lambda: train_markov(CORPUS, 2, "from_start"),
    "unseen letter": lambda: train_markov(CORPUS, 2, vocabulary=Vocabulary("abc")),
    "hmm": lambda: enumeration.random_hmm(3, ("a", "b"), 1),
    "trained hmm": lambda: enumeration.trained_hmm(CORPUS, np.random.default_rng(0), states=2),
}


@pytest.fixture(params=list(MAKERS))
def model(request):
    return MAKERS[request.param]()


def enumerated(model, length):
    return math.fsum(
        math.exp(generator.log_prob(model, s))
        for s in enumeration.sequences(model.vocabulary.tokens, length)
        if len(s) == length
    )


def test_the_mass_of_a_length_is_that_of_its_sequences(model):
    """p(T) by messages is the sum over all sequences of T tokens."""
    mass = model.length_mass(5)
    assert mass[0] == 0.0
    np.testing.assert_allclose(mass[1:], [enumerated(model, length) for length in range(1, 6)], rtol=1e-9)


def test_lengths_become_those_seen(model):
    """Each length has the probability given, less what the unknown token keeps; within a length nothing changes."""
    weighed, known = weigh_lengths(model, CORPUS), model.length_mass(LONGEST).sum()
    for length in range(1, 5):
        assert enumerated(weighed, length) == pytest.approx(
            known * math.exp(length_log_probs([len(w) for w in CORPUS])[length])
        )
    for one, two in (("aab", "bbb"), ("ab", "ba")):
        before, after = (generator.log_prob(m, one) - generator.log_prob(m, two) for m in (model, weighed))
        assert after == pytest.approx(before)


@pytest.mark.parametrize("maker", ["plain", "from_start", "hmm"])
def test_evidence_of_a_length_is_its_probability(maker):
    """The engine's messages see the lengths too."""
    weighed = weigh_lengths(MAKERS[maker](), CORPUS)
    constraint = generator.constrain(None, weighed.vocabulary, (3, 3))
    assert generator.evidence(weighed, constraint) == pytest.approx(math.log(enumerated(weighed, 3)))


def test_a_sequence_longer_than_the_table_keeps_its_probability(model):
    """Beyond 64 tokens nothing is said of lengths."""
    long = ("a", "b") * (LONGEST // 2 + 1)
    assert generator.log_prob(weigh_lengths(model, CORPUS), long) == pytest.approx(generator.log_prob(model, long))


def test_lengths_survive_a_file(model, tmp_path):
    """A model read back says the same."""
    weighed = weigh_lengths(model, CORPUS)
    generator.save(weighed, tmp_path / "model")
    assert generator.log_prob(generator.load(tmp_path / "model"), "aab") == generator.log_prob(weighed, "aab")


def test_a_chain_that_counts_down_has_its_lengths_already():
    """Nothing is weighed twice."""
    model = train_markov(CORPUS, 2, "to_end")
    assert weigh_lengths(model, CORPUS) is model
