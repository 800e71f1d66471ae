"""Tokens and styles: what a name is made of, and how it is written again."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import corpora
from corpora.style import STYLES, guess
from corpora.tokens import characters as tokenise

styles = pytest.mark.parametrize("style", STYLES["characters"])


def rewritten(corpus):
    """How many entries a corpus writes exactly as they are."""
    return sum(corpus.write(tokens) == entry for tokens, entry in zip(corpus.sequences, corpus.entries, strict=True))


def test_pokemon_are_written_as_they_are():
    """All 1,025 Pokémon come back exactly from their own tokens: hyphens, spaces, accents and signs included."""
    assert rewritten(corpora.load("pokemon")) == 1025


def test_tech_is_written_with_a_capital():
    """Made-up technologies have one capital, as 6 in 10 real ones have; the others differ in case alone (`GitHub`,
    `npm`)."""
    tech = corpora.load("tech")
    assert tech.write(tuple("morbase")) == "Morbase"
    assert 0.6 < rewritten(tech) / len(tech.entries) < 0.65
    assert all(tech.write(tokens).lower() == e.lower() for tokens, e in zip(tech.sequences, tech.entries, strict=True))


@pytest.mark.parametrize("card", corpora.shelf(), ids=lambda card: card.name)
def test_the_style_on_a_card_fits_best(card):
    """No other style gives back more of a corpus's own entries, and that most of them."""
    corpus = corpora.load(card.name)
    assert guess(corpus.entries, card.kind) == card.style
    assert rewritten(corpus) > len(corpus.entries) * (0.6 if card.name == "tech" else 0.96)


@pytest.mark.parametrize(
    ("style", "text"),
    [
        ("capitalised", "Ho-Oh"),
        ("capitalised", "Kommo-o"),
        ("capitalised", "Porygon-Z"),
        ("capitalised", "Mr. Mime"),
        ("capitalised", "Farfetch'd"),
        ("capitalised", "Type: Null"),
        ("capitalised", "Éclair Ångström"),
        ("capitalised", "3d"),
        ("sentence", "Great auk"),
        ("upper", "BJÖRKSNÄS"),
        ("upper", "STRAßE"),
        ("lower", "numpy"),
    ],
)
def test_styles(style, text):
    """Each style writes a name of its kind from its tokens; what has no capital of one letter keeps its own (ß)."""
    assert STYLES["characters"][style](tokenise(text)) == text


@styles
@given(text=st.text())
def test_a_style_changes_case_alone(style, text):
    """Whatever the tokens, a style neither adds nor drops nor changes one: each comes out as it is or as its
    capital."""
    tokens = tokenise(text)
    rest = STYLES["characters"][style](tokens)
    for token in tokens:
        piece, rest = rest[: len(token)], rest[len(token) :]
        assert piece in (token, token.upper())
    assert rest == ""


@styles
@given(text=st.text(st.sampled_from("abcxyzABCXYZ éÉåÄößñÑÇ-.':2♀")))
def test_what_is_written_reads_back(style, text):
    """In Latin letters a written name has the tokens that it was written from."""
    tokens = tokenise(text)
    assert tokenise(STYLES["characters"][style](tokens)) == tokens


@given(text=st.text())
@example(text="Flabe\u0301be\u0301")
def test_tokens_keep_every_letter(text):
    """Tokens joined are the lower-case text composed: lower case, not a folding, so ß stays one letter."""
    tokens = tokenise(text)
    assert "".join(tokens) == unicodedata.normalize("NFC", text.lower())
    assert all(tokens)


@given(text=st.text(st.characters(categories=["L", "M", "N"])))
def test_a_mark_stays_with_its_letter(text):
    """No token but the first begins with a combining mark."""
    assert not any(unicodedata.category(token[0]).startswith("M") for token in tokenise(text)[1:])


def test_lower_case_is_not_a_folding():
    """Folding would change letters: Weiß would lose its ß and ΟΔΟΣ its final sigma."""
    assert tokenise("Weiß") == tuple("weiß") != tuple("Weiß".casefold())
    assert tokenise("ΟΔΟΣ") == tuple("οδος") != tuple("ΟΔΟΣ".casefold())


@pytest.mark.parametrize(
    ("entries", "style"),
    [
        (["BILLY", "KALLAX", "Lack"], "upper"),
        (["numpy", "scipy", "Keras"], "lower"),
        (["Ivory gull", "Great auk", "Gull"], "sentence"),
        (["Mewtwo", "Mr. Mime"], "capitalised"),
        (["ピカチュウ"], "capitalised"),
        ([], "capitalised"),
    ],
)
def test_the_style_is_guessed(entries, style):
    """The guess is the style of most entries; where case says nothing it is the first."""
    assert guess(entries) == style
