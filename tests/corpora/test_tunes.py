"""The melodies: every bar is full, every note is in the key, and openings agree with a second source where there is
one."""

import os
from fractions import Fraction

import pytest

import corpora
from corpora.sources import second, tunes

ALL = tunes.tunes()
# Read while pytest collects: later the tests' environment is cleared of such settings.
ASKED = os.environ.get("TECHNAME_TEST_SOURCES") == "1"


def test_there_are_sixty_and_more():
    """The shelf's melodies are of at least 60 tunes, each once and with who made it or where it is from."""
    assert len({tune.title for tune in ALL}) == len(ALL) >= 60
    assert all(tune.by and tune.key in ("C", "Am") for tune in ALL)
    assert sum(tune.key == "Am" for tune in ALL) >= 12


@pytest.mark.parametrize("tune", ALL, ids=lambda tune: tune.title)
def test_a_tune_is_sound(tune):
    """Its bars are as long as its metre, the pickup completes the last, and its notes are in the key or bear an
    accidental."""
    assert tunes.faults(tune) == []


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("C C C C | C C C |", "bar 2 is 3, not 4"),
        ("C C C C C | C4 |", "bar 1 is 5"),
        ("C4 |", "has 1 notes"),
        ("^E C C C |", "F4 is not in the key"),
    ],
)
def test_a_fault_is_found(body, fault):
    """A bar that is not full, a phrase that is none and an accidental that is none are told."""
    found = tunes.faults(tunes.tune(f"T:a\nC:b\nM:4/4\nK:C\n{body}"))
    assert fault in "; ".join(found)


def test_a_pickup_is_held_to_the_last_bar():
    """A tune that begins with a pickup ends a bar that is as much shorter."""
    right, wrong = (f"T:a\nC:b\nM:3/4\nQ:1\nK:C\nC | C3 | C{last} |" for last in "23")
    assert tunes.faults(tunes.tune(right)) == []
    assert tunes.faults(tunes.tune(wrong)) == ["bar 2 is 4, not 3"]


def test_ties_become_one_note():
    """A tied note is one, over a bar line too, and lasts as long as both."""
    tune = tunes.tune("T:a\nC:b\nM:2/4\nK:C\nC C- | C C |")
    assert [str(note) for note in tune.notes] == ["C4", "C4:2", "C4"] and tune.bars == (Fraction(2), Fraction(2))
    with pytest.raises(ValueError, match="a tie"):
        tunes.tune("T:a\nC:b\nM:2/4\nK:C\nC C- | D C |")


def test_the_shelf_has_the_phrases_of_the_tunes():
    """Every entry is a phrase with the name of its tune, and says so if it was typed from memory alone."""
    piano = corpora.load("piano")
    phrases = dict(zip(piano.entries, piano.origins, strict=True))
    assert phrases["E4 E4 F4 G4 G4 F4 E4 D4 C4 C4 D4 E4 E4:1.5 D4:0.5 D4:2"] == "Ode to Joy (Beethoven), from memory"
    assert "The Irish Washerwoman (Irish)" in piano.origins
    assert all(notes for notes in piano.sequences) and set(piano.origins) <= {tune.origin for tune in ALL}


def test_another_abc_is_read():
    """A second source in ABC has a key signature and accidentals that last for a bar."""
    assert second.abc("X:1\nT:a\nK:G\nG A F | ^c c | c") == [7, 9, 6, 13, 13, 12]
    assert second.abc('X:1\nK:Dm\nB, b\' =B "G"{d}E') == [-2, 34, 11, 4]
    assert second.abc("X:1\nK:Ador\nF") == [6]


def test_musicxml_is_read():
    """Of MusicXML the first part's first voice is read: a tied note once, a chord by its first note."""

    def note(step, octave, rest=""):
        return f"<note>{rest}<pitch><step>{step}</step><alter>0</alter><octave>{octave}</octave></pitch></note>"

    tied = '<tie type="stop"/>'
    xml = f"<a><part>{note('C', 4)}{note('C', 4, tied)}{note('E', 4, '<chord/>')}{note('A', 3)}</part><part>{note('G', 5)}</part></a>"
    assert second.musicxml(xml.encode()) == [48, 45]


def test_what_does_not_agree_is_told():
    """An opening that goes another way is not taken for the same."""
    files = {"music21/corpus/x.abc": b"X:1\nK:G\nG G d d e e d2\n"}
    tune = tunes.tune("T:a\nC:b\nM:4/4\nK:C\nS:x.abc#1\nC C G G | A A G2 |")
    other = tunes.tune("T:a\nC:b\nM:4/4\nK:C\nS:x.abc#1\nC C G G | A G A2 |")
    assert second.agrees(tune, files) and not second.agrees(other, files)


@pytest.mark.slow
@pytest.mark.skipif(not ASKED, reason="TECHNAME_TEST_SOURCES=1 is not set: this fetches a package")
def test_openings_agree_with_a_second_source():
    """The opening of every tune that names a second source goes up and down as it does there."""
    from corpora.sources.packages import fetch

    files = fetch(second.MUSIC21)
    checked = [tune for tune in ALL if tune.second]
    assert len(checked) >= 15
    assert [tune.title for tune in checked if not second.agrees(tune, files)] == []
