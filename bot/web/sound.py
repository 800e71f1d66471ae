"""A tune as a Standard MIDI File, as sound and as a picture: `C4 E4:0.5 R` to bytes. Pure functions of notes."""

from __future__ import annotations

import io
import struct
import wave
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from corpora import notes

if TYPE_CHECKING:
    import numpy

TICKS = 480  # of a MIDI quarter
VELOCITY = 90
RATE = 22_050  # samples a second
ATTACK, DECAY = 0.01, 3.0  # seconds until a note is loud; how fast it fades, 1/s
OVERTONES = (1.0, 0.5, 0.25, 0.12)  # loudness of each multiple of a note's frequency, as of a string that is struck
INSTRUMENTS = {
    "piano": 0,
    "celesta": 8,
    "marimba": 12,
    "organ": 19,
    "guitar": 24,
    "violin": 40,
    "flute": 73,
}  # General MIDI
_A4, _A4_HERTZ = 57, 440.0  # in semitones above C0


class Played(NamedTuple):
    """A note: its beginning and its length in quarters, and its pitch in semitones above C0, None for a rest."""

    begins: Fraction
    lasts: Fraction
    pitch: int | None


def played(tokens: Sequence[str]) -> list[Played]:
    """When each note of a tune sounds.

    >>> [(float(note.begins), note.pitch) for note in played(("C4", "E4:0.5", "R"))]
    [(0.0, 48), (1.0, 52), (1.5, None)]
    """
    found, now = [], Fraction(0)
    for token in tokens:
        lasts, pitch = notes.quarters(token), notes.pitch_class(token)
        octave = int(token.partition(":")[0][-1]) if pitch is not None else 0
        found.append(Played(now, lasts, None if pitch is None else pitch + 12 * octave))
        now += lasts
    return found


def midi(tokens: Sequence[str], tempo: int, instrument: str = "piano") -> bytes:
    """A Standard MIDI File of format 0: one track at `tempo` quarters a minute."""
    events = b"".join(
        (
            _delta(0) + b"\xff\x51\x03" + round(60_000_000 / tempo).to_bytes(3, "big"),
            _delta(0) + bytes((0xC0, INSTRUMENTS[instrument])),
            *_notes(played(tokens)),
            _delta(0) + b"\xff\x2f\x00",
        )
    )
    return b"MThd" + struct.pack(">IHHH", 6, 0, 1, TICKS) + b"MTrk" + struct.pack(">I", len(events)) + events


def _notes(tune: Sequence[Played]) -> Iterator[bytes]:
    """The messages that begin and end each note; middle C, C4, is note 60."""
    before = Fraction(0)
    for note in (note for note in tune if note.pitch is not None):
        yield _delta(round((note.begins - before) * TICKS)) + bytes((0x90, note.pitch + 12, VELOCITY))
        yield _delta(round(note.lasts * TICKS)) + bytes((0x80, note.pitch + 12, 0))
        before = note.begins + note.lasts


def _delta(ticks: int) -> bytes:
    """A variable-length quantity: seven bits a byte, the last byte below 128.

    >>> _delta(480).hex(), _delta(0).hex()
    ('8360', '00')
    """
    parts = [ticks & 0x7F]
    while ticks := ticks >> 7:
        parts.append(ticks & 0x7F | 0x80)
    return bytes(reversed(parts))


def wav(tokens: Sequence[str], tempo: int) -> bytes:
    """The tune as 16-bit mono sound, each note a fading sum of overtones."""
    import numpy

    tune, second = played(tokens), 60 / tempo
    sound = numpy.zeros(int(RATE * second * float(sum(note.lasts for note in tune))) + 1)
    for note in tune:
        if note.pitch is not None:
            begins, length = int(RATE * second * float(note.begins)), int(RATE * second * float(note.lasts))
            sound[begins : begins + length] += _struck(note.pitch, length)[: len(sound) - begins]
    samples = (sound / max(1e-9, abs(sound).max()) * 30_000).astype("<i2")
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())
    return held.getvalue()


def _struck(pitch: int, length: int) -> numpy.ndarray:
    """The samples of one note, float64 (length,)."""
    import numpy

    seconds = numpy.arange(length) / RATE
    hertz = _A4_HERTZ * 2 ** ((pitch - _A4) / 12)
    wave_form = sum(loud * numpy.sin(2 * numpy.pi * hertz * n * seconds) for n, loud in enumerate(OVERTONES, 1))
    release = numpy.minimum(1.0, (length - numpy.arange(length)) / (RATE * ATTACK))
    return wave_form * numpy.exp(-DECAY * seconds) * numpy.minimum(1.0, seconds / ATTACK) * release


class Bar(NamedTuple):
    """A rectangle of a piano roll, in units of a quarter and a semitone from the top left, and its note as text."""

    x: float
    y: int
    width: float
    text: str


class Roll(NamedTuple):
    """A piano roll: its size in quarters and semitones, and its notes."""

    width: float
    height: int
    bars: tuple[Bar, ...]


def roll(tokens: Sequence[str]) -> Roll:
    """The piano roll of a tune: time to the right, pitch upwards.

    >>> roll(("C4", "E4:0.5", "R")).bars
    (Bar(x=0.0, y=4, width=1.0, text='C4'), Bar(x=1.0, y=0, width=0.5, text='E4'))
    """
    tune = played(tokens)
    pitches = [note.pitch for note in tune if note.pitch is not None] or [0]
    top = max(pitches)
    bars = tuple(
        Bar(float(note.begins), top - note.pitch, float(note.lasts), notes.pitch_name(note.pitch))
        for note in tune
        if note.pitch is not None
    )
    return Roll(float(sum(note.lasts for note in tune)), top - min(pitches) + 1, bars)
