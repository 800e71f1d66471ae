"""Draws by the thousand: the same law as enumeration, whether walked or drawn with a look ahead."""

import math
from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

import generator
from generator.constraints.known import Known
from generator.inference import automaton_markov
from generator.inference.alias import Alias
from generator.inference.ancestral import AncestralSampler, can_sample_directly
from generator.models.lengths import weigh_lengths
from generator.models.mixture import Mixture
from generator.queries import bulk, sampling
from generator.queries.bulk import Sample
from generator.training.kneser_ney import train_markov
from tests.generator.inference.test_engine_truth import LONGEST, constrained
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


@given(
    arrays.arrays(float, st.tuples(st.integers(1, 4), st.integers(1, 9)), elements=st.floats(0, 1)).filter(
        lambda rows: rows.any(axis=1).all()
    )
)
def test_an_alias_table_has_the_probabilities_of_its_rows(rows):
    """Slots and heights add up to each row's probabilities, to the 32 bits of a height."""
    prob = rows / rows.sum(axis=1, keepdims=True)
    table = Alias(prob, np.tile(np.arange(prob.shape[1]), (len(prob), 1)))
    own = table._height.reshape(prob.T.shape).T / 2.0**32
    labels = table._labels.reshape(*prob.T.shape, 2).swapaxes(0, 1)
    found = np.zeros(prob.shape)
    for row in range(len(prob)):
        np.add.at(found[row], labels[row, :, 0], own[row] / prob.shape[1])
        np.add.at(found[row], labels[row, :, 1], (1 - own[row]) / prob.shape[1])
    assert found == pytest.approx(prob, abs=2.0**-31)


@each_model
@pytest.mark.parametrize("lengths", [(1, LONGEST), (2, 3)])
@pytest.mark.parametrize("known", [None, KNOWN], ids=["all", "new"])
def test_walked_draws_follow_the_distribution(model, lengths, known):
    """Thousands of independent draws of some lengths, with and without what is known, by a chi-square against
    enumeration."""
    constraint = constrained(model, "...", lengths)
    assert can_sample_directly(model, constraint)
    drawn = generator.sample(model, constraint, 6_000, np.random.default_rng(11), known)
    sequences = list(drawn.sequences())
    assert len(sequences) == 6_000
    assert drawn.texts() == list(map("".join, sequences))
    assert enumeration.drawn_as_expected(Counter(sequences), truth(model, lengths, known or ()))


@each_model
@pytest.mark.parametrize("lengths", [(1, LONGEST), (2, 3)])
def test_what_is_looked_up_follows_the_distribution(model, lengths):
    """AncestralSampler of a few, for which no model is laid out, obey the same law."""
    constraint = constrained(model, "...", lengths)
    drawn = Sample(
        model.vocabulary, AncestralSampler(model, constraint, few=True).draw(9_000, np.random.default_rng(5))
    )
    assert len(drawn.ids) > 500 and enumeration.drawn_as_expected(Counter(drawn.sequences()), truth(model, lengths))


@each_model
def test_a_few_distinct_draws_exhaust_what_fits(model):
    """Asked for more than fit, a few walks and what is drawn after them give each sequence once, and none that is
    known."""
    drawn = generator.draw(
        model, constrained(model, "...", (1, 3)), 100, np.random.default_rng(0), KNOWN, weigh=False
    ).found
    assert sorted({KNOWN.key(f.tokens) for f in drawn}) == sorted(KNOWN.key(f.tokens) for f in drawn)
    assert {KNOWN.key(f.tokens) for f in drawn} == {KNOWN.key(s) for s in truth(model, (1, 3), KNOWN)}


@each_model
def test_what_few_walks_come_to_is_drawn_with_a_look_ahead(model, monkeypatch):
    """Where walking stops early, for want of use, what is missing follows the same law."""
    monkeypatch.setattr(bulk, "LEAST_RATE", 1.0)  # at most one turn of walking
    monkeypatch.setattr(
        AncestralSampler, "draw", lambda self, tries, rng, draw=AncestralSampler.draw: draw(self, tries // 3, rng)
    )
    constraint = constrained(model, "...", (1, LONGEST))
    drawn = generator.sample(model, constraint, 3_000, np.random.default_rng(3), KNOWN)
    assert enumeration.drawn_as_expected(Counter(drawn.sequences()), truth(model, (1, LONGEST), KNOWN))


@pytest.mark.parametrize("pattern", ["a...", "*b*", "...-..."])
def test_independent_draws_under_a_pattern(pattern):
    """With more asked than lengths every draw looks ahead, known names written otherwise left out too."""
    model, known = MODELS["mix"](), Known([tuple(w) for w in ("ab", "abb", "ab-a")])
    constraint = constrained(model, pattern)
    expected = {
        s: p for s, p in truth(model, (1, LONGEST), known).items() if enumeration.fits(pattern, s, model.vocabulary)
    }
    drawn = generator.sample(model, constraint, 2_500, np.random.default_rng(1), known)
    assert enumeration.drawn_as_expected(Counter(drawn.sequences()), expected)


def test_nothing_fits_nothing_is_drawn():
    """Where all that fits is known, or nothing can fit, a sample is empty, however many are asked for."""
    model = MODELS["markov"]()
    every = Known(list(truth(model, (1, 2))))
    for n in (10, 5_000):
        assert (
            generator.sample(model, constrained(model, "...", (1, 2)), n, np.random.default_rng(0), every).texts() == []
        )
        assert generator.draw(model, constrained(model, "...", (1, 2)), n, np.random.default_rng(0), every).found == ()
    chain = generator.train("chain", ["abc"], None, order=2)
    assert generator.sample(chain, constrained(chain, "...", (1, 2)), 5_000, np.random.default_rng(0)).texts() == []


@each_model
def test_many_distinct_draws_exhaust_what_fits(model):
    """Asked for thousands where there are a hundred, each comes once with its probability."""
    drawn = generator.draw(model, constrained(model, "...", (1, LONGEST)), 5_000, np.random.default_rng(0)).found
    assert len({f.tokens for f in drawn}) == len(drawn)
    assert {f.tokens: pytest.approx(f.log_prob, abs=1e-9) for f in drawn} == truth(model, (1, LONGEST))


@pytest.mark.parametrize("many", [2, 3], ids=["laid out", "looked up"])
def test_distinct_draws_are_as_if_drawn_one_by_one(monkeypatch, many):
    """Walked names too follow p(second | the first is gone): pairs are counted against the product of conditionals."""
    monkeypatch.setattr(sampling, "MANY", many)
    model, n, rng = MODELS["markov with lengths"](), 2_000, np.random.default_rng(8)
    constraint = constrained(model, "...", (2, 2))
    p = {s: math.exp(v) for s, v in truth(model, (2, 2)).items()}
    total = sum(p.values())
    pairs = Counter(
        tuple(f.tokens for f in generator.draw(model, constraint, 2, rng, weigh=False).found) for _ in range(n)
    )
    expected = {(a, b): math.log(p[a] / total * p[b] / (total - p[a])) for a in p for b in p if a != b}
    assert enumeration.drawn_as_expected(pairs, expected)


def test_many_new_names_are_distinct_but_for_signs():
    """With known names, two that differ in signs alone are one, among thousands as among five."""
    model = MODELS["mix"]()
    drawn = generator.draw(
        model, constrained(model, "...", (1, 6)), 2_000, np.random.default_rng(2), KNOWN, weigh=False
    ).found
    keys = [generator.key("".join(f.tokens)) for f in drawn]
    assert len(set(keys)) == len(keys)
    assert not any(f.tokens in KNOWN for f in drawn)


def test_what_is_too_large_to_lay_out_is_drawn_all_the_same(monkeypatch):
    """A model of many words has no table of all its rows; the draws are those of the same law."""
    monkeypatch.setattr(automaton_markov, "DENSE", 10)
    words = [("so", "it", "goes"), ("it", "goes", "on"), ("so", "on")]
    model = train_markov(words, 2)
    constraint = constrained(model, "...", (1, 3))
    assert not can_sample_directly(model, constraint)
    drawn = generator.sample(model, constraint, 2_500, np.random.default_rng(5))
    assert enumeration.drawn_as_expected(Counter(drawn.sequences()), truth(model, (1, 3)))
    assert drawn.texts()[0] == "".join(next(iter(drawn.sequences())))
