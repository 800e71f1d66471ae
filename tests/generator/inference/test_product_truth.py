"""Every query under a guard against brute-force enumeration, for every model and every pattern hypothesis can think
of."""

import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import corpora
import generator
from generator.constraints import acceptor as guards
from generator.constraints.known import Known
from generator.inference import backward_markov, forward
from generator.inference.product import guarded as under_guard
from generator.models import markov
from generator.queries.sampling import Bag
from generator.training.kneser_ney import train_markov
from tests.helpers import enumeration
from tests.helpers.acceptors import GUARDS, copied, together, without_rude
from tests.helpers.models import MODELS, clocked, constrained, log_sum, truth
from tests.helpers.parts import counted

pytestmark = pytest.mark.slow

guarded = given(
    corpus=enumeration.corpora,
    pattern=enumeration.patterns,
    order=st.integers(1, 3),
    named=st.sampled_from(sorted(GUARDS)),
)


@pytest.fixture(params=["few letters", "many words"])
def size(request, monkeypatch):
    """Everything is done in the ways that pay for small alphabets, and in those that pay for large ones."""
    if request.param == "many words":
        monkeypatch.setattr(guards, "DENSE", 0)
        monkeypatch.setattr(markov, "DENSE", 0)
        monkeypatch.setattr(backward_markov, "FEW", 1)
        monkeypatch.setattr(forward, "FEW", 0)


@pytest.mark.usefixtures("size")
@MODELS
def test_evidence(make):
    """evidence is the sum over all sequences that fit and are allowed, less the known ones if so asked; never minus
    nothing by rounding."""

    @guarded
    @settings(max_examples=20)
    def check(corpus, pattern, order, named):
        model, log_prob = make(corpus, order)
        guard, forbidden = GUARDS[named](model.vocabulary, corpus)
        if (constraint := constrained(model, pattern, guard=guard)) is None:
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
    """The posterior under a guard is what is counted over all sequences that fit and are allowed, and refused where
    none is."""

    @guarded
    @settings(max_examples=12)
    def check(corpus, pattern, order, named):
        model, log_prob = make(corpus, order)
        guard, forbidden = GUARDS[named](model.vocabulary, corpus)
        constraint = constrained(model, pattern, guard=guard)
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

    @guarded
    @settings(max_examples=12)
    def check(corpus, pattern, order, named):
        exhausted(make, corpus, pattern, order, named)

    check()


def exhausted(make, corpus, pattern, order, named):
    model, log_prob = make(corpus, order)
    guard, forbidden = GUARDS[named](model.vocabulary, corpus)
    if (constraint := constrained(model, pattern, guard=guard)) is None:
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
@pytest.mark.parametrize("way", ["guarded", "drawn anew", "under one of two"])
def test_draws_follow_the_distribution_of_what_is_allowed_and_new(make, named, pattern, way):
    """Each draw is distributed as p(sequence | pattern, allowed, new), by a chi-square at one in ten thousand, in every
    way of drawing."""
    corpus = ["ab", "abba", "ba-b", "aab", "-ab", "abab", "b-"]
    model, log_prob = make(corpus, 2)
    guard, forbidden = GUARDS[named](model.vocabulary, corpus)
    known, constraint = Known(corpus), constrained(model, pattern, guard=guard)
    expected = truth(model, log_prob, pattern, {*map(tuple, corpus)}, forbidden=forbidden)
    bag, rng = Bag(model, constraint, known), np.random.default_rng(5)
    if not expected:
        assert not bag.refill(1, rng)
        return
    if way == "under one of two":
        drawn = bag._anew(bag.under(getattr(guard, "other", guard)), 1500, rng)
    else:
        drawn = bag.under(guard).draw(1500, rng) if way == "guarded" else bag._allowed(1500, rng)
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


@pytest.mark.parametrize("clock", ["age", "to come"])
@pytest.mark.parametrize("named", ["said", "rude"])
def test_a_clock_alone_is_no_beginning(clock, named):
    """A context that knows only how much is to come is met inside names too, where a guard does not stand at its
    start."""
    model, log_prob = clocked(clock)(["ab-a"], 2)
    guard, forbidden = GUARDS[named](model.vocabulary, ["ab-a"])
    expected = truth(model, log_prob, "****", forbidden=forbidden)
    assert generator.evidence(model, constrained(model, "****", guard=guard)) == pytest.approx(
        log_sum(expected.values()), abs=1e-9
    )


@MODELS
def test_conditioning_twice_is_conditioning_once(make):
    """p(one guard and then another) is p(both), and a guard that forbids nothing changes nothing."""
    corpus = ["ab", "abba", "ba-b", "aab"]
    model, _ = make(corpus, 2)
    (one, _), (other, _) = without_rude(model.vocabulary, corpus), copied(1)(model.vocabulary, corpus)
    none = generator.forbid([], model.vocabulary, lambda token: {token})
    for pattern in ("...", "a*...", "**[^a]"):
        orders = [
            generator.evidence(model, constrained(model, pattern, guard=generator.both(*pair)))
            for pair in ((one, other), (other, one))
        ]
        assert orders[0] == pytest.approx(orders[1], abs=1e-12)
        for guard in (one, other, None):
            assert orders[0] <= (alone := generator.evidence(model, constrained(model, pattern, guard=guard))) + 1e-12
            assert generator.evidence(
                model, constrained(model, pattern, guard=generator.both(guard, none))
            ) == pytest.approx(alone, abs=1e-9)


@MODELS
def test_evidence_sums_over_a_hole(make):
    """The evidence of a hole is the sum of those of each token in its place, and of all holes that of the length."""
    corpus = ["ab", "abba", "ba-b", "aab"]
    model, _ = make(corpus, 2)
    guard, _ = together(model.vocabulary, corpus)
    tokens = {"-": "[-]"}
    parts = [constrained(model, f"a{tokens.get(w, w)}*", guard=guard) for w in model.vocabulary.tokens]
    each = [generator.evidence(model, part) for part in parts if part is not None]
    assert generator.evidence(model, constrained(model, "a**", guard=guard)) == pytest.approx(log_sum(each), abs=1e-9)
    free = generator.constrain(None, model.vocabulary, (3, 3), guard)
    assert generator.evidence(model, free) == pytest.approx(
        generator.evidence(model, constrained(model, "***", guard=guard)), abs=1e-12
    )


@pytest.mark.parametrize(("name", "clock", "most"), [("piano", None, 6), ("pokemon", "age", 3)])
def test_states_that_say_the_same_of_every_token(name, clock, most):
    """Two states of a guard may differ and yet never say so: their pairs have an edge all the same, and probabilities
    stay."""
    names = corpora.load(name).sequences
    model = generator.temper(train_markov(names, 5, clock), 0.6)
    constraint = generator.constrain(None, model.vocabulary, (3, 20), generator.no_copy(names, most, model.vocabulary))
    under = under_guard(model, constraint)
    drawn = [found.tokens for found in generator.draw(under, constraint, 20, np.random.default_rng(0)).found]
    assert len(drawn) == 20 and all(
        guards.allowed(constraint.guard, model.vocabulary.encode(tokens)[None])[0] for tokens in drawn
    )
    assert generator.log_probs(under, drawn) == pytest.approx(generator.log_probs(model, drawn), rel=1e-9)
