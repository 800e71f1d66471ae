"""How strange a name is: the runs of four that no entry holds, against plain counting of substrings."""

from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.names import strangeness
from bot.names.strangeness import RUN, Strangeness

TOKENS = tuple("abcdx")
names = st.lists(st.text("abcd", min_size=1, max_size=8), min_size=1, max_size=12)


def runs(name):
    text = f"^{name}$"
    return [text[i : i + RUN] for i in range(len(text) - RUN + 1)]


def rows(texts):
    ids = np.full((len(texts), max(map(len, texts)) + 1), -1)
    for row, text in zip(ids, texts, strict=True):
        row[: len(text)] = [TOKENS.index(letter) for letter in text]
    return ids


@pytest.mark.parametrize("dense", [0, strangeness.DENSE], ids=["sorted", "a place each"])
@given(names, names)
def test_strange_runs_are_those_that_no_entry_holds(dense, entries, made):
    """For any entries and any names, however the runs are kept, and nothing is strange to its own list."""
    held = {run for entry in entries for run in runs(entry)}
    with mock.patch.object(strangeness, "DENSE", dense):
        told = Strangeness(entries)
        assert told(rows(made), TOKENS).tolist() == [sum(run not in held for run in runs(name)) for name in made]
        assert not told(rows(entries), TOKENS).any()


def test_a_letter_that_the_tokens_lack_is_another_one():
    """The runs of an entry that have none of it are held all the same."""
    assert Strangeness(["abcdé"])(rows(["abcd", "bbbb"]), TOKENS).tolist() == [1.0, 3.0]
