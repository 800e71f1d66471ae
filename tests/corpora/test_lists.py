"""The lists of the shelf: that each is what it says, and nothing crept in."""

import re

import pytest

import corpora
from corpora.sources.source import TYPED, tidy, typed

ONE_WORD = [
    card.name
    for card in corpora.shelf()
    if card.kind == "characters" and not card.name.startswith("pokemon") and card.name not in ("colours", "dogs")
]


@pytest.mark.parametrize("name", ONE_WORD)
def test_names_are_of_one_word(name):
    """Where several words do not sound well, names are of one: letters alone, 3 to 24 of them."""
    assert all(re.fullmatch(r"[^\W\d_]{3,24}", entry) for entry in corpora.load(name).entries)


@pytest.mark.parametrize("name", ["colours", "dogs"])
def test_names_of_two_words(name):
    """Colours and dogs are of one word or two."""
    entries = corpora.load(name).entries
    assert all(re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+)?", entry) for entry in entries)
    assert any(" " in entry for entry in entries)


def test_furniture_has_swedish_letters():
    """A few hundred products, all in capitals, about a quarter with Å, Ä or Ö."""
    entries = corpora.load("ikea").entries
    assert len(entries) >= 300 and all(entry == entry.upper() for entry in entries)
    assert 0.2 < sum(bool(re.search("[ÅÄÖ]", entry)) for entry in entries) / len(entries) < 0.3


def test_there_are_pokemon_in_every_language():
    """Each language has its own names, in its own letters where it has letters of its own."""
    scripts = {
        "ja": "[ぁ-ヿ]",
        "ko": "[가-힣]",
        "ru": "[а-яё]",
        "th": "[ก-๛]",
        "zh-hans": "[一-鿿]",
        "zh-hant": "[一-鿿]",
    }
    for code in ("de", "es", "fr", *scripts):
        entries = corpora.load(f"pokemon-{code}").entries
        assert 970 <= len(entries) <= 1025
        assert all(
            re.search(scripts.get(code, "[a-z]"), entry.lower()) for entry in entries if entry not in ("3D龙Z", "3D龍Z")
        )
    assert not any(re.search("[A-Za-z]", entry) for entry in corpora.load("pokemon-ru").entries)


def test_lyrics_are_lines_that_can_be_sung():
    """There are 300 lines and more, each of one breath, with the song that it is from; none is twice."""
    lyrics = corpora.load("lyrics")
    assert len(lyrics.entries) == len(lyrics.origins) >= 300
    assert all(3 <= len(tokens) <= 16 for tokens in lyrics.sequences)
    assert sum(entry.startswith("Can you ") for entry in lyrics.entries) >= 10


def test_what_was_typed_is_used():
    """Every list that was typed by hand has a corpus that it is part of."""
    assert {path.stem for path in TYPED.glob("*.txt")} <= {card.name for card in corpora.shelf()}


@pytest.mark.parametrize("name", sorted(path.stem for path in TYPED.glob("*.txt") if path.stem != "lyrics"))
def test_typed_names_are_on_the_shelf(name):
    """What was typed in one word of three letters is an entry, whatever its case."""
    entries = {entry.lower() for entry in corpora.load(name).entries}
    assert {word.lower() for word in typed(name) if re.fullmatch(r"[^\W\d_]{3,24}", word)} <= entries


def test_lists_are_tidy():
    """A list keeps the first spelling of a name, drops what is not allowed or too short or long, and is in alphabetical
    order."""
    assert tidy(["b", "Bee", "BEE", "ant", "a b", "x" * 25], "[a-zA-Z]+", shortest=2) == ["ant", "Bee"]


def test_origins_are_of_words_and_notes_alone():
    """A name is from nowhere but its list; a line and a phrase know their song and their tune."""
    for card in corpora.shelf():
        assert bool(corpora.load(card.name).origins) == (card.kind != "characters")
