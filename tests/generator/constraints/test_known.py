"""Names that exist are told by what is left of them without case, accents, spaces and punctuation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import generator
from generator import Known, Vocabulary, constrain, parse_pattern
from generator.queries.distinct import padded
from tests.helpers.models import trained

NAMES = ["mr. mime", "mewtwo", "flabébé", "ho-oh", "moltres", "morpeko", "pikachu"]


@pytest.mark.parametrize("name", ["Mr. Mime", "mr-mime", "MRMIME", "flabebe", "Ho Oh", "m.e.w.t.w.o"])
def test_a_name_written_otherwise_is_known(name):
    """Case, accents, spaces and punctuation make no new name."""
    assert tuple(name) in Known(map(tuple, NAMES))


@pytest.mark.parametrize("name", ["mewtw", "mime", "hooo", "♀", ""])
def test_another_name_is_not(name):
    """One letter more or less makes another name, and signs alone are no name we know."""
    assert tuple(name) not in Known(map(tuple, NAMES))


def test_names_of_signs_alone_are_told_apart():
    """Two names without a letter are the same only if they are equal."""
    known = Known([("♪", "♫")])
    assert ("♪", "♫") in known
    assert ("♫",) not in known


def test_known_names_that_fit_are_found():
    """`mo...` fits moltres and morpeko, `mo*****` too, `m*` neither."""
    known, vocabulary = Known(map(tuple, NAMES)), Vocabulary.of(NAMES)
    for text, expected in (("mo...", (4, 5)), ("mo*****", (4, 5)), ("m*", ()), ("...e", (0, 2)), ("...É", (0, 2))):
        assert known.fitting(constrain(parse_pattern(text), vocabulary), vocabulary) == expected


def test_a_known_name_with_a_token_the_model_lacks_is_left_out():
    """A model of other names has no place for tokens it never saw; they fit nothing there."""
    vocabulary = Vocabulary("mo")
    assert Known([("m", "x"), ("m", "o")]).fitting(constrain(parse_pattern("**"), vocabulary), vocabulary) == (1,)


@pytest.mark.parametrize("kind", ["markov", "hmm"])
def test_where_nearly_all_mass_is_known(kind):
    """`pikach*`: the known name has nearly all the mass; the new ones come all the same, and only they."""
    model = trained(kind, *NAMES)
    known, constraint = Known(map(tuple, NAMES)), constrain(parse_pattern("pikach*"), model.vocabulary)
    never_last = model.vocabulary.bars[1]
    new = {generator.key("pikach" + token) for token in model.vocabulary.tokens if token not in never_last} - {
        "pikachu"
    }
    drawn = generator.draw(model, constraint, 100, np.random.default_rng(0), known).found
    completed = generator.complete(model, constraint, 100, known).found
    for answer in (drawn, completed):
        assert sorted(generator.key("".join(f.tokens)) for f in answer) == sorted(new)
    assert tuple("pikachu") not in {f.tokens for f in drawn}


@pytest.mark.parametrize("kind", ["markov", "hmm"])
def test_a_name_asked_for_whole_is_not_new(kind):
    """A pattern without a hole that is a known name has no new completion, and says that this is exact."""
    model = trained(kind, *NAMES)
    known, constraint = Known(map(tuple, NAMES)), constrain(parse_pattern("Moltres"), model.vocabulary)
    assert generator.complete(model, constraint, 3, known) == ((), True, 0.0)
    assert generator.draw(model, constraint, 3, np.random.default_rng(0), known).found == ()


@given(
    st.lists(st.text("aeéÉs-.1 ß", min_size=1, max_size=5), max_size=6),
    st.lists(st.text("aeéÉs-.1 ", min_size=1, max_size=5), min_size=1, max_size=30),
)
def test_thousands_are_known_as_one_by_one(known, names):
    """Told by digests, a name is known just where its key is, signs, accents and capitals aside, and barred where it is
    barred."""
    vocabulary, known = Vocabulary(sorted("aeéÉs-.1 ")), Known(map(tuple, known))  # ß is among the known alone
    for some in (known, known.barring(lambda tokens: "1" in tokens), Known(known.sequences, exact=True)):
        ids = padded([vocabulary.encode(name) for name in names], 5)
        assert some.among(ids, vocabulary).tolist() == [tuple(name) in some for name in names]


@pytest.mark.parametrize("tokens", [["e", "\u0301"], ["ㄱ", "\u1100", "\u1161"], ["ß", "s"], ["so", "it"]])
def test_tokens_that_join_or_spell_more_than_a_letter_are_looked_at_one_by_one(tokens):
    """Where a key is not put together a letter a token, names are known all the same."""
    vocabulary, known = Vocabulary(tokens), Known([tokens, tokens[:1]])
    ids = np.array([[0, 1], [0, -1], [1, -1], [1, 0]])
    assert known.among(ids, vocabulary).tolist() == [vocabulary.decode(row[row >= 0]) in known for row in ids]
