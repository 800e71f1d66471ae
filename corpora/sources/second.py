"""A second source for the openings of melodies: the corpus of PyPI music21, read and compared, never copied."""

import io
import re
import zipfile
from collections.abc import Sequence
from xml.etree import ElementTree

from corpora.sources.packages import Package
from corpora.sources.tunes import Tune

MUSIC21 = Package("PyPI", "music21", "10.5.1", "dc3309498c4c95cebdf8d4f20c868deb6b63bce1d929cad4f51a7ccc982987b1")
_FOLDER = "music21/corpus/"
OPENING = 7  # intervals that have to agree, or as many as a shorter tune has

_STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_FIFTHS = "FCGDAEB"
_KEYS = {"C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5, "F": -1, "Bb": -2, "Eb": -3, "Ab": -4}
_MODES = {"m": -3, "min": -3, "dor": -2, "mix": -1}
# Fields, chords, grace notes, decorations and remarks.
_ASIDE = re.compile(r"^\w:.*$|\"[^\"]*\"|\{[^}]*\}|![^!]*!|%.*$|\[\w:[^\]]*\]", re.MULTILINE)
_ABC = re.compile(r"(?P<sign>[\^_=]?)(?P<letter>[A-Ga-g])(?P<octave>[,']*)|(?P<bar>\|)")


def agrees(tune: Tune, files: dict[str, bytes]) -> bool:
    """Whether a tune goes up and down like its second source, in whatever key that is, for as long as an opening
    lasts."""
    ours = intervals([note.pitch for note in tune.notes if note.pitch is not None])[:OPENING]
    theirs = intervals(_pitches(tune.second, files))
    return theirs[: len(ours)] == ours


def intervals(pitches: Sequence[int]) -> list[int]:
    """The steps from note to note in semitones.

    >>> intervals([60, 64, 62])
    [4, -2]
    """
    return [b - a for a, b in zip(pitches, pitches[1:], strict=False)]


def _pitches(where: str, files: dict[str, bytes]) -> list[int]:
    """The pitches of the melody at `path` or `path#number` of the package, in semitones."""
    path, _, number = where.partition("#")
    data = files[_FOLDER + path]
    if number:
        return abc(
            re.search(rf"^X:\s*{number}\s*$.*?(?=^X:|\Z)", data.decode("utf-8", "replace"), re.MULTILINE | re.DOTALL)[0]
        )
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (inner,) = (name for name in archive.namelist() if "META-INF" not in name)
        return musicxml(archive.read(inner))


def abc(text: str) -> list[int]:
    """The pitches of a tune in ABC as it is found in the wild: key signature, accidentals that last for a bar; no
    repeats."""
    key = re.search(r"^K:[ \t]*([A-G]b?)[ \t]*(\w*)", text, re.MULTILINE)
    fifths = _KEYS[key[1]] + _MODES.get(key[2].lower()[:3], 0)
    signature = (
        dict.fromkeys(_FIFTHS[:fifths], 1) if fifths > 0 else dict.fromkeys(_FIFTHS[fifths:] if fifths else "", -1)
    )
    body = _ASIDE.sub("", text[key.end() :].partition("\n")[2])
    pitches, held = [], {}
    for found in _ABC.finditer(body):
        if found["bar"]:
            held = {}
            continue
        letter = found["letter"]
        if found["sign"]:
            held[letter] = "_=^".index(found["sign"]) - 1
        shift = held.get(letter, signature.get(letter.upper(), 0))
        octave = letter.islower() + found["octave"].count("'") - found["octave"].count(",")
        pitches.append(_STEPS[letter.upper()] + shift + 12 * octave)
    return pitches


def musicxml(data: bytes) -> list[int]:
    """The pitches of the first part's first voice: the melody, in what is looked at here. Chords count by their first
    note."""
    part = ElementTree.fromstring(data).find("part")
    pitches = []
    for note in part.iter("note"):
        tied = any(tie.get("type") == "stop" for tie in note.findall("tie"))
        aside = any(note.find(tag) is not None for tag in ("chord", "grace")) or note.findtext("voice", "1") != "1"
        pitch = note.find("pitch")
        if pitch is None or tied or aside:
            continue
        pitches.append(
            _STEPS[pitch.findtext("step")] + int(pitch.findtext("alter", "0")) + 12 * int(pitch.findtext("octave"))
        )
    return pitches
