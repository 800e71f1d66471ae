"""The acceptor of metre against somebody who counts bars with fractions, and the chain in layers against the chain."""

from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import generator
from generator.constraints.acceptor import SINK
from generator.inference.layered_markov import layered_markov
from generator.inference.product import in_metre
from tests.generator.inference.test_product_truth import bars_add_up

SIGNATURES = st.sampled_from([(4, 4), (3, 3), (2, 2), (6, 3), (5, 5), (1, 1), (12, 12)])
LENGTHS = st.lists(st.integers(0, 6), min_size=1, max_size=4)


def metre_of(lengths, signatures, last):
    vocabulary = generator.Vocabulary([f"note {i}" for i in range(len(lengths))])
    return generator.metre_acceptor(vocabulary, lengths, [generator.Signature(*s) for s in signatures], last)


@given(LENGTHS, st.lists(SIGNATURES, min_size=1, max_size=3, unique=True), st.data())
def test_what_is_accepted_is_what_adds_up(lengths, signatures, data):
    """Every sequence of up to five tokens: in one of the signatures throughout, and its last token may be the last."""
    last = data.draw(st.lists(st.booleans(), min_size=len(lengths), max_size=len(lengths)))
    acceptor = metre_of(lengths, signatures, last)
    quarters = [Fraction(length, 4) for length in lengths]
    for size in range(1, 6):
        ids = np.array(list(product(range(len(lengths)), repeat=size)))
        expected = [
            last[tune[-1]]
            and all(lengths[i] for i in tune)
            and any(bars_add_up(tune, quarters, Fraction(bar, 4), Fraction(beat, 4)) for bar, beat in signatures)
            for tune in ids.tolist()
        ]
        assert generator.allowed(acceptor, ids).tolist() == expected


@given(LENGTHS, st.lists(SIGNATURES, min_size=1, max_size=3, unique=True), st.data())
def test_no_two_states_accept_the_same(lengths, signatures, data):
    """The acceptor is the least one: SINK alone accepts nothing, and any two other states are told apart by some
    sequence."""
    acceptor = metre_of(
        lengths, signatures, data.draw(st.lists(st.booleans(), min_size=len(lengths), max_size=len(lengths)))
    )
    kinds = acceptor.final.astype(int)
    for _ in range(acceptor.size):
        kinds = np.unique(np.column_stack([kinds, kinds[acceptor.table]]), axis=0, return_inverse=True)[1].ravel()
    assume(acceptor.final.any())
    assert (
        len(set(kinds.tolist())) == acceptor.size and not acceptor.final[SINK] and (acceptor.table[SINK] == SINK).all()
    )


def test_a_beat_is_no_place_to_go_over():
    """In 6/8 a note begins on a beat or ends by the next: three quarters in a row are a bar of 3/4 and none of 6/8."""
    waltz, jig = (metre_of([2, 3, 1], [s], [True] * 3) for s in ((6, 6), (6, 3)))
    tunes = np.array([[0, 0, 0], [1, 1, -1], [0, 2, 1], [2, 0, 1], [2, 1, 0]])
    assert generator.allowed(waltz, tunes).tolist() == [True, True, True, True, True]
    assert generator.allowed(jig, tunes).tolist() == [False, True, True, True, False]


@pytest.mark.parametrize(("signatures", "lengths"), [([], [1]), ([(0, 0)], [1]), ([(997, 997), (991, 991)], [1, 2])])
def test_what_is_no_metre_is_refused(signatures, lengths):
    """No signature, a bar of nothing, and ticks so fine that there would be thousands of states."""
    with pytest.raises(ValueError, match="metre"):
        metre_of(lengths, signatures, [True] * len(lengths))


TUNES = st.lists(st.lists(st.sampled_from(["C", "C:2", "D", "D:3"]), min_size=1, max_size=6), min_size=2, max_size=6)


@given(TUNES, st.integers(1, 3), st.sampled_from(["chain", "markov"]))
def test_a_layered_chain_says_of_a_tune_what_the_chain_says(tunes, order, kind):
    """p(tune) is the chain's where the tune is in metre, else nothing; whatever contexts could be met in no state are
    left out."""
    model = generator.train(kind, [*tunes, ["C", "D:3", "C:2", "D"]], np.random.default_rng(0), order=order)
    lengths = [int(token.partition(":")[2] or 1) for token in model.vocabulary.tokens]
    acceptor = generator.metre_acceptor(
        model.vocabulary,
        lengths,
        [generator.Signature(4, 4), generator.Signature(3, 3)],
        [t[0] == "C" for t in model.vocabulary.tokens],
    )
    layered = layered_markov(model, acceptor)
    every = [tune for size in range(1, 5) for tune in product(model.vocabulary.tokens, repeat=size)]
    allowed = np.array([bool(generator.allowed(acceptor, model.vocabulary.encode(tune)[None])[0]) for tune in every])
    expected = np.where(allowed, generator.log_probs(model, every), -np.inf)
    assert np.exp(generator.log_probs(layered, every)) == pytest.approx(np.exp(expected), rel=1e-9, abs=0)


def test_a_chain_of_too_many_layers_is_searched_without(monkeypatch):
    """Where the layers would be too many, names are still in metre: they are looked for among all, and drawn anew for
    longer."""
    from generator.inference import layered_markov

    tunes = [["C", "D", "C:2"], ["D", "C", "C", "D"], ["D:3", "C"], ["C:2", "D", "D"]]
    model = generator.train("markov", tunes, np.random.default_rng(0), order=2)
    acceptor = generator.metre_acceptor(
        model.vocabulary,
        [int(t.partition(":")[2] or 1) for t in model.vocabulary.tokens],
        [generator.Signature(4, 4)],
        [True] * len(model.vocabulary),
    )
    constraint = generator.constrain(None, model.vocabulary, (2, 4), acceptor)
    monkeypatch.setattr(layered_markov, "MOST_EDGES", 0)
    assert in_metre(model, constraint) is model
    found = [
        *generator.complete(model, constraint, 5).found,
        *generator.draw(model, constraint, 5, np.random.default_rng(1)).found,
    ]
    assert len(found) == 10
    assert all(generator.allowed(acceptor, model.vocabulary.encode(one.tokens)[None])[0] for one in found)
