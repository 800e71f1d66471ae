"""Every query under an acceptor against brute-force enumeration, for every model and every pattern hypothesis can think
of."""

import math
import re
from collections import Counter
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import corpora
import generator
from generator.constraints import acceptor as acceptors
from generator.constraints.known import Known
from generator.constraints.sayable import Rule, rule_acceptor
from generator.inference import automaton_markov, backward_markov, forward_markov
from generator.inference.product import product as under_acceptor
from generator.queries.distinct import DistinctSampler
from generator.training.kneser_ney import train_markov
from tests.generator.queries.test_posterior import counted
from tests.helpers import enumeration, sayable_oracle
from tests.helpers.models import MODELS, constrained, log_sum, positioned, truth

STEMS, WORDS = ["aba", "bb"], ["a", "ba"]


def rude(vocabulary, corpus):
    """An acceptor against stems and words, hyphens passed over and letters drawn out, and what it means."""
    acceptor = generator.blocked_substrings(STEMS, vocabulary, lambda token: {token.strip("-")}, WORDS)
    stems, words = (["".join(letter + "+" for letter in text) for text in texts] for texts in (STEMS, WORDS))

    def forbidden(tokens):
        name = "".join(tokens)
        return any(re.search(stem, name.replace("-", "")) for stem in stems) or any(
            re.fullmatch(word, part) for word in words for part in name.split("-")
        )

    return acceptor, forbidden


def copied(n):
    def make(vocabulary, corpus):
        return generator.max_ngram_overlap(corpus, n, vocabulary), lambda tokens: any(
            "".join(tokens[i : i + n + 1]) in entry for entry in corpus for i in range(len(tokens) - n)
        )

    return make


def together(vocabulary, corpus):
    (one, bad), (other, worse) = rude(vocabulary, corpus), copied(2)(vocabulary, corpus)
    return generator.intersect(one, other), lambda tokens: bad(tokens) or worse(tokens)


def everything(vocabulary, corpus):
    return generator.blocked_substrings(
        list(enumeration.LETTERS), vocabulary, lambda token: {token}
    ), lambda tokens: True


def twice_over(vocabulary, corpus):
    """Two acceptors of which one adds nothing but states that differ in nothing."""
    one, other = (generator.blocked_substrings([stem], vocabulary, lambda token: {token}) for stem in ("bb", "abb"))
    return generator.intersect(one, other), lambda tokens: "bb" in "".join(tokens)


def said(vocabulary, corpus):
    """What can be said where `a` is the vowel and `-` no letter: `bb` and `aa` inside, `bb` at an end, no word of `b`
    but `bb`."""
    held = frozenset([("inside", "bb"), ("inside", "aa"), ("end", "bb"), ("end", "b"), ("whole", "bb")])
    return rule_acceptor(Rule(held), vocabulary), lambda tokens: not sayable_oracle.said("".join(tokens), held)


def said_and_decent(vocabulary, corpus):
    (one, bad), (other, worse) = rude(vocabulary, corpus), said(vocabulary, corpus)
    return generator.intersect(one, other), lambda tokens: bad(tokens) or worse(tokens)


def bars_add_up(tokens, quarters, bar, beat):
    """Whether notes fill whole bars, as somebody counts who taps along: none goes on over a bar line, or from off a
    beat over the next."""
    gone = Fraction(0)
    for token in tokens:
        in_bar, ends = gone % bar, gone % bar + quarters[token]
        if ends > bar or (in_bar % beat and ends > (in_bar // beat + 1) * beat):
            return False
        gone += quarters[token]
    return gone % bar == 0


QUARTERS = {"a": Fraction(1, 2), "b": Fraction(1), "-": Fraction(3, 2)}
SIGNATURES = {
    "one bar": [(2, 2)],
    "two bars": [(2, 2), (Fraction(3, 2), Fraction(3, 2))],
    "two beats": [(3, Fraction(3, 2))],
}


def in_metre(named, last):
    def make(vocabulary, corpus):
        signatures = [generator.Signature(int(2 * bar), int(2 * beat)) for bar, beat in SIGNATURES[named]]
        acceptor = generator.metre_acceptor(
            vocabulary,
            [int(2 * QUARTERS[token]) for token in vocabulary.tokens],
            signatures,
            [token in last for token in vocabulary.tokens],
        )
        return (
            acceptor,
            lambda tokens: (
                tokens[-1] not in last or not any(bars_add_up(tokens, QUARTERS, *s) for s in SIGNATURES[named])
            ),
        )

    return make


def metre_and_copies(vocabulary, corpus):
    (one, bad), (other, worse) = copied(2)(vocabulary, corpus), in_metre("two bars", "ab")(vocabulary, corpus)
    return generator.intersect(one, other), lambda tokens: bad(tokens) or worse(tokens)


def bound(tokens):
    """An acceptor of runs around some tokens, and what it means: every window of four whose second is bound, or that begins
    the sequence, is an entry's."""

    def make(vocabulary, corpus):
        def windows(sequence):
            padded = ("^", *sequence, "$")
            return {
                padded[i : i + 4][:n]
                for i in range(len(padded) - 1)
                if i == 0 or padded[i + 1] in tokens
                for n in range(2, 5)
            }

        seen = set().union(*(windows(tuple(entry)) for entry in corpus))
        return generator.collocated(
            corpus, vocabulary.among(tokens), vocabulary
        ), lambda sequence: not windows(sequence) <= seen

    return make


def bound_and_copied(vocabulary, corpus):
    (one, bad), (other, worse) = bound("a")(vocabulary, corpus), copied(3)(vocabulary, corpus)
    return generator.intersect(one, other), lambda tokens: bad(tokens) or worse(tokens)


ACCEPTORS = {
    "said": said,
    "said and decent": said_and_decent,
    "rude": rude,
    "copied 1": copied(1),
    "copied 3": copied(3),
    "together": together,
    "everything": everything,
    "twice over": twice_over,
    "in two": in_metre("one bar", "ab"),
    "in two or a half and one": in_metre("two bars", "ab-"),
    "with beats": in_metre("two beats", "a-"),
    "metre and copies": metre_and_copies,
    "one bound": bound("a"),
    "two bound": bound("b-"),
    "bound and copied": bound_and_copied,
}
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
    @settings(max_examples=30)
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
    @settings(max_examples=18)
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
    @settings(max_examples=18)
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
        drawn = sampler._rejection_sample(sampler.under(getattr(acceptor, "other", acceptor)), 3000, rng)
    else:
        drawn = sampler.under(acceptor).draw(3000, rng) if way == "product" else sampler._allowed(3000, rng)
    counts = Counter(model.vocabulary.decode(ids) for ids, _ in drawn)
    assert counts.total() == 3000
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
    (one, _), (other, _) = rude(model.vocabulary, corpus), copied(1)(model.vocabulary, corpus)
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
