"""Words and notes: how a line and a melody become tokens, and text again."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
from corpora import lines, notes
from corpora.tokens import KINDS, guess, tokenise


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Can't stop, won't stop!", "can't stop , won't stop !"),
        ("Rock-n-roll runnin' wild", "rock-n-roll runnin' wild"),
        ("It’s 10:30, 3.5 miles", "it's 10:30 , 3.5 miles"),
        ("Wait... what?!", "wait … what ? !"),
        ("A – B", "a – b"),
        ("¿Qué? ¡Sí!", "¿ qué ? ¡ sí !"),
        ('He said "go" (now)', "he said go now"),
        ("«Oui», dit-il", "oui , dit-il"),
        ("...", "…"),
        ("", ""),
    ],
)
def test_words(text, tokens):
    """A word keeps apostrophes, hyphens and the signs of a number; other signs stand alone; what comes in pairs is left
    out."""
    assert " ".join(lines.split(text)) == tokens


@pytest.mark.parametrize(
    "text",
    [
        "Can't stop, won't stop!",
        "One more time; hold it: there.",
        "It's 10:30. We go",
        "Wait… What? No!",
        "A – b",
        "¿Qué? ¡Sí!",
        "100% rhythm",
    ],
)
def test_lines_come_back(text):
    """A line is written with no space before a comma and a capital where a sentence begins."""
    assert lines.write(lines.split(text)) == text


@given(text=st.text())
def test_no_word_is_lost(text):
    """Whatever stands in a line, its words are tokens: nothing but spaces and pairs is dropped, and no token holds a
    space."""
    tokens = lines.split(text)
    assert all(token and not any(map(str.isspace, token)) for token in tokens)
    kept = "".join(tokens)
    for char in unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower()):
        assert not char.isalnum() or char in kept


@given(text=st.text(st.sampled_from("abc ABC éßñ,.;:!?…%–—'-¿¡ 12\n")))
def test_a_written_line_reads_back(text):
    """A line that was written has the tokens that it was written from."""
    tokens = lines.split(text)
    once = lines.split(lines.write(tokens))
    assert lines.split(lines.write(once)) == once


def test_lyrics_come_back():
    """All lines of the shelf's lyrics come back exactly from their own tokens, I and Sunday included."""
    lyrics = corpora.load("lyrics")
    assert [lyrics.write(tokens) for tokens in lyrics.sequences] == list(lyrics.entries)
    assert lyrics.write(("hold", "on", ",", "i'm", "late", ",", "sunday")) == "Hold on, I'm late, Sunday"


def test_spelling_is_learned_within_lines(tmp_path):
    """A word is spelt as it mostly is where no capital is due, so that names keep theirs and the first word of a line
    does not."""
    text = "She saw London by night\nIt is London that she saw\nThat she knew. She knew\nFor NASA and IBM, she is it"
    (tmp_path / "lines.txt").write_text(text)
    corpus = corpora.read(tmp_path / "lines.txt")
    assert corpus.card.kind == "words" and corpus.card.style == "line"
    assert corpus.write(("it", "is", "she", ",", "london", ".", "that", "nasa")) == "It is she, London. That NASA"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("C4", "C4"),
        ("c4:1", "C4"),
        ("Bb4:0.50", "A#4:0.5"),
        ("b4:2", "B4:2"),
        ("F♯5:3/2", "F#5:1.5"),
        ("Cb4", "B3"),
        ("B#4", "C5"),
        ("r", "R"),
        ("R:0.25", "R:0.25"),
        ("E4:1/3", "E4:0.3333"),
        ("H4", None),
        ("C", None),
        ("C4:", None),
        ("C4:0", None),
        ("C4:1/0", None),
        ("C9", None),
        ("C4 E4", None),
        ("", None),
        ("C4:-1", None),
        ("C##4", None),
        ("Cb0", None),
    ],
)
def test_notes(text, written):
    """A note is a pitch or R and a length in quarters; flats become sharps, and each length has one spelling."""
    assert notes.note(text) == written


@given(pitch=st.integers(0, 107), quarters=st.sampled_from(["", ":0.25", ":0.5", ":1.5", ":4"]))
def test_a_note_is_its_own_spelling(pitch, quarters):
    """What is written reads as itself."""
    text = notes.pitch_name(pitch) + quarters
    assert notes.note(text) == text and tokenise(text, "notes") == (text,)


@pytest.mark.parametrize(
    ("entries", "kind"),
    [
        (["C4 D4 E4", "R G4:2"], "notes"),
        (["C4", "E4"], "characters"),
        (["Down by the river we go", "Hold on"], "characters"),
        (["Down by the river we go", "Hold on, hold on, my love", "Hey"], "words"),
        (["Mew", "Mr. Mime"], "characters"),
        (["American Staffordshire Terrier"], "characters"),
        (["我们在河边唱歌"], "characters"),
        ([], "characters"),
    ],
)
def test_the_kind_is_guessed(entries, kind):
    """Melodies are notes, lines of mostly four words and more are words, and the rest is names."""
    assert guess(entries) == kind


def test_every_kind_of_the_shelf_is_guessed():
    """What the shelf says its tokens are is what would be guessed of its entries."""
    assert {card.kind for card in corpora.shelf()} == set(KINDS)
    for card in corpora.shelf():
        assert guess(corpora.load(card.name).entries) == card.kind
