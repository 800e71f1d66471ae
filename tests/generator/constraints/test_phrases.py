"""Patterns whose tokens stand apart are read like those of letters, with spaces between."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import PatternError, parse_pattern, parse_phrase

PIECES = st.sampled_from(["a", "b", "é", "*", "...", "[ab]", "[^ab]"])


@given(st.lists(PIECES, min_size=1, max_size=12))
def test_single_letters_apart_are_the_pattern_of_letters(pieces):
    """Where every token is one letter, a pattern with spaces says what the pattern of letters says without."""
    apart = [re.sub(r"(?<=[ab])(?=[ab])", "|", piece) for piece in pieces]
    read, letters = parse_phrase(" ".join(apart)), parse_pattern("".join(pieces))
    assert [(part.kind, part.tokens) for part in read.parts] == [(part.kind, part.tokens) for part in letters.parts]
    assert (read.shortest, read.longest, read.holes) == (letters.shortest, letters.longest, letters.holes)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("can you...", [("letter", "can"), ("letter", "you"), ("gap", "...")]),
        ("...… you", [("gap", "..."), ("letter", "you")]),
        (r"a \* b", [("letter", "a"), ("letter", r"\*"), ("letter", "b")]),
        ("[red | blue] moon", [("class", "[red | blue]"), ("letter", "moon")]),
        ("(not] a class", [("letter", "(not]"), ("letter", "a"), ("letter", "class")]),
    ],
)
def test_what_is_written_is_what_is_read(text, parts):
    """Dots may touch a word, a backslash makes a star literal, brackets hold choices."""
    assert [(part.kind, part.text) for part in parse_phrase(text).parts] == parts


def test_a_backslash_is_no_part_of_the_token():
    """What is made literal is itself, in choices too."""
    assert [part.tokens for part in parse_phrase(r"\* [\*|a]").parts] == [{"*"}, {"*", "a"}]


@pytest.mark.parametrize(
    ("text", "position", "said"),
    [
        ("", 0, "empty"),
        ("  ", 0, "empty"),
        ("the lo* sat", 4, "stands alone"),
        ("a **", 2, "stands alone"),
        ("a [b", 2, "has a ] after"),
        ("re[d|ad]", 2, "no letter beside"),
        ("a []", 2, "nothing between"),
        ("[lo*|b]", 0, "stands alone"),
        ("a " * 65, 128, "64 places"),
        ("a" * 401, 400, "400 characters"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_place(text, position, said):
    """The error has the character at which it stands."""
    with pytest.raises(PatternError, match=re.escape(said)) as caught:
        parse_phrase(text)
    assert caught.value.position == position


def test_whoever_makes_tokens_may_refuse():
    """A ValueError of the tokeniser's is an error of the pattern, and two tokens in one choice are none."""
    with pytest.raises(PatternError, match="invalid literal"):
        parse_phrase("1 x", lambda text: (str(int(text)),))
    with pytest.raises(PatternError, match="one token"):
        parse_phrase("[ab|c]", tuple)
