"""The Markov chain against Kneser-Ney written as its definition reads."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator
from generator.inference.automaton_markov import EMPTY, START
from generator.training.kneser_ney import train_markov
from generator.training.smoothing import discounts
from tests.helpers import enumeration

POKEMON = ["bulbasaur", "ivysaur", "venusaur", "mew", "mewtwo", "moltres", "mr. mime", "muk", "onix", "ditto"]


@pytest.mark.parametrize("position", [None, "from_start", "to_end"])
@given(corpus=enumeration.corpora, order=st.integers(1, 4))
@settings(max_examples=50)
def test_every_row_is_the_definition(position, corpus, order):
    """p(w | h) of each context and token is what recursion over dictionaries gives."""
    model, oracle = train_markov(corpus, order, position), enumeration.KneserNey(corpus, order, position)
    for sequence in enumeration.sequences(model.vocabulary.tokens, 3):
        frontier = model.begin(np.array([len(sequence)]))
        for i, token in enumerate(sequence):
            row, _ = model.rows(frontier.state)
            for column, w in enumerate(model.vocabulary.tokens):
                assert row[0, column] == pytest.approx(oracle.prob(sequence[:i], len(sequence), w), rel=1e-9)
            frontier = model.advance(frontier, np.array([0]), model.vocabulary.encode([token]))
        end = 1.0 if position == "to_end" else oracle.prob(sequence, len(sequence), "$")
        assert np.exp(model.finish(frontier) - frontier.log_prob)[0] == pytest.approx(end, rel=1e-9)


def test_the_lengths_of_a_chain_that_counts_down_are_probabilities():
    """p(length) is largest where lengths were seen, positive to 64 tokens, nothing at none, and sums to one."""
    lengths = np.exp(train_markov(POKEMON, 3, "to_end").lengths)
    assert lengths.sum() == pytest.approx(1.0)
    assert lengths[0] == 0.0
    assert (lengths[1:-1] > 0.0).all()
    assert lengths[-1] == 0.0  # longer ones
    assert lengths.argmax() == 7  # ivysaur, moltres


@pytest.mark.parametrize("order", generator.ORDERS)
def test_rows_sum_to_one_with_the_unknown_token(order):
    """What a row leaves is just the mass kept for a token that training never saw."""
    model = train_markov(POKEMON, order)
    prob, _ = model.rows(np.arange(len(model.shorter)))
    unknown = np.array(
        [model.unseen * np.prod([model.backoff[c] for c in suffixes(model, h)]) for h in range(len(model.shorter))]
    )
    np.testing.assert_allclose(prob.sum(axis=1) + model.end_prob + unknown, 1.0, atol=1e-12)


def suffixes(model, context):
    """The contexts from one down to the empty one, that one left out."""
    while context != EMPTY:
        yield context
        context = model.shorter[context]


def test_the_state_is_the_longest_known_suffix():
    """After any prefix of a training name the context is its last tokens, as many as the order allows."""
    model = train_markov(POKEMON, 3)
    frontier = model.begin(np.array([3]))
    assert frontier.state.tolist() == [START]
    for count, token in enumerate("moltres", start=2):
        frontier = model.advance(frontier, np.array([0]), model.vocabulary.encode([token]))
        assert model.length[frontier.state[0]] == min(count, 3)


def test_rows_put_together_are_the_rows_laid_out(monkeypatch):
    """A model too large for dense rows gives the same rows."""
    dense = train_markov(POKEMON, 4)
    monkeypatch.setattr("generator.inference.automaton_markov.DENSE", 0)
    sparse = train_markov(POKEMON, 4)
    contexts = np.arange(len(dense.shorter))
    for laid_out, put_together in zip(dense.rows(contexts), sparse.rows(contexts), strict=True):
        np.testing.assert_allclose(laid_out, put_together, rtol=1e-12)
    assert generator.log_prob(sparse, tuple("mewto")) == pytest.approx(
        generator.log_prob(dense, tuple("mewto")), rel=1e-12
    )


def test_discounts_are_those_of_the_paper():
    """Chen and Goodman, equation 26, by hand for n1 = 10, n2 = 4, n3 = 2, n4 = 1: Y = 10/18."""
    counts = np.repeat([1, 2, 3, 4, 9], [10, 4, 2, 1, 5])
    y = 10 / 18
    np.testing.assert_allclose(discounts(counts), [1 - 2 * y * 4 / 10, 2 - 3 * y * 2 / 4, 3 - 4 * y * 1 / 2], rtol=1e-6)


@pytest.mark.parametrize("counts", [[1], [5, 5, 5], [1, 1, 1], [2], [7]])
def test_discounts_of_a_degenerate_corpus_leave_room_for_the_unseen(counts):
    """No count is ever discounted to nothing or not at all, so that every token stays possible."""
    found = discounts(np.array(counts))
    assert (found > 0).all()
    assert (found < [1, 2, 3]).all()


def test_training_twice_gives_the_same_bytes(tmp_path):
    """The same sequences give the same file."""
    for name in ("one", "two"):
        generator.save(train_markov(POKEMON, 3), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
