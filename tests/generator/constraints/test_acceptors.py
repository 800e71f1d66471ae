"""Acceptors against their definitions: stems by regular expressions over every reading of a name, copies by looking for
the run."""

import itertools
import re
import string

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import generator
from generator.constraints import acceptor as acceptors
from generator.vocabulary import Vocabulary

# Look-alikes, letters that count as two, signs passed over; a boundary that is read as a letter by nobody.
FOLDS = {"a": {"a"}, "b": {"b"}, "1": {"a", "b"}, "ß": {"bb"}, "-": {""}, ".": {""}, " ": set()}
TOKENS = tuple(sorted(FOLDS))
stems = st.lists(st.text("ab", min_size=1, max_size=4), max_size=4)


def holds(tokens, stems, words, collapse):
    """Whether some reading of a name holds a stem, or one of its words is forbidden."""

    def said(text):
        return "".join(re.escape(letter) + ("+" if collapse else "") for letter in text)

    def readings(tokens):
        return {"".join(choice) for choice in itertools.product(*(FOLDS[t] or {""} for t in tokens))}

    parts = [tuple(part) for space, part in itertools.groupby(tokens, lambda t: t in " -") if not space]
    return any(re.search(said(stem), reading) for stem in stems for reading in readings(tokens)) or any(
        re.fullmatch(said(word), reading) for word in words for part in parts for reading in readings(part)
    )


@given(stems=stems, words=stems, collapse=st.booleans())
@settings(max_examples=40)
def test_blocked_substrings_is_what_regular_expressions_find(stems, words, collapse):
    """Every name of up to five tokens is allowed or not as its readings say, and a dead prefix stays dead."""
    vocabulary = Vocabulary(TOKENS)
    acceptor = generator.blocked_substrings(stems, vocabulary, FOLDS.__getitem__, words, collapse)
    names = list(itertools.product(range(len(TOKENS)), repeat=4))
    answer = acceptors.allowed(acceptor, np.array(names)).tolist()
    for ids, allowed in zip(names, answer, strict=True):
        assert allowed == (not holds(vocabulary.decode(ids), stems, words, collapse)), vocabulary.decode(ids)


@given(corpus=st.lists(st.text("abc", min_size=1, max_size=7), max_size=5), n=st.integers(1, 4))
@settings(max_examples=40)
def test_max_ngram_overlap_is_what_a_search_for_each_run_finds(corpus, n):
    """A name is allowed where none of its runs of n + 1 tokens stands in an entry."""
    vocabulary = Vocabulary("abc")
    acceptor = generator.max_ngram_overlap(corpus, n, vocabulary)
    names = list(itertools.product(range(3), repeat=6))
    runs = {entry[i : i + n + 1] for entry in corpus for i in range(len(entry) - n)}
    for ids, allowed in zip(names, acceptors.allowed(acceptor, np.array(names)).tolist(), strict=True):
        name = "".join(vocabulary.decode(ids))
        assert allowed == (not any(run in name for run in runs)), name


def some_acceptors(vocabulary):
    copy = generator.max_ngram_overlap(["abba", "1-b", "ab.1b"], 2, vocabulary)
    rude = generator.blocked_substrings(["aba", "bb"], vocabulary, FOLDS.__getitem__, ["a", "ba"])
    return [copy, rude, generator.intersect(copy, rude), generator.intersect(rude, generator.intersect(copy, rude))]


@pytest.mark.parametrize("number", range(4))
@pytest.mark.parametrize("dense", [True, False])
def test_what_is_not_special_goes_where_the_root_goes(number, dense, monkeypatch):
    """At every state that can be reached, a token that `special` does not name leads where it leads the root; none
    comes twice."""
    monkeypatch.setattr(acceptors, "DENSE", 10**6 if dense else 0)
    acceptor = some_acceptors(Vocabulary(TOKENS))[number]
    width = len(TOKENS)
    reached = np.array([acceptor.initial_state])
    for _ in range(6):
        after = acceptor.next_state(np.repeat(reached, width), np.tile(np.arange(width), len(reached)))
        reached = np.unique(np.concatenate([reached, after[after != acceptors.SINK]]))
    places, tokens = acceptor.explicit_transitions(reached)
    assert len(set(zip(places.tolist(), tokens.tolist(), strict=True))) == len(places)
    same = np.ones((len(reached), width), dtype=bool)
    same[places, tokens] = False
    after = acceptor.next_state(np.repeat(reached, width), np.tile(np.arange(width), len(reached))).reshape(-1, width)
    assert (after == acceptor.next_state(np.full(width, acceptor.root), np.arange(width)))[same].all()
    assert (acceptor.next_state(np.zeros(width, dtype=int), np.arange(width)) == acceptors.SINK).all()
    assert not acceptor.is_final(np.array([acceptors.SINK])).any()
    assert reached.max() < acceptor.size


def test_the_sparse_form_agrees_with_the_table(monkeypatch):
    """What is looked up is what the table of all states and tokens says."""
    vocabulary = Vocabulary(TOKENS)
    names = np.array(list(itertools.product(range(len(TOKENS)), repeat=4)))
    tables = [acceptors.allowed(acceptor, names) for acceptor in some_acceptors(vocabulary)]
    monkeypatch.setattr(acceptors, "DENSE", 0)
    assert [acceptors.allowed(acceptor, names).tolist() for acceptor in some_acceptors(vocabulary)] == [
        table.tolist() for table in tables
    ]


def test_both_is_neither():
    """The conjunction allows what both allow; None accepts everything."""
    vocabulary = Vocabulary(TOKENS)
    copy, rude, together, _ = some_acceptors(vocabulary)
    names = np.array(list(itertools.product(range(len(TOKENS)), repeat=5)))
    assert (acceptors.allowed(together, names) == acceptors.allowed(copy, names) & acceptors.allowed(rude, names)).all()
    assert generator.intersect(None, rude) is rude
    assert generator.intersect(rude, None) is rude
    assert generator.intersect(None, None) is None
    with pytest.raises(ValueError, match="different tokens"):
        generator.intersect(rude, generator.max_ngram_overlap(["ab"], 1, Vocabulary("ab")))


def test_nothing_to_forbid_allows_all():
    """No stems, no words, no entries, or entries of other tokens, forbid nothing."""
    vocabulary = Vocabulary("ab")
    names = np.array(list(itertools.product(range(2), repeat=3)))
    for acceptor in (
        generator.blocked_substrings([], vocabulary, set),
        generator.max_ngram_overlap([], 1, vocabulary),
        generator.max_ngram_overlap(["xyz"], 1, vocabulary),
    ):
        assert acceptors.allowed(acceptor, names).all()
    with pytest.raises(ValueError, match="at least one"):
        generator.max_ngram_overlap(["ab"], 0, vocabulary)


def test_where_tokens_are_words_each_is_looked_at_alone():
    """A word that is forbidden or holds a stem is; two that only together would hold one are not."""
    vocabulary = Vocabulary(("as", "dog", "doggy", "go", "sun"))
    acceptor = generator.blocked_substrings(["dog"], vocabulary, lambda token: {token}, ["sun"])
    lines = [("dog",), ("doggy", "go"), ("go", "sun"), ("as", "go"), ("go", "as")]
    answer = [bool(acceptors.allowed(acceptor, vocabulary.encode(line)[None])[0]) for line in lines]
    assert answer == [False, False, False, True, True]
    assert (
        acceptors.allowed(
            generator.blocked_substrings(["dogas"], Vocabulary(("as", "dog")), lambda t: {t}), np.array([[1]])
        ).sum()
        != 0
    )


def test_equal_ends_are_one_state():
    """Words that end alike share their ends: two thousand take fewer states than they have letters."""
    rng = np.random.default_rng(1)
    words = ["".join(rng.choice(list("abcdefgh"), size=rng.integers(3, 8))) for _ in range(300)]
    vocabulary = Vocabulary(string.ascii_lowercase)
    acceptor = generator.blocked_substrings([], vocabulary, lambda t: {t}, words)
    assert acceptor.size < sum(map(len, words)) / 2


def test_thousands_of_words_stay_sparse():
    """No table of all states and tokens is laid out for five thousand words and as many lines."""
    rng = np.random.default_rng(0)
    words = tuple(f"w{i:04}" for i in range(5000))
    lines = [tuple(words[i] for i in np.minimum(rng.zipf(1.3, size=7), 5000) - 1) for _ in range(3000)]
    vocabulary = Vocabulary(words)
    acceptor = generator.max_ngram_overlap(lines, 2, vocabulary)
    assert not acceptors.allowed(acceptor, np.array([vocabulary.encode(line) for line in lines])).any()
    assert acceptors.allowed(acceptor, np.array([vocabulary.encode(line[:2]) for line in lines])).all()
    assert sum(a.nbytes for a in vars(acceptor).values() if isinstance(a, np.ndarray)) < 2_000_000
