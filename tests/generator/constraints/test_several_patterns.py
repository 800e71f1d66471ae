"""Several patterns at once, each to be filled: every query against enumeration, and what begins, ends and contains
mean."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator
from generator import parse_pattern
from generator.vocabulary import Vocabulary
from tests.generator.inference.test_product_truth import ACCEPTORS
from tests.generator.queries.test_posterior import counted
from tests.helpers import enumeration
from tests.helpers.models import LONGEST, MODELS, log_sum, markov, mix

cases = given(
    corpus=enumeration.corpora,
    several=st.lists(enumeration.patterns, min_size=2, max_size=3),
    order=st.integers(1, 3),
    named=st.sampled_from([*sorted(ACCEPTORS), None]),
)


def posed(model, corpus, several, named):
    """The constraint of several patterns under an acceptor, None where no length fills them, and what is forbidden."""
    acceptor, forbidden = ACCEPTORS[named](model.vocabulary, corpus) if named else (None, lambda tokens: False)
    try:
        return generator.constrain(
            list(map(parse_pattern, several)), model.vocabulary, (1, LONGEST), acceptor
        ), forbidden
    except generator.Unfillable:
        return None, forbidden


def fits(several, tokens, vocabulary):
    """Whether a sequence fits all patterns, the signs that a vocabulary bars let pass where one of them was typed with
    it."""
    if not all(enumeration.fits(pattern, tokens) for pattern in several):
        return False
    typed = [[parse_pattern(pattern).parts[end].kind in ("letter", "class") for pattern in several] for end in (0, -1)]
    return all(
        any(which) or token not in barred
        for which, token, barred in zip(typed, (tokens[0], tokens[-1]), vocabulary.bars, strict=True)
    )


@MODELS
@cases
@settings(max_examples=40)
def test_several_patterns_are_their_conjunction(make, corpus, several, order, named):
    """Evidence, draws and completions are over the sequences that fill every pattern and are allowed."""
    model, log_prob = make(corpus, order)
    constraint, forbidden = posed(model, corpus, several, named)
    expected = {
        s: p
        for s in enumeration.sequences(model.vocabulary.tokens, LONGEST)
        if fits(several, s, model.vocabulary) and not forbidden(s) and (p := log_prob(s)) > -math.inf
    }
    if constraint is None:
        assert not expected
        return
    assert generator.evidence(model, constraint) == pytest.approx(log_sum(expected.values()), abs=1e-9)
    for found in (
        generator.complete(model, constraint, 1000).found,
        generator.draw(model, constraint, 1000, np.random.default_rng(0)).found,
    ):
        assert {f.tokens: pytest.approx(f.log_prob, abs=1e-9) for f in found} == expected
    if not expected:
        with pytest.raises(generator.Unfillable):
            generator.posterior(model, constraint)
        return
    answer, wanted = generator.posterior(model, constraint), counted(several[0], expected)
    for hole in answer.holes:
        assert hole.probs == pytest.approx([wanted[hole.part][w] for w in model.vocabulary.tokens], abs=1e-9)
    for gap in answer.gaps:
        assert {n: p for n, p in gap.lengths.items() if p > 1e-12} == pytest.approx(wanted[gap.part], abs=1e-9)


@pytest.mark.parametrize(
    ("said", "pattern"),
    [
        ({"begins": "ab"}, "ab..."),
        ({"ends": "ab"}, "...ab"),
        ({"contains": "a*b"}, "...a*b..."),
        ({"ends": "...ab"}, "...ab"),
        ({"begins": "a", "ends": "b"}, "a...b"),
        ({"begins": "b", "contains": "[ab]a"}, "b...[ab]a..."),
    ],
)
def test_affixes_say_what_a_pattern_says(said, pattern):
    """What begins, ends or contains is the pattern with dots; where it overlaps, the pattern leaves out what affixes
    allow."""
    model, _ = markov(["abba", "ba-b", "aab", "-ab"], 2)
    length = (3, 4) if len(said) == 1 else (4, 4)
    one = generator.constrain(parse_pattern(pattern), model.vocabulary, length)
    several = generator.constrain(generator.affixes(**said), model.vocabulary, length)
    assert generator.evidence(model, several) >= generator.evidence(model, one) - 1e-12
    if len(said) == 1 or said == {"begins": "a", "ends": "b"}:
        assert generator.evidence(model, several) == pytest.approx(generator.evidence(model, one), abs=1e-12)


def test_affixes_may_overlap():
    """Begins with `ab`, ends with `ba`: `aba` does both with three letters."""
    constraint = generator.constrain(generator.affixes(begins="ab", ends="ba"), Vocabulary("ab"))
    assert constraint.lengths[0] == 3


@pytest.mark.parametrize(
    ("several", "length", "words"),
    [
        (["***", "....a..."], None, None),
        (["**", "***"], None, "at least 3 long, and another at most 2"),
        (["...", "a***..."], (1, 3), "at least 4"),
        (["**", "..."], (5, 6), "exactly 2"),
        (["...", " ..."], None, "space"),
        (["...", "x..."], None, "nothing in this corpus"),
    ],
)
def test_patterns_that_exclude_one_another_say_so(several, length, words):
    """Lengths that cannot be met are told; letters that cannot are no crash."""
    patterns = list(map(parse_pattern, several))
    if words is None:
        assert generator.constrain(patterns, Vocabulary("ab."), length).lengths == (3,)
        return
    with pytest.raises(generator.Unfillable, match=words):
        generator.constrain(patterns, Vocabulary("ab. "), length)


def test_letters_that_exclude_one_another_leave_nothing():
    """A name cannot begin with two letters at once: no length fits, and every query says so."""
    model, _ = mix(["ab", "ba-"], 2)
    constraint = generator.constrain(
        generator.affixes(begins="a") + generator.affixes(begins="b"), model.vocabulary, (1, 6)
    )
    assert constraint.lengths == ()
    assert generator.evidence(model, constraint) == -math.inf
    assert generator.draw(model, constraint, 3, np.random.default_rng(0)).found == ()
    assert generator.complete(model, constraint, 3).found == ()


def test_many_long_patterns_stay_in_bounds():
    """Sixty-four places in each of four patterns are told apart; what would take too many nodes is refused."""
    vocabulary = Vocabulary("ab")
    several = [parse_pattern("*" * i + "a" + "*" * (63 - i)) for i in (0, 20, 40, 63)]
    assert generator.constrain(several, vocabulary).lengths == (64,)
    with pytest.raises(generator.Tangled):
        generator.constrain([parse_pattern("...a**********b..."), parse_pattern("...b***a...")], vocabulary)
