"""What counts as the same letter, whatever keyboard it was typed on."""

import pytest

import generator
from bot.availability.slugs import domain_label


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Ｍｏ", "mo"), ("１２", "12"), ("ﾋﾟｶﾁｭｳ", "ピカチュウ"), ("ÅNGE", "ange"), ("Łódź", "lodz"), ("ﾊﾅ", "ハナ")],
)
def test_widths_case_and_accents_fold(typed, meant):
    """Full-width and half-width letters and digits are the plain ones."""
    assert generator.fold(typed) == generator.fold(meant) and generator.key(typed) == generator.key(meant)


def test_wide_letters_fit_a_pattern():
    """A pattern typed in full-width letters is the same pattern."""
    pattern = generator.parse_pattern("ｍｏ*")
    constraint = generator.constrain(pattern, generator.Vocabulary("mow"))
    assert [bool(constraint.fillable), constraint.lengths] == [
        True,
        generator.constrain(generator.parse_pattern("mo*"), generator.Vocabulary("mow")).lengths,
    ]


@pytest.mark.parametrize(
    ("name", "label"),
    [("Łódź", "lodz"), ("Iğdır", "igdir"), ("Øre", "ore"), ("Ǿre", "ore"), ("Straße", "strasse"), ("Þór", "thor")],
)
def test_domains_lose_all_of_their_accents(name, label):
    """A domain has a letter without its stroke as well as without its accent: never half of them."""
    assert domain_label(name) == label
