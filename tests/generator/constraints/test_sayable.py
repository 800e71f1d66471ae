"""The acceptor of what can be said against its definition by sets and regular expressions, on every name of a small
alphabet."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpora
import generator
from corpora import english
from generator.constraints.acceptor import SINK, allowed
from generator.constraints.letters import spell
from generator.constraints.sayable import Rule, rule_acceptor
from generator.vocabulary import Vocabulary
from tests.helpers import sayable_oracle

TOKENS = ("a", "s", "t", "-")
NAMES = np.array(list(itertools.product(range(len(TOKENS)), repeat=7)))
SHORT = np.array(list(itertools.product(range(len(TOKENS)), repeat=3)))
COMMON = generator.held_runs(english.common(), 3)
places = st.sampled_from(["start", "inside", "end", "whole"])
runs = st.one_of(st.text("st", min_size=1, max_size=4), st.text("a", min_size=1, max_size=3))
rules = st.frozensets(st.tuples(places, runs), max_size=14)


@given(held=rules, spelt_out=st.frozensets(st.integers(1, 4), max_size=2))
@settings(max_examples=30)
def test_the_acceptor_is_what_sets_and_regular_expressions_say(held, spelt_out):
    """Every name of seven and of three tokens is allowed or not as its runs are, whatever runs are held."""
    acceptor, inside = rule_acceptor(Rule(held, spelt_out), Vocabulary(TOKENS)), sayable_oracle.joined(held)
    for names in (NAMES, SHORT):
        for ids, answer in zip(names.tolist(), allowed(acceptor, names).tolist(), strict=True):
            name = "".join(acceptor.vocabulary.decode(ids))
            assert answer == sayable_oracle.said(name, held, spelt_out, inside), name


@given(held=rules)
@settings(max_examples=20)
def test_what_is_dead_from_the_root_is_dead_from_every_state(held):
    """The engine may take a prefix that it does not know for the root: whatever follows it there follows it from no
    other state."""
    acceptor = rule_acceptor(Rule(held), Vocabulary(TOKENS))
    every = np.arange(acceptor.size)
    for ids in itertools.product(range(len(TOKENS)), repeat=3):
        root, states = np.array([acceptor.root]), every
        for token in ids:
            root, states = (
                acceptor.next_state(root, np.array([token])),
                acceptor.next_state(states, np.full(acceptor.size, token)),
            )
            assert root[0] != SINK or (states == SINK).all()
            assert acceptor.is_final(root)[0] or not acceptor.is_final(states).any()


@pytest.mark.parametrize("name", ["pokemon", "tech", "cities", "ikea", "pokemon-ru", "gods", "pokemon-fr"])
def test_what_is_learned_is_what_is_counted(name):
    """Of a whole corpus and of what a chain makes of it, the acceptor allows what a count of its runs says, two entries
    or three words a run."""
    corpus = corpora.load(name)
    vocabulary = Vocabulary.of(corpus.sequences)
    acceptor = generator.sayable_like(corpus.sequences, vocabulary, COMMON)
    counts = sayable_oracle.counted(map("".join, corpus.sequences))
    held = sayable_oracle.held(counts, 2) | sayable_oracle.held(sayable_oracle.counted(english.common()), 3)
    lengths = {
        n: sum(
            k
            for (where, run), k in counts.items()
            if where == "whole" and len(run) == n and run[0] not in sayable_oracle.VOWELS
        )
        for n in range(1, 9)
    }
    spelt_out, inside = (
        {n for n, k in lengths.items() if k >= max(2, len(corpus.sequences) / 100)},
        sayable_oracle.joined(held),
    )
    model = generator.train("chain", corpus.sequences, None, order=1)
    made = generator.sample(
        model, generator.constrain(None, vocabulary, (1, 12)), 4000, np.random.default_rng(3)
    ).sequences()
    for tokens in [*corpus.sequences, *made]:
        assert allowed(acceptor, vocabulary.encode(tokens)[None])[0] == sayable_oracle.said(
            "".join(tokens), held, spelt_out, inside
        ), "".join(tokens)


@pytest.mark.parametrize("name", ["pokemon-ja", "pokemon-ko", "pokemon-th", "pokemon-zh-hans", "pokemon-zh-hant"])
def test_scripts_without_vowels_have_no_acceptor(name):
    """What cannot be told by vowels is left alone."""
    corpus = corpora.load(name)
    assert generator.sayable_like(corpus.sequences, Vocabulary.of(corpus.sequences), COMMON) is None


def test_of_a_foreign_list_each_entry_says_what_can_be_said():
    """Names that have little in common with one another and with English words bring their runs in alone; others stay
    out."""
    names = ["wolna", "krzesło", "szczyt", "przygoda", "brzoza", "mgła", "źródło", "świt", "grzmot"]
    acceptor = generator.sayable_like(names, Vocabulary.of(names), COMMON)
    said = [
        bool(allowed(acceptor, acceptor.vocabulary.encode(name)[None])[0])
        for name in ("krzot", "mgoda", "mgłoza", "ymwmra", "ozgg")
    ]
    assert said == [True, False, True, False, False]


def test_without_a_list_there_is_no_acceptor():
    """A model that comes without its names may be of any language."""
    assert generator.sayable_like([], Vocabulary("ab"), COMMON) is None


def test_a_small_list_has_the_words_to_go_by():
    """Five English names are enough: the common words know the rest."""
    names = ["falcon", "heron", "robin", "swift", "wren"]
    acceptor = generator.sayable_like(names, Vocabulary.of(names), COMMON)
    said = [
        bool(allowed(acceptor, acceptor.vocabulary.encode(name)[None])[0]) for name in ("stron", "fwbron", "nil", "swr")
    ]
    assert said == [True, False, True, False]


def test_words_spelt_out_stay_where_a_list_has_many():
    """tech has HTML and npm, so words of three consonants may be new ones of its; pokemon has none."""
    said = {}
    for name in ("tech", "pokemon"):
        corpus = corpora.load(name)
        acceptor = generator.sayable_like(corpus.sequences, Vocabulary.of(corpus.sequences), COMMON)
        said[name] = bool(allowed(acceptor, acceptor.vocabulary.encode("xqm")[None])[0])
    assert said == {"tech": True, "pokemon": False}


def test_letters_are_told_by_their_base():
    """Accents and case make no difference, й is no и, and what is no letter of these alphabets stands between words."""
    assert [spell(token) for token in ("Å", "ç", "й", "ё", "i̇", "ß", "2", "'", "♀", "ア", "가")] == [
        "a",
        "c",
        "й",
        "е",
        "i",
        "ss",
        *" " * 5,
    ]
