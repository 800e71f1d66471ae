"""The smoothing of chains: its gradient, and that tuning does what it says."""

import math
from functools import partial

import numpy as np
import pytest

import generator
from generator.training import smoothing
from generator.training.counts import held_out_counts
from generator.training.kneser_ney import count, tuned_smoothing
from generator.training.tuning import Fold
from generator.vocabulary import Vocabulary

KEPT, HELD_OUT = ["abab", "ba", "aab", "abba", "b", "bab"], ["abb", "ba", "aaab", "c", ""]
CHAINS = pytest.mark.parametrize("position", [None, "from_start", "to_end"])


def likelihood(counted, settings, words):
    model = counted.chain(smoothing._bound(settings))
    total = sum(generator.log_prob(model, w) for w in words)
    return total - (sum(model.lengths[len(w)] for w in words) if model.position == "to_end" else 0.0)


@CHAINS
def test_the_gradient_is_that_of_the_likelihood(position):
    """Against differences of log p itself, setting by setting."""
    counted, words = count(KEPT, 2, position, Vocabulary("abc")), ["abb", "ba", "aaab"]
    settings = smoothing._unbound(counted.closed_form()) + 0.1
    slope = smoothing._slope(settings, held_out_counts(counted, words))
    for at in np.ndindex(settings.shape):
        step = np.zeros(settings.shape)
        step[at] = 1e-5
        difference = likelihood(counted, settings + step, words) - likelihood(counted, settings - step, words)
        assert slope[at] == pytest.approx(difference / 2e-5, abs=1e-5)


@CHAINS
def test_tuning_makes_what_is_held_out_likelier(position):
    """The held-out names are likelier than under the closed form, and every discount still less than its count."""
    fold, vocabulary = Fold(KEPT * 3, HELD_OUT * 3), Vocabulary("ab")
    tuned, counted = (
        tuned_smoothing([fold], partial(count, order=3, position=position, vocabulary=vocabulary)),
        count(fold.kept, 3, position, vocabulary),
    )
    words = [w for w in fold.held_out if w and "c" not in w]
    before, after = (sum(generator.log_prob(counted.chain(s), w) for w in words) for s in (None, tuned))
    assert after > before
    assert (tuned.discount > 0).all() and (tuned.discount < smoothing.MOST).all()
    assert (tuned.concentration > 0).all()


def test_what_is_kept_is_the_definition():
    """(c − D) / (total + θ), for counts of none, one, two, and three or more."""
    settings = smoothing.Smoothing(np.array([[0.5, 1.0, 1.5]]), np.array([2.0]), np.array([0.3]))
    kept = settings.keep(np.array([0, 1, 2, 3, 9]), 0, np.full(5, 8.0))
    np.testing.assert_allclose(kept, [0.0, 0.05, 0.1, 0.15, 0.75])


def test_nothing_held_out_leaves_the_closed_form():
    """Without a vote the prior alone speaks."""
    counted = count(KEPT, 2)
    tuned = tuned_smoothing([Fold(KEPT, [])], partial(count, order=2, vocabulary=Vocabulary("ab")))
    np.testing.assert_allclose(tuned.discount, counted.closed_form().discount, rtol=1e-3)
    assert math.isfinite(generator.log_prob(counted.chain(tuned), "ab"))
