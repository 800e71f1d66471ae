"""Patterns: what is read, what is refused, and what a constraint accepts."""

import gc
import itertools
import weakref

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import generator
from generator import LONGEST, PatternError, Unfillable, Vocabulary, constrain, parse_pattern
from tests.helpers import enumeration


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("mo***", ["letter", "letter", "hole", "hole", "hole"]),
        ("...ly", ["gap", "letter", "letter"]),
        ("…a…", ["gap", "letter", "gap"]),
        ("......a", ["gap", "letter"]),
        ("....", ["gap", "letter"]),
        ("[aeiou][^xyz][a-f]", ["class", "not", "class"]),
        (r"\*\[\\", ["letter", "letter", "letter"]),
        ("[]a]", None),
        ("[", None),
        ("[^]", None),
        ("a\\", None),
        ("[z-a]", None),
        ("", None),
        ("*" * 65, None),
        ("x" * 401, None),
    ],
)
def test_what_is_read_and_what_is_not(text, kinds):
    """Each part is told by its kind; what cannot be read raises with a place in the text and a reason."""
    if kinds is not None:
        assert [part.kind for part in parse_pattern(text).parts] == kinds
        return
    with pytest.raises(PatternError) as error:
        parse_pattern(text)
    assert 0 <= error.value.position <= len(text)
    assert error.value.reason


@given(st.text(max_size=450))
def test_no_text_crashes_the_parser(text):
    """Whatever is typed is a pattern or a PatternError, and a pattern's lengths hold together."""
    try:
        pattern = parse_pattern(text)
    except PatternError:
        return
    assert 0 <= pattern.shortest <= LONGEST
    assert pattern.longest in (None, pattern.shortest)
    assert pattern.holes <= pattern.shortest


@given(pattern=enumeration.patterns, low=st.integers(1, 3), more=st.integers(0, 3))
def test_a_constraint_accepts_what_the_pattern_means(pattern, low, more):
    """The automaton accepts a sequence just when a regular expression written from the pattern does."""
    vocabulary = Vocabulary(enumeration.LETTERS)
    fitting = {
        s
        for s in enumeration.sequences(vocabulary.tokens, 6)
        if low <= len(s) <= low + more and enumeration.fits(pattern, s)
    }
    try:
        constraint = constrain(parse_pattern(pattern), vocabulary, (low, low + more))
    except Unfillable:
        assert not fitting
        return
    assert {
        s for s in enumeration.sequences(vocabulary.tokens, 6) if accepts(constraint, vocabulary.encode(s))
    } == fitting
    assert set(constraint.lengths) == {len(s) for s in fitting}


def accepts(constraint, ids) -> bool:
    node = constraint.starts.get(len(ids), 0)
    for token in ids:
        node = constraint.transitions[node, token]
    return node == 1


def test_case_and_accents_do_not_matter():
    """A letter stands for itself in any case and with any accent, in the pattern and in the corpus."""
    vocabulary = Vocabulary(["a", "e", "é", "É", "ø"])
    for text in ("e", "É", "[é]"):
        constraint = constrain(parse_pattern(text), vocabulary)
        assert [t for t in vocabulary.tokens if accepts(constraint, vocabulary.encode([t]))] == ["e", "é", "É"]
    assert accepts(constrain(parse_pattern("O"), vocabulary), vocabulary.encode(["ø"]))


def test_a_part_that_nothing_fills_is_named():
    """The error says which part of the pattern the corpus's alphabet cannot fill."""
    with pytest.raises(Unfillable) as error:
        constrain(parse_pattern("mo[qx]*"), Vocabulary("mo"))
    assert error.value.part == "[qx]"


@pytest.mark.parametrize(("text", "length"), [("mo*", (4, 6)), ("mo...", (1, 1)), ("*", (2, 2)), ("...", (65, 70))])
def test_lengths_that_exclude_one_another_are_named(text, length):
    """A length that the pattern cannot have is refused with both lengths."""
    with pytest.raises(Unfillable, match="length"):
        constrain(parse_pattern(text), Vocabulary("mo"), length)


def test_a_pattern_without_gaps_has_one_node_a_place():
    """The automaton is as small as the pattern, whatever the classes."""
    constraint = constrain(parse_pattern("*[ab]a**"), Vocabulary("abc"))
    assert len(constraint.remaining) == 2 + 5


def test_futures_that_are_equal_share_a_node():
    """`...ly` of known length is a row of holes and two letters, not an automaton that looks for `ly` everywhere."""
    constraint = constrain(parse_pattern("...ly"), Vocabulary("aly"), (2, 12))
    assert len(constraint.remaining) == 2 + 12


def test_a_tangled_pattern_is_refused_in_time():
    """A pattern whose automaton would double with each hole is refused, not built."""
    with pytest.raises(generator.Tangled):
        constrain(parse_pattern("...a" + "*" * 20 + "b..."), Vocabulary("abc"), (40, 64))


def test_sixty_four_places():
    """The longest pattern allowed is answered, its probability a number."""
    model = generator.train("markov", ["abcabc", "cab", "bca"], np.random.default_rng(0))
    constraint = constrain(parse_pattern("a" + "*" * 62 + "c"), model.vocabulary)
    assert np.isfinite(generator.evidence(model, constraint))
    assert len(generator.complete(model, constraint, 3).found[0].tokens) == 64


def test_free_nodes_are_those_where_anything_goes():
    """After `mo` nothing is asked of `mo***` but its length."""
    constraint = constrain(parse_pattern("mo***"), Vocabulary("mou"))
    assert sorted(constraint.unconstrained.values()) == list(range(4))
    assert list(itertools.islice(constraint.starts, 1)) == [5]


@pytest.mark.parametrize("text", ["***", "...", "*...", "a**"])
def test_no_name_begins_or_ends_with_a_space(text):
    """A hole may be a space only inside a name."""
    vocabulary = Vocabulary([" ", "a"])
    constraint = constrain(parse_pattern(text), vocabulary, (3, 3))
    fitting = {
        "".join(s) for s in itertools.product(vocabulary.tokens, repeat=3) if accepts(constraint, vocabulary.encode(s))
    }
    assert fitting == {"aaa", "a a"}


def test_a_sign_stands_first_or_last_only_where_names_have_it_or_it_was_typed():
    """From `ho-oh` and `c++` no hole puts a hyphen at an end or a plus first; a person may."""
    vocabulary = Vocabulary.of(["ho-oh", "c++"])
    for text, expected in (
        ("**", {"c+", "cc"}),
        ("...", {"c+", "cc"}),
        ("-*", {"-+", "-c"}),
        ("*-", {"c-"}),
        ("+*", {"++", "+c"}),
        ("...+c", set()),
    ):
        constraint = constrain(parse_pattern(text), vocabulary, (2, 2))
        fitting = {a + b for a in "c+-" for b in "c+-" if accepts(constraint, vocabulary.encode([a, b]))}
        assert fitting == expected


@pytest.mark.parametrize("text", [" ***", "*** ", "...  ", " ...", "[ ]**"])
def test_a_pattern_that_begins_or_ends_with_a_space_is_refused(text):
    """What no name can do is told, where another length would not help."""
    with pytest.raises(Unfillable, match="space"):
        constrain(parse_pattern(text), Vocabulary([" ", "a"]))


def test_what_was_worked_out_goes_with_the_constraint():
    """Messages are tens of megabytes: they are freed with their constraint, and do not wait for the collector of
    cycles."""
    model = generator.train("markov", ["abc", "cab"], np.random.default_rng(0))
    constraint = constrain(parse_pattern("a**"), model.vocabulary)
    generator.complete(model, constraint, 2)
    generator.draw(model, constraint, 2, np.random.default_rng(0), generator.Known(["abc"]))
    messages = weakref.ref(constraint.cache[model, True])
    gc.disable()
    try:
        del constraint
        assert messages() is None
    finally:
        gc.enable()
