"""What must not be said, as an acceptor of the engine: it is what the stems say, and never laxer than what texts are judged
by."""

import itertools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
import generator
from bot.names import profanity
from bot.names.screen import decent
from corpora import rude

STEMS = (*rude.lists().stems, *rude.lists().made)
# Whatever a letter is said longer than it is written.
HELD = re.compile("|".join("".join(f"{letter}+" for letter in stem) for stem in STEMS))
VOCABULARY = generator.Vocabulary(sorted({*"abcdefghijklmnopqrstuvwxyz013-'. éüßšひ"}))
ACCEPTOR = profanity.acceptor_for(VOCABULARY)


def passes(text: str) -> bool:
    return bool(generator.allowed(ACCEPTOR, VOCABULARY.encode(text)[None])[0])


def test_the_automaton_is_that_of_the_stems():
    """What is laid out in the file is what the stems give: after a change of theirs, `python -m bot.names.profanity`
    writes it anew."""
    assert np.array_equal(profanity._laid_out(), profanity.lay_out())


@given(
    st.lists(st.one_of(st.sampled_from(VOCABULARY.tokens), st.sampled_from(STEMS[::30])), min_size=1, max_size=6).map(
        "".join
    ),
    st.lists(st.integers(0, 20), max_size=3),
)
def test_the_acceptor_forbids_what_holds_a_stem(text, doubled):
    """It reads each token as its letters, over signs and repeats, as a regular expression does; and passes nothing that
    is_rude finds."""
    for place in doubled:
        text = text[:place] + text[place : place + 1] + text[place:]
    assert passes(text) == (not HELD.search(rude.fold(text)))
    assert not (passes(text) and rude.holds_stem(text))


@pytest.mark.parametrize("model", generator.MODELS)
def test_made_names_are_decent(library, model):
    """Of many names of every model none holds a stem, and none is rude as texts are judged but by a whole word, which
    the screen sees."""
    trained = library.model("pokemon", model)
    acceptor = library.acceptor("pokemon", trained.vocabulary)
    for pattern in ("...", "p[aeiou]ss*", "**[ck]k..."):
        constraint = generator.constrain(generator.parse_pattern(pattern), trained.vocabulary, (4, 9), acceptor)
        drawn = generator.draw(trained, constraint, 200, np.random.default_rng(1)).found
        ranked = generator.complete(trained, constraint, 30).found
        assert not any(rude.holds_stem("".join(one.tokens)) for one in itertools.chain(drawn, ranked))


def test_what_real_names_hold_is_not_made_up():
    """Some short words that are harmless inside a bird or a town are in no new name, whoever names its first and last
    letters."""
    assert (
        not passes("crocock")
        and not passes("ma-sexen")
        and not rude.is_rude("Peacock")
        and not rude.is_rude("Sussex Spaniel")
    )


def test_a_typed_word_that_is_harmless_is_completed():
    """Where the acceptor would not let pass what somebody typed, though it is an allowed word, the screen judges alone."""
    read = generator.parse_pattern
    vocabulary = generator.Vocabulary("abcdefghijklmnopqrstuvwxyz")
    acceptor = profanity.acceptor_for(vocabulary)
    assert decent(acceptor, [read("Scunthorpe***")]) is None and decent(acceptor, [read("***peacock")]) is None
    assert decent(acceptor, [read("mo***"), read("...base")]) is acceptor
    assert decent(None, [read("mo***")]) is None


def test_lines_and_tunes_have_no_acceptor(library):
    """They are judged whole, as they are written."""
    for name in ("lyrics", "piano"):
        assert library.acceptor(name, library.model(name, "chain").vocabulary) is None
    assert library.acceptor("pokemon", library.model("pokemon", "chain").vocabulary).vocabulary.tokens
    assert corpora.card("lyrics").kind == "words"
