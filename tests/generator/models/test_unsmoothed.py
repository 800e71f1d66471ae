"""The unsmoothed chain: markovify's very probabilities, hard zeros that stay zero, and the tables of a back-off
chain."""

import math
import random
import sys
from collections import Counter

import markovify
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator
from generator.models.unsmoothed import Chain, chain_of, contexts_of, counts_of
from generator.training.chain import train_chain
from tests.helpers import enumeration

BEGIN, END = markovify.chain.BEGIN, markovify.chain.END
NAMES = ["mewtwo", "mew", "moltres", "motte", "muk", "kum", "mew"]


def peer_log_prob(chain: markovify.Chain, tokens) -> float:
    """log p of a sequence from markovify's own counts, the way its walk draws."""
    state, total = (BEGIN,) * chain.state_size, 0.0
    for token in [*tokens, END]:
        follows = chain.model.get(state, {})
        if token not in follows:
            return -math.inf
        total += math.log(follows[token] / sum(follows.values()))
        state = (*state[1:], token)
    return total


@given(corpus=enumeration.corpora, order=st.integers(1, 4))
@settings(max_examples=40)
def test_probabilities_are_markovifys(corpus, order):
    """Every sequence has just the probability that a markovify chain of the same state size gives it."""
    model, peer = train_chain(corpus, order), markovify.Chain([list(w) for w in corpus], order)
    model.check()
    for tokens in enumeration.sequences(model.vocabulary.tokens, 4):
        assert generator.log_prob(model, tokens) == pytest.approx(peer_log_prob(peer, tokens), abs=1e-12)


@given(corpus=enumeration.corpora, order=st.integers(1, 4))
@settings(max_examples=20)
def test_without_markovify_the_counts_are_the_same(corpus, order):
    """On AWS, where markovify is not installed, a chain is the very one that markovify counts elsewhere."""
    theirs = train_chain(corpus, order)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, "markovify", None)
        with pytest.raises(ModuleNotFoundError):
            generator.export(theirs, "markovify")
        ours = train_chain(corpus, order)
    assert ours.vocabulary.tokens == theirs.vocabulary.tokens and counts_of(ours) == counts_of(theirs)


def test_the_marks_of_markovify_are_words_like_any_other():
    """A list may hold the very words with which markovify marks the beginning and the end of a sequence."""
    model = train_chain([["a", END], [BEGIN, "a", "b"]], 1)
    assert math.exp(generator.log_prob(model, ["a", END])) == pytest.approx(0.25)


def test_markovify_walks_as_we_say():
    """Of 3,000 walks of markovify's own, each likely name comes as often as its probability here has it."""
    model, peer, n = train_chain(NAMES, 1), markovify.Chain([list(w) for w in NAMES], 1), 3000
    random.seed(1)
    for tokens, count in Counter(tuple(peer.walk()) for _ in range(n)).items():
        p = math.exp(generator.log_prob(model, tokens))
        assert p > 0
        assert n * p < 5 or abs(count - n * p) < 5 * math.sqrt(n * p)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_nothing_leaks_where_nothing_was_seen(order):
    """An impossible pattern has evidence of minus infinity, no completions, no draws and no posterior; never rounding
    dust."""
    model = train_chain(["abc" * 7, "acb", "b"] * 3 + ["ca"] * 7, order)
    assert not model.backoff.any()
    for pattern in ("bb*", "*bb", "**bb**", "cc...", "...cc", "*cc...a"):
        constraint = generator.constrain(generator.parse_pattern(pattern), model.vocabulary, (1, 20))
        assert generator.evidence(model, constraint) == -math.inf
        assert generator.complete(model, constraint, 3) == ((), True, 0.0)
        assert not generator.draw(model, constraint, 3, np.random.default_rng(0)).found
        with pytest.raises(generator.Unfillable, match="probability"):
            generator.posterior(model, constraint)


def test_the_start_is_no_token():
    """Markovify pads a beginning with as many marks as the order; here one stands for them, and none can be
    generated."""
    model = train_chain(NAMES, 3)
    assert model.vocabulary.tokens == tuple(sorted(set("".join(NAMES))))
    assert {len(state) for state, _ in counts_of(model)} == {1, 2, 3}
    assert sum(n for (state, _), n in counts_of(model).items() if state == (-1,)) == len(NAMES)


@given(corpus=enumeration.corpora, order=st.integers(1, 4))
@settings(max_examples=30)
def test_the_tables_are_those_of_a_back_off_chain(corpus, order):
    """Every context is a suffix of a longer history by one, every edge has its shorter edge, every token stands at the
    root."""
    model = train_chain(corpus, order)
    contexts = contexts_of(model)
    assert len(set(contexts)) == len(contexts)
    assert all(
        contexts[shorter] == context[1:] for context, shorter in zip(contexts[1:], model.shorter[1:], strict=True)
    )
    assert model.token[: model.offsets[1]].tolist() == list(range(model.end + 1))
    short = model.shorter_edge[model.offsets[1] :]
    assert (short >= 0).all()
    assert (model.token[short] == model.token[model.offsets[1] :]).all()
    assert (model.owner[short] == model.shorter[model.owner[model.offsets[1] :]]).all()
    again = chain_of(model.vocabulary, order, counts_of(model))
    assert all(
        np.array_equal(getattr(again, name), getattr(model, name))
        for name in ("shorter", "token", "q", "after", "counts")
    )


def test_the_contexts_of_a_smoothed_chain_can_be_read_too():
    """What a context stands for can be told from the tables of any chain without a clock."""
    model = generator.train("markov", ["mew", "mow"], np.random.default_rng(0), order=2)
    m, e = model.vocabulary.ids["m"], model.vocabulary.ids["e"]
    assert {(), (-1,), (-1, m), (m, e)} <= set(contexts_of(model))
    assert len(set(contexts_of(model))) == len(model.shorter)


@pytest.mark.parametrize(("counts", "words"), [({((0,), 1): 1}, "begins"), ({((-1,), 0): 1}, "not there")])
def test_counts_that_lead_nowhere_are_refused(counts, words):
    """A chain with no beginning, or a state with nothing after it, would be walked into a wall."""
    with pytest.raises(ValueError, match=words):
        chain_of(generator.Vocabulary("a"), 1, counts)


def test_states_that_nothing_comes_to_are_left_out():
    """A state that no sequence can reach changes nothing."""
    counts = {((-1,), 0): 1.0, ((0,), 2): 1.0, ((1,), 0): 5.0}
    model = chain_of(generator.Vocabulary("ab"), 1, counts)
    assert counts_of(model) == {((-1,), 0): 1.0, ((0,), 2): 1.0}
    assert model.token[: model.offsets[1]].tolist() == [
        0,
        1,
        2,
    ]  # the root knows the token all the same, at probability zero
    for pattern, expected in (("a", 0.0), ("b", -math.inf), ("*b...", -math.inf), ("*...", 0.0)):
        assert (
            generator.evidence(model, generator.constrain(generator.parse_pattern(pattern), model.vocabulary))
            == expected
        )


def test_a_chain_is_saved_and_loaded(tmp_path):
    """A chain comes back from its file as a chain, and one whose shares are not those of its counts does not load."""
    model = generator.train("chain", NAMES, None)
    assert model.order == generator.DEFAULT_ORDERS["chain"]
    generator.save(model, tmp_path / "m.npz")
    again = generator.load(tmp_path / "m.npz")
    assert isinstance(again, Chain)
    assert counts_of(again) == counts_of(model)
    model.counts[np.flatnonzero((0 < model.q) & (model.q < 1))[0]] += 1
    generator.save(model, tmp_path / "m.npz")
    with pytest.raises(generator.ModelFileError, match="damaged"):
        generator.load(tmp_path / "m.npz")
