"""Baum-Welch against expected counts summed over every path of states."""

import itertools
import math

import numpy as np
import pytest

import generator
from generator.training.baum_welch import LEAST_COUNT, blocks, e_step, log_likelihood, m_step
from tests.helpers import enumeration

WORDS = ["ab", "ba", "aab", "b", "abb", "a"]


def coded(model, words):
    return blocks([model.vocabulary.encode(w) for w in words], model.states)


def expected_counts(model, words):
    """Expected counts by definition: every path weighed by its posterior."""
    start, leave, emit = np.zeros_like(model.start), np.zeros_like(model.leave), np.zeros_like(model.emit)
    for ids in map(model.vocabulary.encode, words):
        total = math.exp(enumeration.hmm_log_prob(model, model.vocabulary.decode(ids)))
        for path in itertools.product(range(model.states), repeat=len(ids)):
            p = model.start[path[0]] * model.leave[path[-1], -1] / total
            p *= math.prod(model.emit[s, w] for s, w in zip(path, ids, strict=True))
            p *= math.prod(model.leave[a, b] for a, b in itertools.pairwise(path))
            start[path[0]] += p
            leave[path[-1], -1] += p
            for a, b in itertools.pairwise(path):
                leave[a, b] += p
            for s, w in zip(path, ids, strict=True):
                emit[s, w] += p
    return start, leave, emit


@pytest.mark.parametrize("seed", range(3))
def test_the_e_step_is_the_sum_over_paths(seed):
    """Expected starts, moves, stops and emissions agree with enumeration, and so does the likelihood."""
    model = enumeration.random_hmm(3, ("a", "b"), seed)
    counts = e_step(model, coded(model, WORDS))
    for ours, truth in zip(counts[:3], expected_counts(model, WORDS), strict=True):
        np.testing.assert_allclose(ours, truth, rtol=1e-5, atol=1e-6)
    assert counts.log_prob == pytest.approx(sum(enumeration.hmm_log_prob(model, w) for w in WORDS))


def test_each_round_raises_the_likelihood():
    """EM never makes the training data less likely (but for the prior counts, here too small to matter)."""
    model = enumeration.random_hmm(4, ("a", "b"), 1)
    data, scores = coded(model, WORDS * 50), []
    for _ in range(20):
        scores.append(log_likelihood(model, data))
        model = m_step(model, e_step(model, data))
    assert all(after >= before - 1e-3 for before, after in itertools.pairwise(scores))
    assert scores[-1] > scores[0] + 10


def test_nothing_is_ever_quite_impossible():
    """A token no state was seen to emit keeps the mass of the prior count."""
    model = enumeration.trained_hmm(["aa", "ab"], np.random.default_rng(0), states=2)
    assert model.emit.min() > 0
    assert model.leave.min() > 0
    assert LEAST_COUNT > 0


def test_many_sequences_of_one_length_are_counted_whole():
    """Sequences beyond one block, and shorter ones beside longer, all count."""
    model = enumeration.random_hmm(2, ("a", "b"), 2)
    counts = e_step(model, coded(model, ["ab", "ba", "b"] * 50_000))
    assert counts.emit.sum() == pytest.approx(250_000)


def test_training_is_deterministic():
    """The same rng seed gives the same tables."""
    one, two = (enumeration.trained_hmm(WORDS * 5, np.random.default_rng(3), states=3) for _ in range(2))
    np.testing.assert_array_equal(one.leave, two.leave)


def test_training_says_how_far_it_is():
    """A long training reports its rounds."""
    said = []
    generator.train("hmm", ["abab", "baba", "abba", "aabb"] * 30, np.random.default_rng(0), progress=said.append)
    assert said and all("round" in line for line in said)
