"""Every query against brute-force enumeration, for every model: small alphabets, all patterns hypothesis can think
of."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator
from generator.constraints.known import Known
from generator.queries.completions import complete
from generator.queries.distinct import DistinctSampler
from tests.helpers import enumeration
from tests.helpers.models import LONGEST, MODELS, constrained, log_sum, markov, truth

cases = given(corpus=enumeration.corpora, pattern=enumeration.patterns, order=st.integers(1, 3))


@MODELS
@cases
@settings(max_examples=25)
def test_log_prob(make, corpus, pattern, order):
    """log_prob agrees with the definition of the model, token by token or path by path."""
    model, log_prob = make(corpus, order)
    for sequence in enumeration.sequences(model.vocabulary.tokens, 3):
        assert generator.log_prob(model, sequence) == pytest.approx(log_prob(sequence), abs=1e-9)


@MODELS
@cases
@settings(max_examples=40)
def test_evidence(make, corpus, pattern, order):
    """evidence is the sum over all sequences that fit."""
    model, log_prob = make(corpus, order)
    constraint = constrained(model, pattern)
    expected = truth(model, log_prob, pattern)
    if constraint is None:
        assert not expected
    else:
        assert generator.evidence(model, constraint) == pytest.approx(log_sum(expected.values()), abs=1e-9)


@MODELS
@cases
@settings(max_examples=40)
def test_completions_of_one_length_come_in_order_of_probability(make, corpus, pattern, order):
    """With one length, the list is exactly the enumeration sorted by probability, known names left out."""
    model, log_prob = make(corpus, order)
    length = generator.parse_pattern(pattern).shortest or 1
    if length > LONGEST or (constraint := constrained(model, pattern, (length, length))) is None:
        return
    known = [tuple(w) for w in corpus]
    answer = complete(model, constraint, 1000)
    expected = truth(model, log_prob, pattern, (), (length, length))
    assert answer.exact
    assert answer.gap == 0
    assert {f.tokens: pytest.approx(f.log_prob, abs=1e-9) for f in answer.found} == expected
    assert [f.log_prob for f in answer.found] == sorted((f.log_prob for f in answer.found), reverse=True)
    fresh = complete(model, constraint, 3, Known(known))
    keys = dict.fromkeys(generator.key("".join(f.tokens)) for f in answer.found if f.tokens not in Known(known))
    assert [generator.key("".join(f.tokens)) for f in fresh.found] == list(keys)[:3]


@MODELS
@cases
@settings(max_examples=25)
def test_completions_of_many_lengths(make, corpus, pattern, order):
    """With several lengths all that fits comes once, and within each length in order of probability."""
    model, log_prob = make(corpus, order)
    if (constraint := constrained(model, pattern)) is None:
        return
    answer = complete(model, constraint, 1000)
    assert {f.tokens: pytest.approx(f.log_prob, abs=1e-9) for f in answer.found} == truth(model, log_prob, pattern)
    for length in constraint.lengths:
        ranked = [f.log_prob for f in answer.found if len(f.tokens) == length]
        assert ranked == sorted(ranked, reverse=True)
    assert complete(model, constraint, 3, skip=2).found == answer.found[2:5]


@MODELS
@cases
@settings(max_examples=25)
def test_draws_exhaust_what_fits(make, corpus, pattern, order):
    """Asked for more than there is, draw gives each sequence that fits just once, with its probability."""
    model, log_prob = make(corpus, order)
    if (constraint := constrained(model, pattern)) is None:
        return
    drawn = generator.draw(model, constraint, 1000, np.random.default_rng(0)).found
    assert len({f.tokens for f in drawn}) == len(drawn)
    assert {f.tokens: pytest.approx(f.log_prob, abs=1e-9) for f in drawn} == truth(model, log_prob, pattern)


@MODELS
@pytest.mark.parametrize("pattern", ["a**", "*...a", "...b..."])
def test_draws_follow_the_distribution_without_what_is_known(make, pattern):
    """Each draw is distributed as p(sequence | pattern, new), by a chi-square at one in ten thousand."""
    corpus = ["ab", "abba", "ba-b", "aab", "-ab", "abab"]
    model, log_prob = make(corpus, 2)
    known = Known([tuple(w) for w in corpus])
    constraint = constrained(model, pattern)
    expected = truth(model, log_prob, pattern, known)
    drawn = [
        model.vocabulary.decode(ids)
        for ids, _ in DistinctSampler(model, constraint, known).novel.draw(3000, np.random.default_rng(5))
    ]
    counts = Counter(
        tokens for tokens in drawn if tokens not in known
    )  # a known name written otherwise is passed over later
    assert counts.total() > 1000
    assert set(map("".join, drawn)).isdisjoint(corpus)
    assert enumeration.drawn_as_expected(counts, expected)


def test_later_draws_are_as_if_drawn_one_by_one():
    """The second name follows p(second | the first is gone): pairs are counted against the product of conditionals."""
    model, log_prob = markov(["ab", "ba", "a-", "b"], 2)
    constraint = constrained(model, "**")
    p = {s: math.exp(v) for s, v in truth(model, log_prob, "**").items()}
    total, n, rng = sum(p.values()), 3000, np.random.default_rng(8)
    pairs = Counter(tuple(f.tokens for f in generator.draw(model, constraint, 2, rng).found) for _ in range(n))
    for (first, second), count in pairs.items():
        share = p[first] / total * p[second] / (total - p[first])
        assert abs(count - n * share) < 5 * math.sqrt(n * share) + 1
