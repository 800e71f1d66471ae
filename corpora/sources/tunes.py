"""The tunes in typed/tunes.abc: read, held against their metre and key, and written as notes."""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from corpora.notes import pitch_name
from corpora.sources.source import TYPED

_SCALE = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
NOTE = re.compile(r"([\^_]?)([A-Ga-gz])([,']*)(\d*)(/?)(\d*)(-?)")


class Note(NamedTuple):
    """A note: semitones above C0 (48 is C4) or None for a rest, how many quarters it lasts, and whether it has an
    accidental."""

    pitch: int | None
    quarters: Fraction
    marked: bool = False

    def __str__(self) -> str:
        pitch = "R" if self.pitch is None else pitch_name(self.pitch)
        return pitch if self.quarters == 1 else f"{pitch}:{float(self.quarters):.4g}"


@dataclass(frozen=True)
class Tune:
    """A tune: its phrases, each with its notes, and the lengths of its bars in quarters, whatever phrase they are
    in."""

    title: str
    by: str
    metre: Fraction  # of a bar, in quarters
    pickup: Fraction
    key: str  # C or Am
    second: str  # where its opening can be found too; empty if it was typed from memory alone
    phrases: tuple[tuple[Note, ...], ...]
    bars: tuple[Fraction, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        """All its notes in a row."""
        return tuple(note for phrase in self.phrases for note in phrase)

    @property
    def origin(self) -> str:
        """What a phrase of it is said to be from."""
        return f"{self.title} ({self.by})" + ("" if self.second else ", from memory")


def tunes() -> list[Tune]:
    """All tunes in the file."""
    text = (TYPED / "tunes.abc").read_text(encoding="utf-8")
    return [tune(part) for part in re.split(r"\n\n+", text.strip()) if not part.startswith("%")]


def tune(text: str) -> Tune:
    """The tune in a piece of ABC; raises ValueError where something cannot be read.

    >>> read = tune("T:Scale\\nC:me\\nM:3/4\\nK:C\\nC D/E/ F | ^F3 |")
    >>> " ".join(map(str, read.notes)), [int(bar) for bar in read.bars]
    ('C4 D4:0.5 E4:0.5 F4 F#4:3', [3, 3])
    """
    fields = dict(re.findall(r"^([A-Z]):(.*)$", text, re.MULTILINE))
    unit = Fraction(fields.get("L", "1/4")) * 4
    lines = [line for line in text.splitlines() if not re.match("[A-Z]:", line)]
    phrases, bars = [], [Fraction(0)]
    for line in lines:
        phrases.append(_phrase(line, unit, bars))
    return Tune(
        fields["T"],
        fields["C"],
        metre=Fraction(fields["M"]) * 4,
        pickup=Fraction(fields.get("Q", "0")),
        key=fields["K"],
        second=fields.get("S", ""),
        phrases=_tied(phrases),
        bars=tuple(bar for bar in bars if bar),
    )


def _phrase(line: str, unit: Fraction, bars: list[Fraction]) -> list[tuple[Note, bool]]:
    """The notes of a line, each with whether it is tied to the next; adds their lengths to the bars."""
    notes, at = [], 0
    line = line.replace(" ", "")
    while at < len(line):
        if line[at] == "|":
            bars.append(Fraction(0))
            at += 1
            continue
        found = NOTE.match(line, at)
        if not found:
            raise ValueError(f"no note at {line[at:]!r} in {line!r}")
        note = _note(found, unit)
        bars[-1] += note.quarters
        notes.append((note, bool(found[7])))
        at = found.end()
    return notes


def _note(found: re.Match, unit: Fraction) -> Note:
    accidental, letter, octaves, over, slash, under, _ = found.groups()
    length = unit * Fraction(int(over or 1), int(under or 2) if slash else 1)
    if letter == "z":
        return Note(None, length)
    octave = 4 + letter.islower() + octaves.count("'") - octaves.count(",")
    shift = {"^": 1, "_": -1, "": 0}[accidental]
    return Note(12 * octave + _SCALE[letter.upper()] + shift, length, bool(accidental))


def _tied(phrases: list[list[tuple[Note, bool]]]) -> tuple[tuple[Note, ...], ...]:
    """The phrases with tied notes as one, at the place of the first."""
    whole: list[list[Note]] = []
    tie = False
    for phrase in phrases:
        whole.append([])
        for note, tied in phrase:
            home = whole[-1] if whole[-1] else whole[-2] if tie else whole[-1]
            if tie and home[-1].pitch != note.pitch:
                raise ValueError(f"a tie from {home[-1]} to {note}")
            if tie:
                home[-1] = home[-1]._replace(quarters=home[-1].quarters + note.quarters)
            else:
                whole[-1].append(note)
            tie = tied
    return tuple(tuple(phrase) for phrase in whole)


def faults(tune: Tune) -> list[str]:
    """What is wrong with a tune: bars that are not full, notes not in the key without an accidental, phrases too short
    or long."""
    bars = list(tune.bars)
    found = []
    if tune.pickup:
        first, *bars = bars
        bars[-1] += first  # the last bar and the pickup are one
        if first != tune.pickup:
            found.append(f"the pickup is {first}, not {tune.pickup}")
    found += [f"bar {i} is {bar}, not {tune.metre}" for i, bar in enumerate(bars, 1) if bar != tune.metre]
    sounding = [note for note in tune.notes if note.pitch is not None]
    found += [f"{note} is not in the key" for note in sounding if (note.pitch % 12 in _SCALE.values()) == note.marked]
    found += [f"a phrase has {len(phrase)} notes" for phrase in tune.phrases if not 2 <= len(phrase) <= 64]
    return found
