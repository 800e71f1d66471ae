"""Tunes as MIDI and as sound, read back note by note by mido and by a Fourier transform."""

import io
import wave

import mido
import numpy as np
import pytest

from bot.web import sound
from corpora import load, notes

TUNE = ("C4", "E4:0.5", "R:0.5", "G#5:1.5", "A4:0.3333")


def pitches(tokens) -> list[int]:
    """MIDI's numbers of the notes that sound, by the letters and octaves of their names."""
    names = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
    heard = [token.partition(":")[0] for token in tokens if not token.startswith("R")]
    return [names.index(name[:-1]) + 12 * (int(name[-1]) + 1) for name in heard]


def read(data: bytes) -> list[tuple[float, float, int]]:
    """(beginning, end, note) in quarters, as mido reads a file."""
    file, now, begun, found = mido.MidiFile(file=io.BytesIO(data)), 0, {}, []
    for message in file.tracks[0]:
        now += message.time
        if message.type == "note_on":
            begun[message.note] = now
        elif message.type == "note_off":
            found.append((begun.pop(message.note) / file.ticks_per_beat, now / file.ticks_per_beat, message.note))
    assert not begun
    return found


@pytest.mark.parametrize("tokens", [TUNE, *load("piano").sequences[::40]], ids=lambda tokens: " ".join(tokens[:4]))
def test_midi_has_each_note_at_its_time(tokens):
    """Beginning, length and pitch of every note are those of the text; rests are silent."""
    found = read(sound.midi(tokens, 120))
    begins = np.cumsum([0.0, *(float(notes.quarters(token)) for token in tokens)])
    sounding = [i for i, token in enumerate(tokens) if not token.startswith("R")]
    assert [note for _, _, note in found] == pitches(tokens)
    assert np.allclose([begin for begin, _, _ in found], begins[sounding], atol=1 / sound.TICKS)
    assert np.allclose([end for _, end, _ in found], begins[np.array(sounding) + 1], atol=1 / sound.TICKS)


def test_midi_has_tempo_and_instrument():
    """As mido reads them."""
    messages = mido.MidiFile(file=io.BytesIO(sound.midi(TUNE, 90, "flute"))).tracks[0]
    assert next(each.tempo for each in messages if each.type == "set_tempo") == mido.bpm2tempo(90)
    assert next(each.program for each in messages if each.type == "program_change") == 73


def test_sound_has_the_pitch_of_each_note():
    """The loudest frequency of each note's samples is its own, to a quarter of a semitone; a rest is silent."""
    tokens, tempo = ("C4:2", "R", "A4:2"), 60
    with wave.open(io.BytesIO(sound.wav(tokens, tempo))) as file:
        rate, samples = file.getframerate(), np.frombuffer(file.readframes(file.getnframes()), "<i2")
    assert len(samples) == pytest.approx(5 * rate, abs=2)
    for begin, hertz in ((0, 261.63), (3, 440.0)):
        part = samples[begin * rate : (begin + 2) * rate]
        loudest = np.fft.rfftfreq(len(part), 1 / rate)[np.abs(np.fft.rfft(part)).argmax()]
        assert abs(12 * np.log2(loudest / hertz)) < 0.25
    assert not samples[2 * rate + 1 : 3 * rate].any()


def test_both_are_served_and_refuse_what_is_no_tune(client):
    """Media types, and the limits."""
    assert client.get("/api/tune.mid?notes=C4+E4").headers["content-type"] == "audio/midi"
    assert client.get("/api/tune.wav?notes=C4+E4&tempo=200").content[:4] == b"RIFF"
    for query in ("notes=H9", "notes=C4:65", "notes=+", "notes=C4&tempo=9", "notes=C4&instrument=kazoo"):
        assert client.get(f"/api/tune.mid?{query}").status_code == 422, query


def test_a_tune_is_drawn_and_can_be_heard_on_the_page(client):
    """A piano roll with a bar for each note, a player and a file."""
    page = client.get("/?corpus=piano&n=1&seed=3").text
    name = client.get("/api/chain/piano?n=1&seed=3").json()["names"][0]["name"]
    assert page.count("<rect") == len(pitches(name.split()))
    assert "/api/tune.wav?notes=" in page and "/api/tune.mid?notes=" in page
