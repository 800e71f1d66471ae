"""Scores against the definition, on data small enough to enumerate."""

import itertools
import math
import random

import numpy as np
import pytest

import generator
from generator.queries.evaluation import evaluate, folds, mean_and_sd
from generator.queries.masked import as_known, evaluate_masked
from generator.training.tuning import train_tuned
from tests.helpers import enumeration

TRAIN = ["mew", "muk", "mewtwo", "mew", "onix", "ekans", "muk", "kuna"]
TEST = ["mew", "mewnix", "kuk", "kuk"]


@pytest.fixture(
    scope="module", params=[kind for kind in generator.MODELS if kind != "chain"]
)  # which makes nothing unseen
def model(request):
    return generator.train(request.param, TRAIN, np.random.default_rng(0))


def test_nll_is_nats_a_token_with_the_end(model):
    """Duplicates count each time, the end of a name is a token, and only names that were not trained on are novel."""
    scores = evaluate(model, TEST, TRAIN)
    log_p = [generator.log_prob(model, name) for name in TEST]
    assert scores.tokens == 4 + 7 + 4 + 4
    assert scores.nll == pytest.approx(-sum(log_p) / 19) == scores.nll_possible
    assert scores.novel_nll == pytest.approx(-sum(log_p[1:]) / 15)
    assert (scores.names, scores.novel, scores.zero_probability) == (4, 3, 0.0)


def test_a_name_of_probability_zero_leaves_no_mean():
    """nll is None where any name is impossible, nll_possible is over the others, and the share is told."""
    hmm = enumeration.random_hmm(2, tuple("ab"), 0)  # it keeps nothing for a token it does not know
    scores = evaluate(hmm, ["ab", "axb", "b", "a"], ["ab", "b"])
    assert (scores.nll, scores.novel_nll, scores.zero_probability) == (None, None, 0.25)
    assert scores.nll_possible == pytest.approx(
        -sum(enumeration.hmm_log_prob(hmm, name) for name in ("ab", "b", "a")) / 7
    )


def test_nothing_novel_has_no_novel_nll(model):
    """Where every test name was trained on there is no mean to tell."""
    assert evaluate(model, ["mew"], TRAIN).novel_nll is None


@pytest.mark.parametrize("test", [[], ["mew", ""]])
def test_a_test_without_names_is_refused(model, test):
    """No name, or one without a token, is an error."""
    with pytest.raises(ValueError, match="at least one"):
        evaluate(model, test, TRAIN)


def test_name_i_is_in_fold_i_mod_count():
    """Shuffled by Python's own shuffle with seed 42; every name is tested once and never trained on in its fold."""
    names = [f"n{i}" for i in range(23)]
    shuffled = names[:]
    random.Random(42).shuffle(shuffled)
    for fold, (train, test) in enumerate(folds(names, 5)):
        assert test == [name for i, name in enumerate(shuffled) if i % 5 == fold]
        assert train == [name for i, name in enumerate(shuffled) if i % 5 != fold]


@pytest.mark.parametrize("count", [0, 1, 4])
def test_folds_that_cannot_be_are_refused(count):
    """There are at least two folds and at most one a name."""
    with pytest.raises(ValueError, match="from 2 to 3"):
        folds(["a", "b", "c"], count)


def test_mean_and_sd_are_those_of_a_sample():
    """1, 2 and 6: mean 3, squared deviations 4 + 1 + 9 over 2."""
    assert mean_and_sd([1.0, 2.0, 6.0]) == (3.0, pytest.approx(math.sqrt(7)))
    assert mean_and_sd([1.0, None]) == (None, None)


def test_what_is_hidden_is_counted(model):
    """All letters hidden: nats a letter follow from log p and the evidence of a length."""
    masked = evaluate_masked(model, ["mew", "muk"], 1.0, np.random.default_rng(0))
    any_three = generator.constrain(None, model.vocabulary, (3, 3))
    each = [generator.evidence(model, any_three) - generator.log_prob(model, name) for name in ("mew", "muk")]
    assert (masked.names, masked.hidden) == (2, 6)
    assert masked.nll == pytest.approx(sum(each) / 6)
    best = generator.complete(model, any_three, 1).found[0].tokens
    assert masked.whole == (best in (tuple("mew"), tuple("muk"))) / 2


def test_what_is_hidden_depends_on_the_seed_alone(model):
    """The same seed hides the same letters, another one others."""
    one, two, other = (evaluate_masked(model, TEST * 5, 0.5, np.random.default_rng(seed)) for seed in (1, 1, 2))
    assert one == two != other


def test_letters_that_training_never_saw_cannot_be_filled_in(model):
    """Hidden or shown, an unknown letter makes its name wrong and its nats infinite, which is no mean."""
    masked = evaluate_masked(model, ["xyz"], 1.0, np.random.default_rng(0))
    assert (masked.whole, masked.letters, masked.nll, masked.nll_alone) == (0.0, 0.0, None, None)


def test_what_is_filled_in_is_what_enumeration_finds():
    """The name guessed is the likeliest of all that fit, each letter the one with the greatest share of their
    probability."""
    model, rng = (
        generator.train("mix", ["abba", "baab", "abab", "aaab", "bbab"], np.random.default_rng(0)),
        np.random.default_rng(5),
    )
    test, share, whole, right, nats = ["abab", "bbba", "abba", "aab"], 0.6, 0, 0, 0.0
    for name, mask in [(name, rng.random(len(name)) < share) for name in test]:
        fitting = [
            tuple(w)
            for w in itertools.product("ab", repeat=len(name))
            if all(hidden or a == b for a, b, hidden in zip(w, name, mask, strict=True))
        ]
        probs = dict(zip(fitting, np.exp(generator.log_probs(model, fitting)).tolist(), strict=True))
        whole += bool(mask.any()) and max(probs, key=probs.get) == tuple(name)
        right += sum(
            max("ab", key=lambda c, at=at: sum(p for w, p in probs.items() if w[at] == c)) == name[at]
            for at in np.flatnonzero(mask)
        )
        nats += float(np.log(sum(probs.values()) / probs[tuple(name)]))
    masked = evaluate_masked(model, test, share, np.random.default_rng(5))
    assert (masked.whole * masked.names, masked.letters * masked.hidden) == (pytest.approx(whole), pytest.approx(right))
    assert masked.nll * masked.hidden == pytest.approx(nats)
    assert right > masked.hidden / 2  # where nothing is ever right, nothing is measured


def test_nothing_hidden_is_refused(model):
    """Where chance hides nothing there is nothing to judge."""
    with pytest.raises(ValueError, match="no letter"):
        evaluate_masked(model, ["mew"], 0.0, np.random.default_rng(0))


def test_letters_keep_their_case_and_accents():
    """What is shown is that very letter, not one like it."""
    model = generator.train("markov", ["aé", "ae", "Aé"], np.random.default_rng(0))
    constraint = as_known(model.vocabulary.encode("aé"), np.array([True, False]), model.vocabulary)
    assert {f.tokens[1] for f in generator.complete(model, constraint, 9).found} == {"é"}


def test_what_is_held_out_is_not_trained_on():
    """Names to tune by leave no letter and no count behind in the model."""
    model = train_tuned("markov", TRAIN, np.random.default_rng(0), held_out=["zzz", "mew"])
    assert "z" not in model.vocabulary.ids
    other = train_tuned("markov", TRAIN, np.random.default_rng(0), held_out=["onixmuk"])
    np.testing.assert_array_equal(model.token, other.token)
    assert not np.allclose(model.q, other.q)
