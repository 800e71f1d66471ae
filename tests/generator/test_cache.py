"""What is worked out once for a model or a constraint stays with that very object, and with no copy of it."""

import gc
import weakref
from dataclasses import fields, replace

import numpy as np
import pytest

import generator
from generator.training.kneser_ney import count
from tests.helpers import enumeration
from tests.helpers.models import MODELS, constrained, log_sum, truth

CORPUS = ["aba", "ab", "b-a", "abba", "bab"]


def asked(model, constraint):
    """The evidence of a constraint, after queries that work out all that a model keeps."""
    generator.draw(model, generator.constrain(None, model.vocabulary, (1, 4)), 3, np.random.default_rng(0))
    generator.complete(model, constraint, 3)
    return generator.evidence(model, constraint)


def test_two_chains_of_one_count_table_keep_their_messages_apart():
    """Chains smoothed differently from one count table give each its own evidence, whichever was asked first.

    (They once shared a cache: the second gave -1.929 where -1.621 is true.)
    """
    counted = count(CORPUS, 2)
    heavy = replace(counted.closed_form(), discount=np.full((counted.lengths, 3), 0.9))
    chains = [counted.chain(), counted.chain(heavy)]
    for chain in chains:
        constraint = constrained(chain, "a...")
        expected = truth(chain, enumeration.BackOff(chain).log_prob, "a...")
        assert asked(chain, constraint) == pytest.approx(log_sum(expected.values()), abs=1e-9)
    assert asked(chains[0], constraint) != pytest.approx(asked(chains[1], constraint), abs=1e-3)


@MODELS
def test_a_copy_of_a_model_begins_with_nothing_worked_out(make):
    """`replace` hands down no cache: no field of any model holds what queries worked out."""
    model, _ = make(CORPUS, 2)
    asked(model, constrained(model, "a..."))
    assert not replace(model, provenance={}).cache
    for part in model.parts:
        assert part.cache and not replace(part, provenance={}).cache
    assert not {"cache", "messages"} & {field.name for field in fields(model)}


def test_a_model_with_other_ends_is_asked_anew():
    """A copy over a vocabulary with other bars answers as a model that was never asked."""
    model = generator.train("mix", CORPUS, np.random.default_rng(0))
    barred = generator.Vocabulary(model.vocabulary.tokens, not_first="a", not_last="a")
    free = generator.constrain(None, barred, (1, 4))
    before = generator.evidence(model, generator.constrain(None, model.vocabulary, (1, 4)))
    other = model.with_vocabulary(barred)
    expected = [
        p
        for s, p in zip(*spelt(model), strict=True)
        if not barred.not_first[barred.ids[s[0]]] and not barred.not_last[barred.ids[s[-1]]]
    ]
    assert generator.evidence(other, free) == pytest.approx(log_sum(expected), abs=1e-9)
    assert generator.evidence(other, free) < before


def spelt(model):
    """Every sequence of up to four tokens, and log p of each."""
    sequences = list(enumeration.sequences(model.vocabulary.tokens, 4))
    return sequences, generator.log_probs(model, sequences)


@MODELS
def test_a_model_takes_its_cache_along(make):
    """A model whose product was asked for is freed with it: nothing outside holds either."""
    model, _ = make(CORPUS, 2)
    acceptor = generator.max_ngram_overlap(CORPUS, 2, model.vocabulary)
    generator.evidence(model, generator.constrain(None, model.vocabulary, (1, 4), acceptor))
    assert model.cache["product"]
    gone = weakref.ref(model)
    del model, _
    gc.collect()
    assert gone() is None
