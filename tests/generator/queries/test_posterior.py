"""What a pattern leaves open, against brute-force enumeration, for every model."""

import math
import re
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import generator
from generator.models.lengths import weigh_lengths
from generator.training.kneser_ney import train_markov
from tests.helpers import enumeration
from tests.helpers.models import MODELS, constrained, log_sum, markov, mix, trained, truth

patterns = st.lists(
    st.sampled_from(["*", "*", "...", "...", "a", "b", "-", "[ab]", "[^a]"]), min_size=1, max_size=6
).map("".join)


def read(pattern, tokens):
    """What each part of a pattern stands for in a sequence, each gap as short as can be, by Python's own regular
    expressions."""
    expression = ""
    for part in generator.parse_pattern(pattern).parts:
        expression += {"hole": "(.)", "gap": "(.*?)"}.get(
            part.kind, f"({part.text if part.text[0] == '[' else re.escape(part.text)})"
        )
    return re.fullmatch(expression, "".join(tokens)).groups()


def counted(pattern, weights):
    """By enumeration, for each part of a pattern p(its token | pattern), or p(its length | pattern) for a gap."""
    parts = generator.parse_pattern(pattern).parts
    found = [defaultdict(float) for _ in parts]
    total = log_sum(weights.values())
    for tokens, log_prob in weights.items():
        for part, into, states in zip(parts, found, read(pattern, tokens), strict=True):
            into[len(states) if part.kind == "gap" else states] += math.exp(log_prob - total)
    return found


@MODELS
@given(corpus=enumeration.corpora, pattern=patterns, order=st.integers(1, 3))
@settings(max_examples=60)
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
        assert gap.lengths == pytest.approx(expected[gap.part], abs=1e-9)
    assert answer.log_prob == pytest.approx(generator.evidence(model, constraint), abs=1e-12)


@MODELS
def test_a_letter_of_several_spellings_and_far_places(make):
    """At 64 places, where a plain product would underflow, the posterior still sums to one and knows the ends from the
    middle."""
    model, _ = make(["ab-", "ba", "-b", "aabb"], 1)
    constraint = generator.constrain(generator.parse_pattern("*" * 63 + "b"), model.vocabulary)
    holes = generator.posterior(model, constraint).holes
    assert len(holes) == 63
    assert all(np.isfinite(hole.probs).all() and hole.probs.sum() == pytest.approx(1) for hole in holes)


@MODELS
@pytest.mark.parametrize("pattern", ["*...", "*...a", "a*...*", "...[ab]", "...a*..."])
def test_lengths_that_were_seen_weigh_in(make, pattern):
    """Where a model says how long sequences are, by whatever else it ends, holes and gaps are believed accordingly."""
    corpus = ["ab-", "ba", "abab", "a-b", "bb"]
    model, log_prob = make(corpus, 2)
    if model.kind == "mix":
        return
    weighed = weigh_lengths(model, ["ab", "aba", "abb"])
    raised = weighed.lengths if weighed is not model else np.zeros(99)
    weights = truth(model, lambda tokens: log_prob(tokens) + raised[len(tokens)], pattern)
    answer, expected = generator.posterior(weighed, constrained(model, pattern)), counted(pattern, weights)
    for hole in answer.holes:
        assert hole.probs == pytest.approx([expected[hole.part][w] for w in model.vocabulary.tokens], abs=1e-9)
    assert [gap.lengths for gap in answer.gaps] == [pytest.approx(expected[gap.part], abs=1e-9) for gap in answer.gaps]


def test_evidence_sums_over_a_hole():
    """p(token at a hole | pattern) is the evidence of the pattern with that token over the evidence with the hole."""
    model, _ = markov(["abba", "ba-b", "aab", "-ab"], 3)
    whole = constrained(model, "a*...b")
    hole = generator.posterior(model, whole).holes[0]
    for token, p in zip(model.vocabulary.tokens, hole.probs, strict=True):
        part = constrained(model, f"a{token}...b")
        assert generator.evidence(model, part) - generator.evidence(model, whole) == pytest.approx(
            math.log(p), abs=1e-9
        )


@pytest.mark.parametrize("kind", generator.MODELS)
@pytest.mark.parametrize("corpus", [["mew"], ["m"], ["mew"] * 50, ["mr. mime", "a b"], ["ab" * 31]])
def test_corpora_at_the_edge(kind, corpus):
    """One entry, one token, repeats, spaces and long names give probabilities that sum to one."""
    model = trained(kind, *corpus)
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
    """A deterministic chain of fifty repeats puts at an odd place what the definition does, down to its smallest
    figures."""
    corpus = ["mew"] * 50 + ["mow"]
    oracle = enumeration.KneserNey(corpus, 3)
    model = train_markov(corpus, 3)
    constraint = constrained(model, "me*m")
    weights = {
        s: oracle.log_prob(s)
        for s in enumeration.sequences(model.vocabulary.tokens, 4)
        if enumeration.fits("me*m", s, model.vocabulary)
    }
    expected = counted("me*m", weights)[2]
    (hole,) = generator.posterior(model, constraint).holes
    for token, p in zip(model.vocabulary.tokens, hole.probs, strict=True):
        assert p == pytest.approx(expected[token], rel=1e-9)


@pytest.mark.parametrize(
    "pattern",
    ["...a*...", "...ab*...", "...*b...*...", "...a*a...b...", "a...*-...b", "...[ab][ab]-...", "...aa...a*..."],
)
def test_gaps_are_read_from_the_left(pattern):
    """Between two gaps stands the first occurrence, also where occurrences overlap: `aab` in `aaab` begins at the
    second letter."""
    model, log_prob = mix(["abba", "ba-b", "aab-a", "-ab", "aaab"], 2)
    weights = {
        s: log_prob(s)
        for s in enumeration.sequences(model.vocabulary.tokens, 6)
        if enumeration.fits(pattern, s, model.vocabulary)
    }
    answer, expected = generator.posterior(model, constrained(model, pattern, (1, 6))), counted(pattern, weights)
    for hole in answer.holes:
        assert hole.probs == pytest.approx([expected[hole.part][w] for w in model.vocabulary.tokens], abs=1e-9)
    assert [gap.lengths for gap in answer.gaps] == [pytest.approx(expected[gap.part], abs=1e-9) for gap in answer.gaps]


def test_what_can_be_read_in_too_many_ways_is_refused():
    """A pattern of many gaps and holes stops in time and says so."""
    model, _ = markov(["ab", "ba-"], 2)
    with pytest.raises(generator.Tangled):
        generator.posterior(model, constrained(model, "...a******b...*...a*b...", (1, 64)))
