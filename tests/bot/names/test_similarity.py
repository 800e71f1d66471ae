"""What is out there already is said beside a name: a technology or an English word that it is, or is one edit away
from."""

import string

from hypothesis import given
from hypothesis import strategies as st

import corpora
from bot.commands.queries import Complete, Generate
from bot.names.batch import Batch, Name
from bot.names.brainstorm import brainstorm
from bot.names.similarity import OneEditIndex, Similar, similar
from bot.repositories import batches
from bot.strings import names as strings
from corpora import english, rude
from corpora.sources import english as made

KEYS = st.text("abc", max_size=5)


def one_edit(word):
    """All that is one edit away from a word, and the word."""
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    out = [a + b[1:] for a, b in splits if b]
    changed = [a + c + b[1:] for a, b in splits if b for c in "abc"]
    return {word, *out, *changed, *(a + c + b for a, b in splits for c in "abc")}


@given(st.lists(KEYS, min_size=1, max_size=8), st.lists(KEYS, max_size=6))
def test_neighbours_are_those_one_edit_away(keys, names):
    """For each name the first of the nearest is found, if one letter put in, taken out or changed leads there, and none
    else."""
    for name, found in zip(names, OneEditIndex(keys).within_one(names), strict=True):
        fitting = [i for i, key in enumerate(keys) if key in one_edit(name)]
        best = keys.index(name) if name in keys else (fitting[0] if fitting else None)
        assert found == (None if best is None else (best, int(keys[best] != name)))


def test_neighbours_have_names():
    """A technology is named as it is written, a word in small letters, and a technology comes before a word that is as
    near."""
    assert similar(["RUSTT", "Qlouds", "P-ython", "Zzyzx"]) == [
        Similar("Rust", 1, False),
        Similar("clouds", 1, True),
        Similar("Python", 0, False),
        None,
    ]


def test_a_rude_neighbour_is_not_named():
    """Neither words nor technologies are named that must not be shown."""
    assert not any(map(rude.is_rude, english.common()))
    shown = [one.name for one in similar(list(corpora.load("tech").entries)) if one]
    assert not any(map(rude.is_rude, shown))


def test_words_are_frequent_and_plain():
    """Ten thousand words, each once, of 3 to 12 small letters; none that is rude is taken from the package."""
    words = english.common()
    assert len(set(words)) == len(words) == made.MOST
    assert all(3 <= len(word) <= 12 and set(word) <= set(string.ascii_lowercase) for word in words)
    bad = next(word for word in rude.lists().words if len(word) == 7)
    assert made.words(f"cat 5\n{bad} 9\nthe 7\nof 8\ndon't 6\n") == ["the", "cat"]


def test_every_name_of_a_batch_has_its_neighbour(library):
    """Names of letters have a neighbour wherever there is one, by rank and by chance; lines and tunes have none."""
    for request in (Complete("tech", pattern="mo***", count=20), Generate("pokemon", seed=1, count=20)):
        names = brainstorm(request, library).names
        assert [name.near for name in names] == similar([name.name for name in names])
    assert any(name.near for name in brainstorm(Complete("tech", pattern="mo***", count=20), library).names)
    assert not any(name.near for name in brainstorm(Generate("lyrics", "chain", seed=1), library).names)


def test_neighbours_are_kept_with_their_batch():
    """What is stored of a batch has its neighbours, and what an earlier version stored has none."""
    batch = Batch(
        Generate("tech", count=2, seed=1),
        (Name("Rustt", -9.0, None, Similar("Rust", 1, False)), Name("Moq", -9.0)),
        seed=1,
    )
    plain = batches.to_json(batch)
    assert batches.from_json(plain | {"names": [list(name) for name in plain["names"]]}) == batch
    before = plain | {"names": [list(name)[:3] for name in plain["names"]]}
    assert [name.near for name in batches.from_json(before).names] == [None, None]


def test_neighbours_are_said_in_the_channel(answered, library):
    """What is near stands beside its name and is read aloud with it."""
    names = brainstorm(Complete("tech", pattern="mo***", count=20), library).names
    message = answered("complete mo*** tech 20")
    lines = [f"{name.name} ({strings.beside(name.near)})" for name in names if name.near]
    assert lines and all(line in message.text and any(line in str(block) for block in message.blocks) for line in lines)
