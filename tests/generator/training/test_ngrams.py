"""Counting n-grams: the same as dictionaries count, in codes of any width, and where every context leads."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.inference.automaton_markov import LONGEST_POSITION
from generator.models.unsmoothed import BEGIN, contexts_of
from generator.training.kneser_ney import POSITIONS, count
from generator.vocabulary import Vocabulary
from tests.helpers import enumeration

WIDE = [chr(0x4E00 + i) for i in range(3000)]  # tokens that nothing uses: codes of six digits then take 70 bits


def tables(counted):
    """Every array of a counted chain."""
    chain = counted.unsmoothed
    return {name: getattr(chain, name) for name in ("shorter", "length", "offsets", "token", "after", "begins")} | {
        "counts": counted.counts
    }


@given(corpus=enumeration.corpora, order=st.integers(1, 4))
@settings(max_examples=60)
def test_every_count_is_that_of_a_dictionary(corpus, order):
    """Raw counts of the longest n-grams and of those from the start, counts of different predecessors for the
    others."""
    counted = count(corpus, order)
    chain, contexts = counted.unsmoothed, contexts_of(counted.unsmoothed)
    names = dict(enumerate([*chain.vocabulary.tokens, "$"])) | {BEGIN: "^"}
    found = {
        (tuple(names[i] for i in contexts[owner]), names[token]): n
        for owner, token, n in zip(chain.owner.tolist(), chain.token.tolist(), counted.counts.tolist(), strict=True)
    }
    assert found == {gram: n for counts in enumeration.KneserNey(corpus, order).counts for gram, n in counts.items()}


@given(corpus=enumeration.corpora, order=st.integers(1, 4))
@settings(max_examples=60)
def test_a_token_leads_to_the_longest_known_suffix(corpus, order):
    """The context after an n-gram is the longest suffix of it that is a context, and each context's shorter one lacks
    its oldest token."""
    chain = count(corpus, order).unsmoothed
    contexts = contexts_of(chain)
    number = {context: i for i, context in enumerate(contexts)}
    assert len(number) == len(contexts)
    assert contexts == sorted(contexts, key=lambda context: (len(context), context[::-1]))
    for owner, token, after in zip(chain.owner.tolist(), chain.token.tolist(), chain.after.tolist(), strict=True):
        history = (*contexts[owner], token)
        longest = next(history[i:] for i in range(len(history) + 1) if history[i:] in number)
        assert after == (0 if token == chain.end else number[longest])
    assert [number[context[1:]] for context in contexts[1:]] == chain.shorter[1:].tolist()


@given(corpus=enumeration.corpora, order=st.integers(1, 3), position=st.sampled_from([None, "from_start", "to_end"]))
@settings(max_examples=60)
def test_a_chain_is_the_same_in_codes_of_any_width(corpus, order, position):
    """With thousands of tokens more that nothing uses, 64 bits or Python's integers take over and every table stays,
    but for the end's id."""
    order = order if position else order + 3
    small = Vocabulary.of(corpus)
    tokens = [*small.tokens, *(WIDE[:40] if position else WIDE)]
    narrow, wide = count(corpus, order, position, small), count(corpus, order, position, Vocabulary(tokens))
    seen = wide.counts > 0  # nothing at all, and a clock, lead on with every token, used or not
    for name, table in tables(narrow).items():
        other = tables(wide)[name]
        if name == "token":
            table, other = (np.where(t == end, -1, t) for t, end in ((table, len(small)), (other, len(tokens))))
        if name in ("token", "after", "counts"):
            table, other = table[narrow.counts > 0], other[seen]
        elif name == "offsets":
            table, other = (
                np.add.reduceat(each.counts > 0, each.unsmoothed.offsets[:-1], dtype=int) for each in (narrow, wide)
            )
        assert np.array_equal(table, other), name


@pytest.mark.parametrize("position", ["from_start", "to_end"])
def test_a_position_ticks_with_every_token(position):
    """Whatever was seen, also in sequences longer than the clock goes, each token leads one feature on, and no feature
    lacks a token."""
    chain = count(["ab" * (LONGEST_POSITION // 2 + 5), "ba" * 20, "a"], 2, position).unsmoothed
    first = np.arange(len(chain.shorter))
    for level in chain.levels[2:]:
        first[level] = first[chain.shorter[level]]
    feature, going_on = first[chain.owner], (chain.token != chain.end) & (chain.owner > 0)
    expected = np.minimum(feature + 1, POSITIONS - 1) if position == "from_start" else feature - 1
    assert np.array_equal(first[chain.after][going_on], expected[going_on])
    for context in range(1 if position == "from_start" else 2, POSITIONS):
        edges = slice(chain.offsets[context], chain.offsets[context + 1])
        assert set(chain.token[edges].tolist()) >= {0, 1}


def test_tokens_of_many_characters_and_of_none_we_know():
    """Words, letters with marks of their own, characters beyond the basic plane: ids as one by one, -1 for a
    stranger."""
    for tokens, sequences in (
        (["so", "it"], [("so", "it"), (), ("it", "its")]),
        (["e\u0301", "e"], [("e", "e\u0301"), ("e", "x")]),
        (["a", "\U0001f600"], ["a\U0001f600", "\U0001f601a", ""]),
        (["a"], [("a", "ab", "b")]),
    ):
        vocabulary = Vocabulary(tokens)
        ids, lengths = vocabulary.encode_all(sequences)
        assert ids.tolist() == [i for s in sequences for i in vocabulary.encode(s).tolist()]
        assert lengths.tolist() == [len(s) for s in sequences if len(s)]
