"""Acceptors at the edge: never a NaN, a warning (the suite turns them into errors), or an endless loop."""

import math
import re

import numpy as np
import pytest

import generator
from generator import Known, constrain, parse_pattern
from generator.constraints.acceptor import allowed
from generator.inference import product_hmm
from generator.inference.product import product
from generator.training.kneser_ney import train_markov
from generator.vocabulary import Vocabulary
from tests.helpers import enumeration, models
from tests.helpers.models import trained

CORPORA = {
    "one entry": ["mew"],
    "one token": ["m"],
    "one token repeated": ["aaaa", "aa"],
    "all entries equal": ["mew"] * 50,
    "long": ["ab" * 31, "ba" * 31],
    "spaces": ["mr. mime", "mr mew", "me w"],
}


def plain(token):
    return {token.strip(" -.")}


def acceptors(vocabulary, corpus):
    yield generator.max_ngram_overlap(corpus, 1, vocabulary)
    yield generator.max_ngram_overlap(corpus, 3, vocabulary)
    yield generator.blocked_substrings(["me", "aa"], vocabulary, plain, ["mew", "ab"])
    yield generator.blocked_substrings(vocabulary.tokens, vocabulary, lambda token: {token})


@pytest.mark.parametrize("kind", generator.MODELS)
@pytest.mark.parametrize("name", CORPORA)
@pytest.mark.parametrize("pattern", ["...", "m**", "*" * 64])
def test_every_corpus_answers_every_question(kind, name, pattern):
    """Draws and completions are allowed and agree on what there is; every probability is a number; nothing left is told
    as such."""
    model, known = trained(kind, *CORPORA[name]), Known(CORPORA[name])
    for acceptor in acceptors(model.vocabulary, CORPORA[name]):
        try:
            constraint = constrain(parse_pattern(pattern), model.vocabulary, (1, 64), acceptor)
        except generator.Unfillable:
            return
        evidence = generator.evidence(model, constraint)
        drawn = generator.draw(model, constraint, 3, np.random.default_rng(0), known).found
        assert (
            evidence <= generator.evidence(model, constrain(parse_pattern(pattern), model.vocabulary, (1, 64))) + 1e-9
        )
        assert evidence > -math.inf or not drawn
        for found in (*drawn, *generator.complete(model, constraint, 3, known).found):
            assert math.isfinite(found.log_prob)
            assert found.log_prob <= evidence + 1e-9
            assert found.tokens not in known
            assert allowed(acceptor, model.vocabulary.encode(found.tokens)[None])[0]


@pytest.mark.parametrize("kind", ["markov", "chain", "hmm"])
def test_words_as_tokens(kind):
    """Five thousand words in lines of verse: new lines share no three words with an old one, and a forbidden word never
    comes."""
    rng = np.random.default_rng(0)
    words = np.array([f"w{i:04}" for i in range(5000)])
    lines = [tuple(words[np.minimum(rng.zipf(1.2, size=6), 5000) - 1]) for _ in range(1500)] + [
        tuple(words[i : i + 5]) for i in range(0, 5000, 5)
    ]
    model = (
        generator.train(kind, lines, rng, order=1)
        if kind in generator.DEFAULT_ORDERS
        else enumeration.trained_hmm(lines, rng, states=4)
    )
    acceptor = generator.intersect(
        generator.max_ngram_overlap(lines, 2, model.vocabulary),
        generator.blocked_substrings([], model.vocabulary, plain, ["w0001"]),
    )
    constraint = constrain(generator.parse_phrase("w0000 * * w0002 *"), model.vocabulary, acceptor=acceptor)
    plainly = constrain(generator.parse_phrase("w0000 * * w0002 *"), model.vocabulary)
    under = product(model, constraint)
    evidence = generator.evidence(model, constraint)
    assert -math.inf < evidence < generator.evidence(model, plainly)
    holes = generator.posterior(model, constraint).holes
    assert all(hole.probs.sum() == pytest.approx(1) and hole.probs[1] < 1e-12 for hole in holes)
    for found in (generator.complete(model, constraint, 5).found, generator.draw(under, constraint, 5, rng).found):
        assert len(found) == 5
        assert all(allowed(acceptor, model.vocabulary.encode(f.tokens)[None])[0] for f in found)
        assert [f.log_prob for f in found] == pytest.approx(
            generator.log_probs(model, [f.tokens for f in found]), rel=1e-9
        )


@pytest.mark.parametrize("kind", ["markov", "hmm", "mix", "chain"])
def test_what_is_left_when_nearly_all_is_forbidden_keeps_its_digits(kind):
    """Nearly all mass of `pikach*` is on a letter that is forbidden: the rest is the sum of the others, to nine
    figures."""
    corpus = ["pikachu"] * 200 + ["pichu", "raichu", "abc", "achoo", "chip"]
    model = generator.train(kind, [tuple(w) for w in corpus], np.random.default_rng(0))
    acceptor = generator.blocked_substrings(["chu"], model.vocabulary, plain)
    constraint = constrain(parse_pattern("pikach*"), model.vocabulary, acceptor=acceptor)
    rest = [generator.log_prob(model, ("pikach" + letter)) for letter in model.vocabulary.tokens if letter != "u"]
    expected = float(np.logaddexp.reduce(rest))
    assert generator.evidence(model, constraint) == pytest.approx(expected, rel=1e-9)
    drawn = generator.draw(model, constraint, 3, np.random.default_rng(0)).found
    assert bool(drawn) == (expected > -math.inf)
    assert all(f.tokens[-1] != "u" for f in drawn)


def test_a_hidden_model_that_would_need_too_much_memory_says_so(monkeypatch):
    """The sums under an acceptor of many states are refused in time, and a list of completions does without them."""
    monkeypatch.setattr(product_hmm, "MOST_NUMBERS", 50)
    corpus = ["abba", "baab", "abab", "bbaa"]
    model = enumeration.trained_hmm(corpus, np.random.default_rng(0), states=3)
    constraint = constrain(None, model.vocabulary, (4, 8), generator.max_ngram_overlap(corpus, 3, model.vocabulary))
    with pytest.raises(generator.Tangled, match="acceptor"):
        generator.evidence(model, constraint)
    assert len(generator.complete(model, constraint, 5).found) == 5


@pytest.mark.parametrize("position", [None, "from_start", "to_end"])
@pytest.mark.parametrize(
    "acceptor",
    [None, lambda vocabulary: generator.max_ngram_overlap(["abab"], 2, vocabulary)],
    ids=["plainly", "product"],
)
@pytest.mark.parametrize("pattern", ["...", "c**", "*c", "*[^a]*", "...c..."])
def test_tokens_that_no_entry_has_are_tokens_all_the_same(position, acceptor, pattern):
    """A vocabulary may be larger than what training saw: every query is about the sequences with such tokens too."""
    model = train_markov(["abab", "ba", "b"], 2, position, Vocabulary("abc"))
    constraint = models.constrained(model, pattern, acceptor=acceptor and acceptor(model.vocabulary))
    every = [
        s
        for s in enumeration.sequences("abc", models.LONGEST)
        if enumeration.fits(pattern, s) and not (acceptor and re.search("aba|bab", "".join(s)))
    ]
    expected = dict(zip(every, generator.log_probs(model, every).tolist(), strict=True))
    assert generator.evidence(model, constraint) == pytest.approx(models.log_sum(expected.values()), abs=1e-9)
    for found in (
        generator.complete(model, constraint, 1000).found,
        generator.draw(model, constraint, 1000, np.random.default_rng(0)).found,
    ):
        assert {f.tokens: pytest.approx(f.log_prob, abs=1e-9) for f in found} == expected
