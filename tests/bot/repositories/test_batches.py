"""Batches as they are stored: today as fields, before as commands; old ones still open."""

import json
import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.queries import METRES, QUERIES, SORTS, Complete, Draw, Generate, NamesQuery
from bot.commands.who import Who
from bot.names.batch import Batch, Name
from bot.repositories import batches
from bot.repositories.batches import from_json, to_json
from bot.store import put
from bot.store.sqlite import MEMORY, SqliteStore
from tests.helpers.contexts import context

# A row for each verb and option: what the version before fields stored, and the query that it meant.
RECORDED = json.loads(Path(__file__).with_name("batches_v1.json").read_text(encoding="utf-8"))
ANA = Who("T0TEAM", "C0NAMES", "U0ANA", "ana")


def meant(fields: dict) -> NamesQuery:
    """The query of a recorded row."""
    values = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    return QUERIES[values.pop("verb")](**values)


@pytest.mark.parametrize("row", RECORDED, ids=lambda row: row["stored"]["request"])
def test_a_batch_stored_as_a_command_still_opens(row):
    """Batches of earlier versions have the query of their command, and everything else as it was stored."""
    stored, batch = row["stored"], from_json(row["stored"])
    assert batch.request == meant(row["request"])
    assert [name[:2] for name in batch.names] == [tuple(name[:2]) for name in stored["names"]]
    assert batch.gap == (math.inf if stored["gap"] is None else stored["gap"])
    for field in stored.keys() - {"request", "names", "gap", "corpus", "known"}:
        assert getattr(batch, field) == stored[field]


def test_what_earlier_names_lacked_is_left_out():
    """A score of other fields is none of today's, and a name without a neighbour has none."""
    [*_, row] = RECORDED
    assert row["stored"]["names"][1][2] and all(len(name) == 3 for name in row["stored"]["names"])
    assert {(name.score, name.near) for name in from_json(row["stored"]).names} == {(None, None)}


def test_buttons_of_an_old_batch_still_work():
    """What a store kept before is fetched, rewritten as today's, and fetched again."""
    store, stored = SqliteStore(MEMORY), RECORDED[9]["stored"]
    value = {"channel": ANA.channel, "asker": ANA.person, "before": ["Mew"], "until": 4e9, "batch": stored}
    store.write(ANA.team, put("batch#0123456789abcdef", value, 0, 4e9))
    old = batches.fetch(context(store, ANA), "0123456789abcdef")
    batches.rewrite(context(store, ANA), old, taken={"0": "free"})
    new = batches.fetch(context(store, ANA), "0123456789abcdef")
    assert (new.batch, new.before, new.taken) == (old.batch, ("Mew",), {"0": "free"})
    assert store.get(ANA.team, "batch#0123456789abcdef").value["batch"]["version"] == 2


TEXT = st.none() | st.text(max_size=40)
ASKED = {
    "corpus": st.text(min_size=1, max_size=20),
    "model": st.sampled_from(["mix", "markov", "hmm", "chain"]),
    "count": st.integers(1, 20),
    "pattern": TEXT,
    "order": st.none() | st.integers(1, 6),
    "length": st.none() | st.tuples(st.integers(1, 9), st.integers(10, 64)),
    "wild": st.floats(0.5, 2.0),
    **dict.fromkeys(("begins", "ends", "contains"), TEXT),
    "copy": st.none() | st.integers(1, 64),
    "metre": st.none() | st.sampled_from(METRES),
    "sayable": st.none() | st.booleans(),
    "sort": st.none() | st.sampled_from(SORTS),
    "preview": st.booleans(),
}
SEED = st.none() | st.integers(0, 2**31 - 1)


@given(
    st.one_of(
        st.builds(Complete, skip=st.integers(0, 1_000), **ASKED),
        st.builds(Generate, seed=SEED, raw=st.booleans(), **ASKED),
        st.builds(Draw, seed=SEED, **ASKED),
    ),
    st.floats(0, allow_nan=False),
)
def test_a_batch_reads_back_whatever_was_asked(query, gap):
    """Its fields alone are kept, whatever the language of commands can say."""
    batch = Batch(query, (Name("Morbase", -9.5),), ("Morty",), 3, 7, gap == 0.0, gap)
    assert from_json(json.loads(json.dumps(to_json(batch)))) == batch
