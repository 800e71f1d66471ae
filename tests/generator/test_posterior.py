"""What a pattern leaves open, against brute-force enumeration, for every model."""

import math
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import generator
from generator.kneser_ney import train_markov
from tests.generator import oracles
from tests.generator.test_engine_truth import LONGEST, MODELS, constrained, log_sum, markov, truth

PARTS = ["*", "*", "*", "a", "b", "-", "[ab]", "[^a]"]
patterns = st.tuples(st.lists(st.sampled_from(PARTS), max_size=3), st.sampled_from(["", "..."]), st.lists(st.sampled_from(PARTS), max_size=3)).map(
    lambda pieces: "".join(pieces[0]) + pieces[1] + "".join(pieces[2])).filter(bool)


def counted(pattern, weights):
    """By enumeration, for each part of a pattern p(its token | pattern), or p(its length | pattern) for the gap."""
    parts = generator.parse_pattern(pattern).parts
    gap = next((i for i, part in enumerate(parts) if part.kind == "gap"), len(parts))
    found = [defaultdict(float) for _ in parts]
    total = log_sum(weights.values())
    for tokens, log_prob in weights.items():
        p = math.exp(log_prob - total)
        for i in range(len(parts)):
            if i == gap:
                found[i][len(tokens) - len(parts) + 1] += p
            else:
                found[i][tokens[i] if i < gap else tokens[i - len(parts)]] += p
    return found


@MODELS
@given(corpus=oracles.corpora, pattern=patterns, order=st.integers(1, 3))
@settings(max_examples=40)
def test_posterior(make, corpus, pattern, order):
    """The posterior of every hole and of the gap's length is what is counted over all sequences that fit."""
    model, log_prob = make(corpus, order)
    constraint = constrained(model, pattern)
    weights = truth(model, log_prob, pattern)
    assume(constraint is not None and log_sum(weights.values()) > -math.inf)
    answer, expected = generator.posterior(model, constraint), counted(pattern, weights)
    for hole in answer.holes:
        assert hole.text == generator.parse_pattern(pattern).parts[hole.part].text
        assert hole.probs == pytest.approx([expected[hole.part][w] for w in model.vocabulary.tokens], abs=1e-9)
        assert abs(hole.probs.sum() - 1) < 1e-12
    for gap in answer.gaps:
        assert gap.lengths == pytest.approx({n: p for n, p in expected[gap.part].items() if p}, abs=1e-9)
    assert answer.log_prob == pytest.approx(generator.evidence(model, constraint), abs=1e-12)


@MODELS
def test_a_letter_of_several_spellings_and_far_places(make):
    """At 64 places, where a plain product would underflow, the posterior still sums to one and knows the ends from the middle."""
    model, _ = make(["ab-", "ba", "-b", "aabb"], 1)
    constraint = generator.constrain(generator.parse_pattern("*" * 63 + "b"), model.vocabulary)
    holes = generator.posterior(model, constraint).holes
    assert len(holes) == 63
    assert all(np.isfinite(hole.probs).all() and hole.probs.sum() == pytest.approx(1) for hole in holes)


def test_evidence_sums_over_a_hole():
    """p(token at a hole | pattern) is the evidence of the pattern with that token over the evidence with the hole."""
    model, _ = markov(["abba", "ba-b", "aab", "-ab"], 3)
    whole = constrained(model, "a*...b")
    hole = generator.posterior(model, whole).holes[0]
    for token, p in zip(model.vocabulary.tokens, hole.probs, strict=True):
        part = constrained(model, f"a{token}...b")
        assert generator.evidence(model, part) - generator.evidence(model, whole) == pytest.approx(math.log(p), abs=1e-9)


@pytest.mark.parametrize("kind", generator.MODELS)
@pytest.mark.parametrize("corpus", [["mew"], ["m"], ["mew"] * 50, ["mr. mime", "a b"], ["ab" * 31]])
def test_corpora_at_the_edge(kind, corpus):
    """One entry, one token, repeats, spaces and long names give probabilities that sum to one."""
    model = generator.train(kind, [tuple(w) for w in corpus], np.random.default_rng(0))
    for pattern in ("*", "m*w", "...", "*...", "*...*", "...**", "*" * 40):
        try:
            answer = generator.posterior(model, generator.constrain(generator.parse_pattern(pattern), model.vocabulary))
        except generator.Unfillable:
            assert kind == "chain" or set(pattern) - set("*.") - set(model.vocabulary.tokens)
            continue
        for probs in [*(h.probs for h in answer.holes), *(np.array(list(g.lengths.values())) for g in answer.gaps)]:
            assert probs.min() >= 0
            assert probs.sum() == pytest.approx(1)


def test_no_dust_where_nothing_can_be():
    """A deterministic chain of fifty repeats puts at an odd place what the definition does, down to its smallest figures."""
    corpus = ["mew"] * 50 + ["mow"]
    oracle = oracles.KneserNey(corpus, 3)
    model = train_markov(corpus, 3)
    constraint = constrained(model, "me*m")
    weights = {s: oracle.log_prob(s) for s in oracles.sequences(model.vocabulary.tokens, 4) if oracles.fits("me*m", s, model.vocabulary)}
    expected = counted("me*m", weights)[2]
    hole, = generator.posterior(model, constraint).holes
    for token, p in zip(model.vocabulary.tokens, hole.probs, strict=True):
        assert p == pytest.approx(expected[token], rel=1e-9)


def test_two_gaps_are_refused():
    """With two gaps a sequence can be read in several ways, and that is said."""
    model, _ = markov(["ab", "ba-"], 2)
    with pytest.raises(generator.Unfillable, match="several ways"):
        generator.posterior(model, constrained(model, "...a*...", (1, LONGEST)))
