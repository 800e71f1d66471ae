"""Tunes in ABC (abcnotation.com, standard 2.1) as melodies: a line of music is an entry, written in our own notes.

Read: keys and their modes, accidentals to the end of the bar, lengths, dots (> and <), ties, tuplets; of a chord the
first note. Passed over: grace notes, decorations, chord symbols, words, bars and repeats.
"""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from corpora.forms import lines
from corpora.notes import pitch_name

_FIELD = re.compile(r"([A-Za-z+]):(.*)")
_PASSED_OVER = re.compile(r'"[^"]*"|\{[^}]*\}|![^!\s]*!|%.*|\[[|\d]+|\\')
_TOKEN = re.compile(
    r"\[(?P<field>[A-Za-z]:[^\]]*)\]|\((?P<tuplet>\d)(?::\d?){0,2}|(?P<bar>[|:]+\]?)|\[(?P<chord>[^\]|]+)\](?P<long>\d*/*\d*)"
    r"|(?P<note>(?P<sign>\^\^|\^|__|_|=)?(?P<letter>[A-Ga-gxz])(?P<octave>[,']*)(?P<length>\d*/*\d*))(?P<tie>-?)|(?P<dots>>+|<+)"
)
_NOTE = re.compile(r"(?:\^\^|\^|__|_|=)?[A-Ga-g][,']*\d*/*\d*")
_SEMITONES = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SIGNS = {"^^": 2, "^": 1, "=": 0, "_": -1, "__": -2}
_SHARPS = "FCGDAEB"
_FIFTHS = {"C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5, "F": -1}
_MODES = {
    "": 0,
    "maj": 0,
    "ion": 0,
    "mix": -1,
    "dor": -2,
    "m": -3,
    "min": -3,
    "aeo": -3,
    "phr": -4,
    "loc": -5,
    "lyd": 1,
}
_TUPLETS = {2: Fraction(3, 2), 3: Fraction(2, 3), 4: Fraction(3, 4), 6: Fraction(1, 3), 8: Fraction(3, 8)}


class Sound(NamedTuple):
    """A note: semitones above C0 or None for a rest, its length in quarters, and whether it is tied to the next."""

    pitch: int | None
    quarters: Fraction
    tied: bool


def is_abc(suffix: str, text: str) -> bool:
    """Whether a text is ABC: it has the key of a tune, and its number, metre or unit.

    >>> is_abc("", "X:1\\nT:Scale\\nK:C\\nCDEF|")
    True
    """
    head = text[:200_000].replace("\r", "\n")
    key = re.search(r"^K: *(?:[A-G][#b]?|none|HP)", head, re.MULTILINE)
    return bool(key) and (suffix.lower() == ".abc" or bool(re.search(r"^(?:X: *\d|[ML]: *\d+/)", head, re.MULTILINE)))


def melodies(text: str) -> list[tuple[int, str]]:
    """The lines of music in some ABC as notes, each with its line.

    >>> melodies("X:1\\nM:4/4\\nL:1/4\\nK:G\\nG A/B/ F2 | z ^c'>d _e |")
    [(5, 'G4 A4:0.5 B4:0.5 F#4:2 R C#6:1.5 D5:0.5 D#5')]
    """
    found, reader = [], _Tune()
    for number, row in enumerate(lines(text), 1):
        field = _FIELD.match(row.strip())
        if field and (field[1] in "XKLMTw" or not _TOKEN.match(row.strip())):
            reader.take(field[1], field[2].strip())
        elif row.strip() and reader.begun and (sounds := list(_joined(reader.sounds(row)))):
            found.append((number, " ".join(map(_written, sounds))))
    return found


class _Tune:
    """How a tune is to be read from here on: its key, its unit of length, the accidentals of the bar."""

    def __init__(self):
        self.begun, self.key, self.unit, self.bar = False, {}, None, {}
        self.metre = Fraction(1)

    def take(self, name: str, said: str) -> None:
        """Read one field."""
        if name == "X":
            self.__init__()
        elif name == "K":
            self.begun, self.key, self.bar = True, _key(said), {}
        elif name == "L":
            self.unit = _fraction(said)
        elif name == "M":
            self.metre = _fraction(said) or Fraction(1)

    def sounds(self, row: str) -> Iterator[Sound]:
        """The notes in a line of music."""
        unit = 4 * (self.unit or (Fraction(1, 16) if self.metre < Fraction(3, 4) else Fraction(1, 8)))
        left, times, last, owed = 0, Fraction(1), None, Fraction(1)
        for found in _TOKEN.finditer(_PASSED_OVER.sub("", row)):
            if found["field"]:
                self.take(found["field"][0], found["field"][2:].strip())
            elif found["bar"]:
                self.bar = {}
            elif found["tuplet"]:
                left = int(found["tuplet"])
                times = _TUPLETS.get(left, Fraction(1))
            elif found["dots"] and last:
                dot = Fraction(1, 2 ** len(found["dots"]))
                long, owed = (2 - dot, dot) if found["dots"][0] == ">" else (dot, 2 - dot)
                last = last._replace(quarters=last.quarters * long)
            elif found["letter"] or found["chord"]:
                if last:
                    yield last
                last = self._sound(found, unit * owed * (times if left else 1))
                left, owed = max(0, left - 1), Fraction(1)
        if last:
            yield last

    def _sound(self, found: re.Match, unit: Fraction) -> Sound | None:
        if found["chord"]:
            inner = _NOTE.search(found["chord"])
            note = _TOKEN.match(inner[0]) if inner else None
            sound = self._sound(note, unit) if note else None
            return sound and sound._replace(quarters=sound.quarters * _times(found["long"]))
        letter, length = found["letter"], unit * _times(found["length"])
        if letter in "xz":
            return Sound(None, length, False)
        place = letter.upper()
        octave = 4 + letter.islower() + found["octave"].count("'") - found["octave"].count(",")
        if found["sign"]:
            self.bar[place, octave] = _SIGNS[found["sign"]]
        shift = self.bar.get((place, octave), self.key.get(place, 0))
        return Sound(max(0, 12 * octave + _SEMITONES[place] + shift), length, bool(found["tie"]))


def _key(said: str) -> dict[str, int]:
    """The accidentals of a key: of `D`, `F#m`, `Bb`, `Gmix`.

    >>> _key("D"), _key("Gm"), _key("none")
    ({'F': 1, 'C': 1}, {'B': -1, 'E': -1}, {})
    """
    found = re.match(r"([A-G])([#b]?)\s*([A-Za-z]{0,3})", said)
    if not found:
        return {}
    mode = found[3].lower()
    fifths = _FIFTHS[found[1]] + {"": 0, "#": 7, "b": -7}[found[2]] + _MODES.get(mode, 0)
    return dict.fromkeys(_SHARPS[:fifths], 1) if fifths >= 0 else dict.fromkeys(_SHARPS[::-1][:-fifths], -1)


def _times(length: str) -> Fraction:
    """What a length multiplies the unit with: `2`, `/`, `3/2`, `//`."""
    over, slashes, under = re.match(r"(\d*)(/*)(\d*)", length).groups()
    divided = int(under) if under else 2 ** len(slashes)
    return Fraction(int(over or 1), divided or 1)


def _fraction(said: str) -> Fraction | None:
    found = re.match(r"(\d{1,3})/(\d{1,3})", said)
    return Fraction(int(found[1]), int(found[2])) if found and int(found[2]) and int(found[1]) else None


def _joined(sounds: Iterator[Sound]) -> Iterator[Sound]:
    """Notes with those that are tied as one."""
    held: Sound | None = None
    for sound in sounds:
        if held and held.tied and held.pitch == sound.pitch:
            held = Sound(held.pitch, held.quarters + sound.quarters, sound.tied)
            continue
        if held:
            yield held
        held = sound
    if held:
        yield held


def _written(sound: Sound) -> str:
    pitch = "R" if sound.pitch is None else pitch_name(sound.pitch)
    return pitch if sound.quarters == 1 else f"{pitch}:{float(sound.quarters):.4g}"
