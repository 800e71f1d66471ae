"""Corpora and questions at the edge: never a NaN, a warning (the suite turns them into errors), or an endless loop."""

import math
import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

import generator
from generator import Known, constrain, parse_pattern
from generator.training.kneser_ney import train_markov
from tests.helpers import enumeration
from tests.helpers.models import trained

pytestmark = pytest.mark.slow

SMOOTHED = [kind for kind in generator.MODELS if kind != "chain"]  # which keeps nothing for what it has not seen
CORPORA = {
    "one entry": ["mew"],
    "one token": ["m"],
    "one token repeated": ["aaaa", "aa"],
    "all entries equal": ["mew"] * 50,
    "two scripts": ["мяу", "mew", "ミュウ"],
    "long": ["ab" * 31, "ba" * 31],
}


@pytest.mark.parametrize("kind", generator.MODELS)
@pytest.mark.parametrize("name", CORPORA)
@pytest.mark.parametrize("pattern", ["...", "***", "m**", "...a", "*" * 64])
def test_every_corpus_answers_every_question(kind, name, pattern):
    """Draws and completions agree on what there is, and every probability is a number."""
    model = trained(kind, *CORPORA[name])
    try:
        constraint = constrain(parse_pattern(pattern), model.vocabulary, (1, 64))
    except generator.Unfillable:
        return
    known = Known(CORPORA[name])
    for answer in (
        generator.complete(model, constraint, 3, known),
        generator.draw(model, constraint, 3, np.random.default_rng(0), known),
    ):
        assert all(math.isfinite(f.log_prob) and f.log_prob <= 0 for f in answer.found)
        assert all(f.tokens not in known for f in answer.found)
    evidence = generator.evidence(model, constraint)
    assert math.isfinite(evidence) or (kind == "chain" and evidence == -math.inf)  # it alone says never


@pytest.mark.parametrize("kind", generator.MODELS)
def test_words_as_tokens(kind):
    """The engine does not care what a token is: 2,000 words in lines of verse are answered too."""
    rng = np.random.default_rng(0)
    words = [f"w{i}" for i in range(2000)]
    lines = [tuple(words[i] for i in rng.integers(2000, size=6)) for _ in range(600)]
    model = (
        generator.train(kind, lines, rng)
        if kind in generator.DEFAULT_ORDERS
        else enumeration.trained_hmm(lines, rng, states=4)
    )
    constraint = constrain(parse_pattern("******" if kind == "chain" else "****"), model.vocabulary)
    assert len(generator.complete(model, constraint, 5).found) == 5
    assert len(generator.draw(model, constraint, 5, rng).found) == 5


def test_what_is_known_of_many_words_takes_little_memory():
    """A thousand known lines over two thousand words are taken out without a row of all words for each of their
    prefixes."""
    rng = np.random.default_rng(0)
    lines = [tuple(f"w{i}" for i in rng.integers(2000, size=5)) for _ in range(1000)]
    model = train_markov(lines, 2)
    constraint, known = constrain(parse_pattern("*****"), model.vocabulary), Known(lines, exact=True)
    tracemalloc.start()
    new = generator.evidence(model, constraint, known)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60e6
    every, each = (
        generator.evidence(model, constraint),
        np.logaddexp.reduce(generator.log_probs(model, sorted(set(lines)))),
    )
    assert math.exp(new) == pytest.approx(math.exp(every) - math.exp(each), abs=1e-9)


def test_sequences_nobody_could_make_have_no_probability():
    """No token at all has log-probability minus infinity."""
    assert generator.log_prob(generator.train("markov", ["mew"], np.random.default_rng(0)), ()) == -math.inf


@pytest.mark.parametrize("kind", SMOOTHED)
def test_an_unknown_token_has_the_mass_that_is_left(kind):
    """One step: the probabilities of all known tokens, the end and the unknown one sum to one."""
    model = trained(kind, *["mew", "muk", "mewtwo", "ekans", "onix"] * 4)
    for part in getattr(model, "parts", [model]):
        for prefix in ("", "m", "me", "x"):
            frontier = part.begin(np.array([len(prefix) + 1]))
            for token in prefix:
                frontier = part.advance(frontier, np.array([0]), model.vocabulary.encode([token]))
            before = frontier.log_prob[0] + np.log(1.0 - np.exp(part.finish(frontier)[0] - frontier.log_prob[0]))
            after = [part.advance(frontier, np.array([0]), np.array([w])) for w in range(len(model.vocabulary))]
            total = np.logaddexp.reduce([f.log_prob[0] for f in [*after, part.advance_unknown(frontier)]])
            assert total == pytest.approx(before)


@pytest.mark.parametrize("kind", SMOOTHED)
def test_a_name_with_an_unknown_token_can_be_scored(kind):
    """It is possible, and less probable than with any known token in its place; an unknown one is the same as
    another."""
    model = trained(kind, *["mew", "muk", "mewtwo", "ekans", "onix"] * 4)
    unknown = generator.log_prob(model, tuple("mex?"))
    assert -math.inf < unknown == generator.log_prob(model, tuple("mex!"))
    assert unknown < min(generator.log_prob(model, (*"mex", w)) for w in model.vocabulary.tokens)


@pytest.mark.parametrize(
    ("kind", "sequences", "order", "words"),
    [
        ("gru", ["mew"], None, "no model"),
        ("markov", [], None, "at least one"),
        ("markov", [""], None, "at least one"),
        ("hmm", ["mew"], 3, "no order"),
        ("markov", ["mew"], 0, "order"),
        ("markov", ["mew"], 7, "order"),
    ],
)
def test_training_refuses_what_it_cannot_train(kind, sequences, order, words):
    """An unknown kind, no data or an order out of range is told in words."""
    with pytest.raises(ValueError, match=words):
        generator.train(kind, sequences, np.random.default_rng(0), order=order)


def test_importing_the_package_is_cheap():
    """`import generator` brings no numpy: a command that needs no model does not wait for it."""
    code = "import sys, generator; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_public_name_is_there():
    """What the package offers can be fetched, and nothing else."""
    assert all(getattr(generator, name) is not None for name in generator.__all__)
    with pytest.raises(AttributeError):
        generator.nothing


@pytest.mark.parametrize("kind", generator.MODELS)
def test_a_pattern_that_no_length_fills_is_answered(kind):
    """`...-` of one letter, where no name begins with a hyphen: nothing fits, and that is no crash."""
    model = generator.train(kind, ["ho-oh", "hoho"], np.random.default_rng(0))
    constraint = constrain(parse_pattern("...-"), model.vocabulary, (1, 1))
    assert generator.complete(model, constraint, 3).found == ()
    assert generator.draw(model, constraint, 3, np.random.default_rng(0)).found == ()
    assert generator.evidence(model, constraint) == -math.inf


@pytest.mark.parametrize("kind", SMOOTHED)
def test_draws_that_bring_nothing_new_come_to_an_end(kind):
    """Thirty places that spell few names in a million ways, and names that are barred one and all: what there is comes,
    and no more."""
    model = generator.train(kind, ["a-a", "aa", "a-aa", "aaa", "a-a-a"] * 3, np.random.default_rng(0))
    few, anything = (
        constrain(parse_pattern(pattern), model.vocabulary, length)
        for pattern, length in (("*" * 30, None), ("...", (1, 30)))
    )
    found = generator.draw(model, few, 100, np.random.default_rng(0), Known(["aa", "aaa"])).found
    assert 0 < len({generator.key("".join(f.tokens)) for f in found}) == len(found) < 30
    barred = Known(["aa"]).barring(lambda tokens: True)
    assert generator.draw(model, anything, 5, np.random.default_rng(0), barred).found == ()
    assert generator.sample(model, anything, 5, np.random.default_rng(0), barred).texts() == []
