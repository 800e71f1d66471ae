"""Nothing rude is shown: in what is drawn, ranked and known, and where a person's own letters ask for it."""

import codecs

import numpy as np
import pytest

import corpora
import generator
from bot.commands.queries import QUERIES, Complete
from bot.errors import BadInput
from bot.names.brainstorm import brainstorm
from bot.names.reasons import reasons
from bot.names.screen import Screen
from bot.strings import chat, names
from corpora import rude

STEM = codecs.decode("fuvg", "rot13")


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
    screen = Screen(corpus)
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
    answer = reasons if verb == "why" else brainstorm
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
    lyrics, piano = Screen(corpora.load("lyrics")), Screen(corpora.load("piano"))
    assert not lyrics(("push", "it", ",", "baby")) and lyrics(("oh", ",", STEM, "!"))
    assert lyrics.dropped == {f"Oh, {STEM}!"}
    assert not piano(("F4", "A4", "G4"))
