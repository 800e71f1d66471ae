"""Nothing rude is shown. The acceptor blocks the stems, and is never laxer than the judge of texts; the filter judges
whole names; a person's own letters are looked at first."""

import codecs
import itertools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
import generator
from bot.commands.queries import QUERIES, Complete
from bot.errors import BadInput
from bot.names import profanity
from bot.names.brainstorm import brainstorm
from bot.names.posterior import posterior
from bot.names.profanity import ProfanityFilter, unless_typed
from bot.strings import chat, names
from corpora import rude

STEM = codecs.decode("fuvg", "rot13")
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
    assert np.array_equal(profanity._table(), profanity.lay_out())


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
    the filter sees."""
    trained = library.model("pokemon", model)
    acceptor = library.clean("pokemon", trained.vocabulary)
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
    """Where the acceptor would not let pass what somebody typed, though it is an allowed word, the filter judges alone."""
    read = generator.parse_pattern
    vocabulary = generator.Vocabulary("abcdefghijklmnopqrstuvwxyz")
    acceptor = profanity.acceptor_for(vocabulary)
    assert (
        unless_typed(acceptor, [read("Scunthorpe***")]) is None and unless_typed(acceptor, [read("***peacock")]) is None
    )
    assert unless_typed(acceptor, [read("mo***"), read("...base")]) is acceptor
    assert unless_typed(None, [read("mo***")]) is None


def test_lines_and_tunes_have_no_acceptor(library):
    """They are judged whole, as they are written."""
    for name in ("lyrics", "piano"):
        assert library.clean(name, library.model(name, "chain").vocabulary) is None
    assert library.clean("pokemon", library.model("pokemon", "chain").vocabulary).vocabulary.tokens
    assert corpora.card("lyrics").kind == "words"


def test_completions_pass_over_what_is_rude(library):
    """Where the likeliest names would be rude, the next are given, in their order, and how many were left out is
    said."""
    pattern = f"{codecs.decode('gvg', 'rot13')}*"
    batch = brainstorm(Complete("pokemon", count=20, pattern=pattern), library)
    assert len(batch.names) == 20 and not any(rude.is_rude(name.name) for name in batch.names)
    assert batch.dropped and names.left_out(batch.dropped, "characters") in chat.made_with(batch)
    probs = [name.log_prob for name in batch.names]
    assert probs == sorted(probs, reverse=True)


@pytest.mark.parametrize("model", generator.MODELS)
def test_no_model_draws_what_is_rude(library, model):
    """Where half of what fits is rude, draws of every model are from the other half, as likely as they were."""
    corpus = library.corpus("pokemon")
    constraint = generator.constrain(generator.parse_pattern("p[io][sk]s*"), library.model("pokemon", model).vocabulary)
    rng = np.random.default_rng(7)
    screen = ProfanityFilter(corpus)
    found = generator.draw(
        library.model("pokemon", model), constraint, 1000, rng, library.known("pokemon").barring(screen)
    ).found
    assert not any(rude.is_rude("".join(one.tokens)) for one in found)
    assert len(found) + len(screen.dropped) == len(
        generator.draw(library.model("pokemon", model), constraint, 1000, rng, library.known("pokemon")).found
    )


@pytest.mark.parametrize("verb", ["complete", "draw", "why"])
def test_a_rude_pattern_is_refused_and_not_repeated(library, verb):
    """Where the letters of a pattern are rude whatever fills its holes, the answer says so once and does not say them
    again."""
    answer = posterior if verb == "why" else brainstorm
    with pytest.raises(BadInput) as refused:
        answer(QUERIES[verb]("pokemon", pattern=f"***{STEM}..."), library)
    assert refused.value.message == names.NOT_THAT and STEM not in refused.value.message


def test_letters_that_may_become_innocent_are_completed(library):
    """A whole word that is rude may be part of a name that is not, and an allowed word may hold a stem."""
    for pattern in ("tit**", "scatter*", f"{STEM[0]}*{STEM[2:]}*"):
        assert brainstorm(Complete("pokemon", pattern=pattern), library).names


def test_lines_are_looked_at_as_they_are_written():
    """Of words the rendered line is judged, so that no harm comes of what two words make together by chance; tunes say
    nothing."""
    lyrics, piano = ProfanityFilter(corpora.load("lyrics")), ProfanityFilter(corpora.load("piano"))
    assert not lyrics(("push", "it", ",", "baby")) and lyrics(("oh", ",", STEM, "!"))
    assert lyrics.dropped == {f"Oh, {STEM}!"}
    assert not piano(("F4", "A4", "G4"))
