"""What must never be seen at work: the lists, how texts are read, and what is told from what."""

import codecs
import itertools
import os
import re
import shutil
import string
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpora
from corpora import english, rude
from corpora.sources import rude as made

ASKED = os.environ.get("TECHNAME_TEST_SOURCES") == "1"
LISTS = rude.lists()


def longer(word):
    """A regular expression of a word in which a letter may be said longer: three times and more, the first and the last
    ones twice too."""
    runs = [(letter, len(list(same))) for letter, same in itertools.groupby(word)]
    inner = "".join(f"(?:{x}{{{n}}}(?!{x})|{x}{{{max(n, 3)},}})" for x, n in runs[1:-1])
    return (
        "".join([f"{runs[0][0]}{{{runs[0][1]},}}", inner, *(f"{x}{{{n},}}" for x, n in runs[1:][-1:])]) if word else ""
    )


def any_of(words):
    return re.compile("|".join(map(longer, words)))


STEMS, WORDS, SHORT, ENDINGS = map(any_of, (LISTS.stems, LISTS.words, LISTS.short, ("", *LISTS.endings)))
ALLOWED = any_of(LISTS.allowed)
PIECES = st.sampled_from([*LISTS.stems[::40], *LISTS.words[::60], *LISTS.short[::10], *LISTS.endings[::15], *"abcs"])


@given(st.lists(PIECES, max_size=3).map("".join), st.lists(st.integers(0, 30), max_size=3))
def test_words_are_told_as_regular_expressions_tell_them(word, doubled):
    """A word is rude where a stem is part of it, or it is one of the whole words, or a short one with an ending."""
    for place in doubled:
        word = word[:place] + word[place : place + 1] + word[place:]
    coined = any(SHORT.fullmatch(word[:i]) and ENDINGS.fullmatch(word[i:]) for i in range(2, len(word) + 1))
    expected = bool(STEMS.search(word) or WORDS.fullmatch(word) or coined)
    assert rude.is_rude(word) == expected or (expected and (ALLOWED.search(word) or word in LISTS.names))


@pytest.mark.parametrize("stem", LISTS.stems[::25], ids=lambda stem: codecs.encode(stem, "rot13"))
def test_a_stem_is_found_however_it_is_written(stem):
    """Case, accents, digits, spaces between letters and letters said longer hide no stem, nor does what stands around
    it."""
    disguised = stem.translate(str.maketrans("oiesatbg", "01354789"))
    for text in (
        stem,
        stem.upper(),
        disguised,
        " ".join(stem),
        "-".join(stem),
        f"x{stem}x",
        f"Neo {stem}!",
        "".join(c * 3 for c in stem),
    ):
        assert rude.is_rude(text), "a stem was missed"
    assert rude.holds_stem(f"x{stem}x")


def test_a_whole_word_is_rude_alone():
    """What is rude as a whole word is so between spaces and signs, and no harm within another word."""
    word = next(word for word in LISTS.words if len(word) == 7)
    assert rude.is_rude(word) and rude.is_rude(f"the {word}, twice") and not rude.is_rude(f"q{word}q")
    assert not rude.holds_stem(word)


@pytest.mark.parametrize(
    "text",
    [
        "Scunthorpe",
        "scatter",
        "cockpit",
        "analytics",
        "Raccoon",
        "butter",
        "debugger",
        "Saturday",
        "torpedo",
        "MongoDB",
        "Push it to the limit",
        "A saltwater cocktail",
        "therapist",
        "Ashkenazi",
        "Shiitake",
        "Niger",
        "Nigeria",
        "Essex",
        "assassin",
        "classic",
        "title",
        "747",
        "",
        "!?",
    ],
)
def test_innocents_pass(text):
    """Words that have a rude one in them by chance, words that only sound rude together, and what is no word at all."""
    assert not rude.is_rude(text)


@pytest.mark.parametrize("text", ["MibbitChat", "VarbitChanged", "RabbitChase", "OrbitChain", "BitCheck"])
def test_a_capital_within_a_word_begins_another(text):
    """Letters that are rude only because two words meet are none, whether or not the first begins with them."""
    assert rude.is_rude(text.lower()) and not rude.is_rude(text)


@pytest.mark.parametrize(
    "name",
    [
        "Nwankwo",
        "Kuntz",
        "Twatt",
        "Dick Van Dyke",
        "Arun Dikshit",
        "Tittensor",
        "Harshit Mehta",
        "Supaporn",
        "Shitterton",
        "Moby Dick",
    ],
)
def test_names_of_people_and_places_pass(name):
    """A kept list of names is passed over, whatever stands beside them; other letters on it make them none."""
    assert not rude.is_rude(name) and not rude.is_rude(f"The {name} Project")
    assert rude.is_rude(f"{name} {LISTS.stems[0]}")


def test_a_name_is_no_excuse():
    """What is rude by itself is on no list of names, but for one surname that thousands of families have."""
    assert {*LISTS.names} & {*LISTS.stems, *LISTS.whole} == {"kuntz"}


WORST = codecs.decode("shpx", "rot13")


@pytest.mark.parametrize(
    "sign", [".", "#", "*", "/", "_", "[]", "()", "%", "+", ":", "\u200b", "\u00ad", "-", "|", "…", "@"]
)
def test_signs_within_a_word_hide_nothing(sign):
    """A sign between letters is passed over, and one in the place of a vowel is read as any."""
    begin, end = sign[0], sign[-1] if len(sign) > 1 else ""
    between = WORST[0] + begin + WORST[1] + end + WORST[2:] if end else WORST[:2] + sign + WORST[2:]
    assert rude.is_rude(between if sign not in "#*%@" else WORST[0] + sign + WORST[2:])
    assert rude.is_rude(f"{between} you") or sign in "@"


@pytest.mark.parametrize(
    "text",
    [
        "push.it",
        "Push-It",
        "Shi-Tzu",
        "AC/DC",
        "St. Hitchin",
        "assets.hitman.io",
        "U.S.Steel",
        "mo***",
        "C#",
        "F# minor",
        "node.js",
        "Jean-Luc",
        "p@ssword",
    ],
)
def test_signs_within_a_word_make_nothing_rude(text):
    """Words that meet at a sign are no rude word together unless it begins with one of them."""
    assert not rude.is_rude(text)


def test_the_shelf_is_fit_for_work():
    """Of the entries on the shelf hardly any is taken for rude, of Pokémon and technologies none but one."""
    taken = {
        card.name: sum(map(rude.is_rude, corpora.load(card.name).entries))
        for card in corpora.shelf()
        if card.kind != "notes"
    }
    assert taken["pokemon"] == 0 and taken["tech"] <= 1
    assert sum(taken.values()) <= 0.0005 * sum(card.count for card in corpora.shelf())


def test_allowed_words_are_allowed():
    """Each allowed word is no harm by itself, and it takes nothing but its own letters out of it."""
    assert not [word for word in LISTS.allowed if rude.is_rude(word)]
    assert all(rude.is_rude(f"{word}{LISTS.stems[0]}") for word in LISTS.allowed)


def test_lists_are_folded_and_not_in_clear():
    """The lists hold letters alone, as texts are folded, and the files do not show them."""
    for listed in LISTS:
        assert all(rude.fold(word) == word and set(word) <= set(string.ascii_lowercase) for word in listed)
    for path in (*rude.FOLDER.glob("*.txt"), *(made.TYPED / "rude").glob("*.txt")):
        rows = {word for line in path.read_text().splitlines() if not line.startswith("#") for word in line.split()}
        assert len(rows & set(LISTS.stems)) <= 1  # one word in a thousand is another one in rot13


def test_other_scripts_are_not_read_as_ours():
    """A letter of another script is no letter of ours, unless it looks like one; it is never passed over."""
    assert rude.fold("ひa") == "~a" and rude.fold("сосо") == "coco"
    stem = LISTS.stems[0]
    assert not rude.is_rude("ひ".join(stem))


@pytest.mark.slow
@pytest.mark.skipif(not ASKED, reason="TECHNAME_TEST_SOURCES=1 is not set: this fetches packages")
@pytest.mark.skipif(not shutil.which("npm"), reason="npm is not installed")
def test_the_scripts_give_the_same_bytes(tmp_path):
    """Made again from their packages and what is kept by hand, these lists are what stands in the repository, byte for
    byte."""
    for module in ("rude", "english"):
        subprocess.run(
            [sys.executable, "-m", f"corpora.sources.{module}", "--into", tmp_path], check=True, cwd=rude.HERE.parent
        )
    for path in (*rude.FOLDER.glob("*.txt"), english.PATH):
        assert (tmp_path / path.relative_to(rude.HERE)).read_bytes() == path.read_bytes()
