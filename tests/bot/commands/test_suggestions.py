"""Repairs that repair: every suggestion is run, and does the thing that the person meant."""

import pytest

from bot.commands.parse import parse
from bot.commands.queries import Complete, Generate, Why
from bot.commands.request import SetDefaults, SetRound, Suggest, Taken, Vote
from bot.errors import BadInput

SHELF = dict.fromkeys(("pokemon", "pokemon-de", "pokemon-zh-hans", "tech"), "characters")
MEANT = [
    ("mo???", [Complete(pattern="mo***")]),
    ("mo___", [Complete(pattern="mo***")]),
    ("m?b pokemon", [Complete("pokemon", pattern="m*b")]),
    ("complete mo??? pokemon 3", [Complete("pokemon", count=3, pattern="mo***")]),
    ("why mo__ pokemon", [Why("pokemon", pattern="mo**")]),
    ("preview mo???", [Complete(pattern="mo***", preview=True)]),
    ("mo..", [Complete(pattern="mo...")]),
    ("mobase", [Complete(pattern="mobase***"), Complete(pattern="***mobase")]),
    ("pokemon de", [Generate("pokemon-de")]),
    ("de pokemon 8", [Generate("pokemon-de", count=8)]),
    ("pokemon DE mo***", [Complete("pokemon-de", pattern="mo***")]),
    ("pokemon zh hans", [Generate("pokemon-zh-hans")]),
    ("pokmon hmm", [Generate("pokemon", "hmm")]),
    ("settings count=0", []),
    ("settings pokemon 0", []),
    ("settings 99", [SetDefaults(parse("settings 20", SHELF).defaults)]),
    ("pokemon 99", [Generate("pokemon", count=20)]),
    ("pokemon tech", [Generate("pokemon"), Generate("tech"), Generate("pokemon+tech", "markov")]),
    ("round votes=101", [SetRound(votes=100)]),
    ("suggest a\\b", [Suggest("ab")]),
]  # fmt: skip
READ = [
    ("mo....", Complete(pattern="mo...")),
    ("mo…. pokemon", Complete("pokemon", pattern="mo...")),
    ("suggest *Kingar*", Suggest("Kingar")),
    ("suggest *Mr. Mime*", Suggest("Mr. Mime")),
    ("vote _Kingar_", Vote("Kingar")),
    ("taken *Kingar* ~Mongo~", Taken(("Kingar", "Mongo"))),
]


@pytest.mark.parametrize(("slip", "meant"), MEANT)
def test_every_suggestion_does_what_was_meant(slip, meant):
    """Each suggestion, run as its button runs it, is a request that the person may have meant, the likeliest first."""
    with pytest.raises(BadInput) as caught:
        parse(slip, SHELF)
    assert [parse(suggestion, SHELF) for suggestion in caught.value.suggestions] == meant


@pytest.mark.parametrize(("typed", "request_"), READ)
def test_what_can_mean_one_thing_alone_is_read(typed, request_):
    """Dots too many, and the marks of a name that was pasted in bold."""
    assert parse(typed, SHELF) == request_


@pytest.mark.parametrize("text", ["suggest mo***", "suggest ***base", "suggest *mo*base*", "suggest **"])
def test_holes_are_no_marks(text):
    """One mark on each side is bold; anything else with a * is a pattern, or no name."""
    with pytest.raises(BadInput):
        parse(text, SHELF)
