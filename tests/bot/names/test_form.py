"""The form of the names of a team's own list, as an acceptor, against its definition."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
import generator
from bot.names.form import acceptor_for, form_of

ENTRIES = ("Mr. Mime", "Plan (A)", "O'Hara-Smith", "C++", "Foo (B) x")


def corpus(entries=ENTRIES, date=""):
    card = corpora.Card("own", "own", "own", "characters", "capitalised", "own", "yours", date, len(entries), "", ())
    return corpora.Corpus(card, entries)


@given(name=st.text(st.sampled_from("ab .()'-+"), min_size=1, max_size=7))
def test_the_acceptor_is_its_definition(name):
    """A name passes if its signs stand beside one another as in some entry, edges included, and brackets are paired."""
    vocabulary = generator.Vocabulary(sorted({*"".join(ENTRIES).lower(), "b"}))
    form, around = form_of([entry.lower() for entry in ENTRIES]), ["", *name, ""]
    pairs = [(x, y) for x, y in zip(around, around[1:], strict=False) if not x.isalnum() and not y.isalnum()]
    depth = [name[:i].count("(") - name[:i].count(")") for i in range(len(name) + 1)]
    expected = set(pairs) <= form.beside and set(depth) <= {0, 1} and depth[-1] == 0
    acceptor = acceptor_for(corpus(), vocabulary)
    assert generator.allowed(acceptor, vocabulary.encode(name)[None]).tolist() == [expected]


def test_what_needs_no_acceptor():
    """Lists of the shelf, and lists of letters alone."""
    assert acceptor_for(corpus(date="2026-01-01"), generator.Vocabulary("ab ")) is None
    assert acceptor_for(corpus(("ab", "ba")), generator.Vocabulary("ab")) is None


@pytest.mark.parametrize(
    ("name", "fine"), [("a b", True), ("a  b", False), ("a ", False), (" a", False), ("(a)", True), ("(a", False)]
)
def test_without_names_signs_are_apart(name, fine):
    """Of a model in a file whose names are not at hand: no sign twice in a row, no space at an edge, brackets in
    pairs."""
    vocabulary = generator.Vocabulary("ab ()")
    acceptor = acceptor_for(corpus(()), vocabulary)
    assert generator.allowed(acceptor, vocabulary.encode(name)[None]).tolist() == [fine]


@pytest.mark.parametrize("kind", ["markov", "hmm"])
def test_nothing_of_another_form_is_made(kind):
    """Draws and completions under the acceptor keep to it."""
    names = [entry.lower() for entry in ENTRIES]
    model = generator.train(kind, names, np.random.default_rng(0))
    acceptor = acceptor_for(corpus(), model.vocabulary)
    constraint = generator.constrain(None, model.vocabulary, (3, 9), acceptor)
    drawn = generator.draw(model, constraint, 200, np.random.default_rng(1)).found
    ranked = generator.complete(model, constraint, 50).found
    made = ["".join(one.tokens) for one in (*drawn, *ranked)]
    assert made and not [
        name for name in made if "  " in name or name != name.strip() or name.count("(") != name.count(")")
    ]
