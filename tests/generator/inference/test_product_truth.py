"""Every query under an acceptor against brute-force enumeration, for every model and every pattern hypothesis can think
of."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import corpora
import generator
from generator.constraints import acceptor as acceptors
from generator.constraints.known import Known
from generator.inference import automaton_markov, backward_markov, forward_markov
from generator.inference.product import product as under_acceptor
from generator.queries.distinct import DistinctSampler
from generator.training.kneser_ney import train_markov
from tests.helpers import enumeration
from tests.helpers.acceptors import ACCEPTORS, copied, together, without_rude
from tests.helpers.models import MODELS, constrained, log_sum, positioned, truth
from tests.helpers.parts import counted

pytestmark = pytest.mark.slow

acceptors_and_patterns = given(
    corpus=enumeration.corpora,
    pattern=enumeration.patterns,
    order=st.integers(1, 3),
    named=st.sampled_from(sorted(ACCEPTORS)),
)


@pytest.fixture(params=["few letters", "many words"])
def size(request, monkeypatch):
    """Everything is done in the ways that pay for small alphabets, and in those that pay for large ones."""
    if request.param == "many words":
        monkeypatch.setattr(acceptors, "DENSE", 0)
        monkeypatch.setattr(automaton_markov, "DENSE", 0)
        monkeypatch.setattr(backward_markov, "FEW", 1)
        monkeypatch.setattr(forward_markov, "FEW", 0)


@pytest.mark.usefixtures("size")
@MODELS
def test_evidence(make):
    """evidence is the sum over all sequences that fit and are allowed, less the known ones if so asked; never minus
    nothing by rounding."""

    @acceptors_and_patterns
    @settings(max_examples=20)
    def check(corpus, pattern, order, named):
        model, log_prob = make(corpus, order)
        acceptor, forbidden = ACCEPTORS[named](model.vocabulary, corpus)
        if (constraint := constrained(model, pattern, acceptor=acceptor)) is None:
            return
        expected = truth(model, log_prob, pattern, forbidden=forbidden)
        assert generator.evidence(model, constraint) == pytest.approx(log_sum(expected.values()), abs=1e-9)
        known = set(map(tuple, corpus))
        new = [p for s, p in expected.items() if s not in known]
        assert generator.evidence(model, constraint, Known(corpus)) == pytest.approx(log_sum(new), abs=1e-9)

    check()


@pytest.mark.usefixtures("size")
@MODELS
def test_posterior(make):
    """The posterior under an acceptor is what is counted over all sequences that fit and are allowed, and refused where
    none is."""

    @acceptors_and_patterns
    @settings(max_examples=12)
    def check(corpus, pattern, order, named):
        model, log_prob = make(corpus, order)
        acceptor, forbidden = ACCEPTORS[named](model.vocabulary, corpus)
        constraint = constrained(model, pattern, acceptor=acceptor)
        assume(constraint is not None)
        weights = truth(model, log_prob, pattern, forbidden=forbidden)
        if log_sum(weights.values()) == -math.inf:
            with pytest.raises(generator.Unfillable):
                generator.posterior(model, constraint)
            return
        answer, expected = generator.posterior(model, constraint), counted(pattern, weights)
        for hole in answer.holes:
            assert hole.probs == pytest.approx([expected[hole.part][w] for w in model.vocabulary.tokens], abs=1e-9)
            assert abs(hole.probs.sum() - 1) < 1e-12
        for gap in answer.gaps:
            assert {n: p for n, p in gap.lengths.items() if p > 1e-12} == pytest.approx(expected[gap.part], abs=1e-9)

    check()


@pytest.mark.usefixtures("size")
@MODELS
def test_draws_and_completions_exhaust_what_is_allowed(make):
    """Asked for more than there is, both give each sequence that fits and is allowed just once, with its
    probability."""

    @acceptors_and_patterns
    @settings(max_examples=12)
    def check(corpus, pattern, order, named):
        exhausted(make, corpus, pattern, order, named)

    check()


def exhausted(make, corpus, pattern, order, named):
    model, log_prob = make(corpus, order)
    acceptor, forbidden = ACCEPTORS[named](model.vocabulary, corpus)
    if (constraint := constrained(model, pattern, acceptor=acceptor)) is None:
        return
    expected = truth(model, log_prob, pattern, forbidden=forbidden)
    drawn = generator.draw(model, constraint, 1000, np.random.default_rng(0)).found
    completed = generator.complete(model, constraint, 1000).found
    assert len({f.tokens for f in drawn}) == len(drawn)
    for found in (drawn, completed):
        assert {f.tokens: pytest.approx(f.log_prob, abs=1e-9) for f in found} == expected
    new = generator.draw(model, constraint, 1000, np.random.default_rng(0), Known(corpus)).found
    assert {f.tokens for f in new} <= {s for s in expected if s not in Known(corpus)}
    assert {generator.key("".join(f.tokens)) for f in new} == {
        generator.key("".join(s)) for s in expected if s not in Known(corpus)
    }


@MODELS
@pytest.mark.parametrize(
    "named", ["rude", "copied 1", "together", "said", "said and decent", "in two or a half and one", "metre and copies"]
)
@pytest.mark.parametrize("pattern", ["*...b", "..."])
@pytest.mark.parametrize("way", ["product", "drawn anew", "under one of two"])
def test_draws_follow_the_distribution_of_what_is_allowed_and_new(make, named, pattern, way):
    """Each draw is distributed as p(sequence | pattern, allowed, new), by a chi-square at one in ten thousand, in every
    way of drawing."""
    corpus = ["ab", "abba", "ba-b", "aab", "-ab", "abab", "b-"]
    model, log_prob = make(corpus, 2)
    acceptor, forbidden = ACCEPTORS[named](model.vocabulary, corpus)
    known, constraint = Known(corpus), constrained(model, pattern, acceptor=acceptor)
    expected = truth(model, log_prob, pattern, {*map(tuple, corpus)}, forbidden=forbidden)
    sampler, rng = DistinctSampler(model, constraint, known), np.random.default_rng(5)
    if not expected:
        assert not sampler.refill(1, rng)
        return
    if way == "under one of two":
        drawn = sampler._rejection_sample(sampler.under(getattr(acceptor, "other", acceptor)), 1500, rng)
    else:
        drawn = sampler.under(acceptor).draw(1500, rng) if way == "product" else sampler._allowed(1500, rng)
    counts = Counter(model.vocabulary.decode(ids) for ids, _ in drawn)
    assert counts.total() == 1500
    assert set(counts) <= set(expected)
    assert chi_square(counts, expected) < 3.72


def chi_square(counts, log_probs):
    """How many standard deviations a chi-square is too large: its cube root over k is nearly normal (Wilson and
    Hilferty 1931)."""
    n, total = counts.total(), log_sum(log_probs.values())
    wanted = {s: n * math.exp(p - total) for s, p in log_probs.items() if n * math.exp(p - total) >= 5}
    value, k = sum((counts[s] - m) ** 2 / m for s, m in wanted.items()), len(wanted)
    return ((value / k) ** (1 / 3) - (1 - 2 / (9 * k))) / math.sqrt(2 / (9 * k))


@pytest.mark.parametrize("position", ["from_start", "to_end"])
@pytest.mark.parametrize("named", ["said", "rude"])
def test_a_position_alone_is_no_beginning(position, named):
    """A context that knows only how much is to come is met inside names too, where an acceptor does not stand at its
    start."""
    model, log_prob = positioned(position)(["ab-a"], 2)
    acceptor, forbidden = ACCEPTORS[named](model.vocabulary, ["ab-a"])
    expected = truth(model, log_prob, "****", forbidden=forbidden)
    assert generator.evidence(model, constrained(model, "****", acceptor=acceptor)) == pytest.approx(
        log_sum(expected.values()), abs=1e-9
    )


@MODELS
def test_conditioning_twice_is_conditioning_once(make):
    """p(one acceptor and then another) is p(both), and an acceptor that forbids nothing changes nothing."""
    corpus = ["ab", "abba", "ba-b", "aab"]
    model, _ = make(corpus, 2)
    (one, _), (other, _) = without_rude(model.vocabulary, corpus), copied(1)(model.vocabulary, corpus)
    none = generator.blocked_substrings([], model.vocabulary, lambda token: {token})
    for pattern in ("...", "a*...", "**[^a]"):
        orders = [
            generator.evidence(model, constrained(model, pattern, acceptor=generator.intersect(*pair)))
            for pair in ((one, other), (other, one))
        ]
        assert orders[0] == pytest.approx(orders[1], abs=1e-12)
        for acceptor in (one, other, None):
            assert (
                orders[0]
                <= (alone := generator.evidence(model, constrained(model, pattern, acceptor=acceptor))) + 1e-12
            )
            assert generator.evidence(
                model, constrained(model, pattern, acceptor=generator.intersect(acceptor, none))
            ) == pytest.approx(alone, abs=1e-9)


@MODELS
def test_evidence_sums_over_a_hole(make):
    """The evidence of a hole is the sum of those of each token in its place, and of all holes that of the length."""
    corpus = ["ab", "abba", "ba-b", "aab"]
    model, _ = make(corpus, 2)
    acceptor, _ = together(model.vocabulary, corpus)
    tokens = {"-": "[-]"}
    parts = [constrained(model, f"a{tokens.get(w, w)}*", acceptor=acceptor) for w in model.vocabulary.tokens]
    each = [generator.evidence(model, part) for part in parts if part is not None]
    assert generator.evidence(model, constrained(model, "a**", acceptor=acceptor)) == pytest.approx(
        log_sum(each), abs=1e-9
    )
    free = generator.constrain(None, model.vocabulary, (3, 3), acceptor)
    assert generator.evidence(model, free) == pytest.approx(
        generator.evidence(model, constrained(model, "***", acceptor=acceptor)), abs=1e-12
    )


@pytest.mark.parametrize(("name", "position", "most"), [("piano", None, 6), ("pokemon", "from_start", 3)])
def test_states_that_say_the_same_of_every_token(name, position, most):
    """Two states of an acceptor may differ and yet never say so: their pairs have an edge all the same, and probabilities
    stay."""
    names = corpora.load(name).sequences
    model = generator.temper(train_markov(names, 5, position), 0.6)
    constraint = generator.constrain(
        None, model.vocabulary, (3, 20), generator.max_ngram_overlap(names, most, model.vocabulary)
    )
    under = under_acceptor(model, constraint)
    sampler = DistinctSampler(under, constraint, None)
    drawn = [model.vocabulary.decode(ids) for ids in sampler.with_replacement(20, np.random.default_rng(0))]
    assert len(drawn) == 20 and all(
        acceptors.allowed(constraint.acceptor, model.vocabulary.encode(tokens)[None])[0] for tokens in drawn
    )
    assert generator.log_probs(under, drawn) == pytest.approx(generator.log_probs(model, drawn), rel=1e-9)
