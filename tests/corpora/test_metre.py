"""What metre is learned from a corpus of tunes, and what of the words of a corpus of lines."""

from dataclasses import replace
from fractions import Fraction

import pytest

import corpora
from corpora import notes
from corpora.metre import ENOUGH, SIGNATURES, adds_up, learned
from corpora.sources.tunes import tunes
from corpora.wording import wording

PIANO, LYRICS = corpora.load("piano"), corpora.load("lyrics")


def of(entries, origins=()):
    return corpora.Corpus(replace(PIANO.card, count=len(entries)), tuple(entries), origins=tuple(origins))


def test_the_shelf_is_in_common_and_triple_time():
    """Four in five phrases add up in 4/4 or 3/4 from their first note on, and C and A are the tonics: the keys that the
    tunes were typed in."""
    found = learned(PIANO)
    inside = [any(adds_up(tune, name) for name in found.signatures) for tune in PIANO.sequences]
    assert found.signatures == ("4/4", "3/4") and sum(inside) == 188
    assert {notes.pitch_name(48 + tonic)[:-1] for tonic in found.tonics} == {tune.key.rstrip("m") for tune in tunes()}


def test_an_upbeat_would_bring_little():
    """Had the last bar to complete an upbeat, nine more phrases would add up, of 234: why a tune begins on a first
    beat."""

    def with_upbeat(tune, quarters):
        lengths = [notes.quarters(token) for token in tune]
        for upbeat in [Fraction(n, 4) for n in range(1, 4 * quarters)]:
            at, fine = Fraction(quarters) - upbeat, True
            for length in lengths:
                fine = fine and at % quarters + length <= quarters
                at += length
            if fine and (at + upbeat) % quarters == 0:
                return True
        return False

    out = [tune for tune in PIANO.sequences if not adds_up(tune, "4/4") and not adds_up(tune, "3/4")]
    assert sum(with_upbeat(tune, 4) or with_upbeat(tune, 3) for tune in out) == 9


@pytest.mark.parametrize("tune", [tune for tune in tunes() if not tune.pickup], ids=lambda tune: tune.title)
def test_a_whole_tune_without_an_upbeat_is_in_its_own_metre(tune):
    """What the typed tunes say of their bars is what adds up here, unless a note was tied over a bar line, or begins
    off the beat in 6/8."""
    bars = {bar: name for name, (bar, beat) in SIGNATURES.items() if bar == beat}
    tied = any(at // tune.metre != (at + note.quarters - Fraction(1, 64)) // tune.metre for at, note in _placed(tune))
    assert tune.metre not in bars or tied != adds_up(tuple(map(str, tune.notes)), bars[tune.metre])


def _placed(tune):
    at = Fraction(0)
    for note in tune.notes:
        yield at, note
        at += note.quarters


@pytest.mark.parametrize(
    ("entries", "signatures"),
    [
        (["C4 D4 E4"] * 1 + ["E4 D4 C4", "C4:2 C4", "D4 E4 C4"], ("3/4",)),
        (["C4:1.5 C4:1.5", "G4:0.5 E4 C4:1.5", "C4 D4:0.5 C4:1.5"], ("6/8",)),
        (["C4 D4 E4 C4", "C4:2 D4 C4", "G4:1.5 E4:0.5 C4:2"], ("4/4",)),
        (["C4 D4", "E4 C4", "D4:0.5 E4:0.5 C4", "G4 E4 G4 E4 D4 C4"], ("2/4",)),
        (["C4 D4:0.7", "E4:1.1 C4", "C4 C4:0.3", "D4:5 C4"], ()),
        (["C4 D4 E4 F4", "C4:0.3 D4", "C4 D4:2.5", "E4 D4 C4 C4"], ()),
        ([], ()),
    ],
)
def test_a_corpus_gets_its_own_signatures(entries, signatures):
    """The fewest that most of its tunes are in; none where too few are in any."""
    assert learned(of(entries)).signatures == signatures
    inside = sum(any(adds_up(tune, name) for name in signatures) for tune in of(entries).sequences)
    assert not signatures or inside >= ENOUGH * len(entries)


def test_a_corpus_gets_its_own_tonic():
    """The pitch that tunes end on whose scale is theirs: of G major G, though as many phrases end on D; of one tune
    alone none."""
    tune = ["G4 A4 B4 D4", "B4 A4 F#4 G4"]
    assert learned(of([*tune, "D4 E4 F#4 G4", "B4 C5 D5 D4"], ["one", "one", "two", "three"])).tonics == {7}
    assert learned(of(tune, ["one", "one"])).tonics == set()


def test_triplets_share_ticks_with_dotted_notes():
    """Thirds and quarters of a quarter, which two tunes have, are whole ticks; what one tune alone has is passed
    over."""
    entries = [
        "C4:0.3333 C4:0.3333 C4:0.3333 C4",
        "D4:0.3333 D4:0.6667 C4",
        "C4:0.75 C4:0.25 C4",
        "D4:0.75 C4:0.25 C4",
        "C4:0.0625 C4",
    ]
    assert learned(of(entries)).ticks == 12


def test_what_is_learned_of_lines_is_so():
    """No word that is said never to end a line ends one; pairs that never meet never do; what binds hardly ever ends
    one."""
    found, lines = wording(LYRICS.sequences), LYRICS.sequences
    assert not {line[-1] for line in lines} & found.never_last and not {line[0] for line in lines} & found.never_first
    assert not {pair for line in lines for pair in zip(line, line[1:], strict=False)} & found.apart
    assert {"the", "of", "a", "and", ","} <= found.binding & found.never_last and "rain" not in found.binding
    assert wording([]).apart == set()
