"""bot.terminal.text: nothing hostile reaches a terminal, and no line is wider than it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from bot.terminal.text import Screen, Span, clean, columns

HOSTILE = "\x1b]0;title\x07\x1b[2J\x9b31mname\u202egnp\u2066\x00\x7f\r\b\u2028\udcff"
WORDS = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zs", "Zl", "Zp", "Mn"]), min_size=1, max_size=8)


def test_hostile_text_is_disarmed():
    """No control, no escape sequence, no turn of the reading direction is left of hostile text."""
    assert clean(HOSTILE) == "]0;title[2J31mnamegnp"


@given(st.text())
def test_clean_text_has_no_controls(text):
    """Whatever the text, what is left can be printed, and newlines alone break lines."""
    assert all(
        unicodedata.category(c)[0] != "C" or unicodedata.category(c) in ("Cn", "Co") for c in clean(text) if c != "\n"
    )
    assert clean(text).count("\n") == text.count("\n")


@given(st.lists(WORDS, min_size=1), st.integers(20, 60))
def test_no_line_is_wider_than_the_screen(words, width):
    """Lines break at spaces, keep every word in order and stay within the screen."""
    lines = list(Screen(width=width).lines([Span(" ".join(words))], "  "))
    assert " ".join(lines).split() == words
    assert all(columns(line) <= width for line in lines)


def test_word_wider_than_the_screen_stays_whole():
    """A long word is not cut: it could not be copied any more."""
    assert list(Screen(width=8).lines([Span("a " + "b" * 20 + " c")])) == ["a", "b" * 20, "c"]


def test_no_break_space_keeps_its_line():
    """What is held together by no-break spaces goes to the next line whole, and is shown with plain ones."""
    assert list(Screen(width=9).lines([Span("[1] [2]\N{NO-BREAK SPACE}More")])) == ["[1]", "[2] More"]


def test_any_width_breaks_at_newlines_alone():
    """Without a width, as in a pipe, a line stays one line."""
    assert list(Screen().lines([Span("a " * 200 + "\nb")])) == ["a " * 199 + "a", "b"]


def test_colour_is_for_terminals_that_want_it():
    """The same spans with and without colour differ in escape sequences alone."""
    spans = [Span("Kingar", "bold"), Span(" is new")]
    assert list(Screen(colour=True).lines(spans)) == ["\x1b[1mKingar\x1b[0m is new"]
    assert list(Screen(colour=False).lines(spans)) == ["Kingar is new"]


def test_wide_and_combining_characters_are_measured():
    """A wide character takes two columns and a combining one none, so lines of either break where they should."""
    assert list(Screen(width=7).lines([Span("名前 名前")])) == ["名前", "名前"]
    assert list(Screen(width=5).lines([Span("e\u0301e\u0301 e\u0301e\u0301")])) == ["e\u0301e\u0301 e\u0301e\u0301"]
