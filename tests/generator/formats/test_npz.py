"""Models in files: what was saved is what is loaded, and anything else is refused."""

import io
import json
import zipfile

import numpy as np
import pytest

import generator
from generator import ModelFileError
from generator.training.background import Background
from generator.training.pruning import prune
from generator.vocabulary import Vocabulary

NAMES = ["mewtwo", "moltres", "flabébé", "muk"]
KINDS = pytest.mark.parametrize("kind", ["markov", "hmm"])


@pytest.fixture
def saved(tmp_path):
    def save(kind):
        model = generator.train(kind, NAMES, np.random.default_rng(0))
        generator.save(model, tmp_path / "model.npz")
        return model, tmp_path / "model.npz"

    return save


@KINDS
def test_what_was_saved_is_loaded(kind, saved):
    """A loaded model gives the very same probabilities."""
    model, path = saved(kind)
    again = generator.load(path)
    assert (again.kind, again.order, again.vocabulary.tokens) == (model.kind, model.order, model.vocabulary.tokens)
    assert generator.log_prob(again, tuple("mewtres")) == generator.log_prob(model, tuple("mewtres"))


def test_a_missing_file_is_a_missing_file(tmp_path):
    """Only a file that is there can be no model."""
    with pytest.raises(FileNotFoundError):
        generator.load(tmp_path / "none.npz")


@pytest.mark.parametrize("content", [b"", b"names\n", b"PK\x03\x04 not really", b"\x93NUMPY\x01\x00"])
def test_a_foreign_file_is_refused(content, tmp_path):
    """Text, nothing, or something that only begins like a model is told from one."""
    (tmp_path / "model.npz").write_bytes(content)
    with pytest.raises(ModelFileError):
        generator.load(tmp_path / "model.npz")


@KINDS
def test_a_damaged_file_is_refused(kind, saved):
    """Cut short at any of many places, or with a byte turned, a file is refused or gives the same model: never a
    crash."""
    model, path = saved(kind)
    whole = path.read_bytes()
    for at in range(0, len(whole), max(1, len(whole) // 60)):
        for damaged in (whole[:at], whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]):
            path.write_bytes(damaged)
            try:
                again = generator.load(path)
            except ModelFileError:
                continue
            assert generator.log_prob(again, tuple("mew")) == generator.log_prob(model, tuple("mew"))


def rewrite(path, header=None, **arrays):
    """The file again with another header or other arrays."""
    with np.load(path) as file:
        tables = {name: file[name] for name in file.files}
    old = json.loads(tables.pop("header").tobytes())
    buffer = io.BytesIO()
    np.savez(
        buffer, header=np.frombuffer(json.dumps({**old, **(header or {})}).encode(), np.uint8), **{**tables, **arrays}
    )
    path.write_bytes(buffer.getvalue())


@KINDS
@pytest.mark.parametrize(
    ("header", "words"),
    [
        ({"version": 99}, "version 99"),
        ({"format": "other"}, "not a techname model"),
        ({"kind": "gru"}, "damaged"),
        ({"tokens": ["a"]}, "damaged"),
        ({"tokens": None}, "damaged"),
    ],
)
def test_a_newer_or_foreign_header_is_refused(kind, header, words, saved):
    """The version and the format are looked at first, then whether the tables fit."""
    _, path = saved(kind)
    rewrite(path, header)
    with pytest.raises(ModelFileError, match=words):
        generator.load(path)


@pytest.mark.parametrize(
    ("kind", "arrays"),
    [
        ("markov", {"grown": np.array([1], dtype=np.uint8)}),
        ("markov", {"offsets": np.array([0])}),
        ("hmm", {"start": np.array([2.0])}),
        ("hmm", {"emit": np.full((8, 11), np.nan)}),
    ],
)
def test_tables_that_do_not_fit_are_refused(kind, arrays, saved):
    """An index out of its table or a row that is no probability would answer wrongly, so it does not load."""
    _, path = saved(kind)
    rewrite(path, **arrays)
    with pytest.raises(ModelFileError, match="damaged"):
        generator.load(path)


def test_a_chain_whose_edges_point_outside_is_refused(saved):
    """Each table of a chain is checked against the one it points into; the successors too, which files of version 1
    hold."""
    model, path = saved("markov")
    for name in ("shorter", "token"):
        table = getattr(model, name).copy()
        table[-1] = 10**6
        rewrite(path, **{name: table})
        with pytest.raises(ModelFileError, match="damaged"):
            generator.load(path)
        generator.save(model, path)
    as_version_1(path, np.append(model.after[:-1], 10**6))
    with pytest.raises(ModelFileError, match="damaged"):
        generator.load(path)


def as_version_1(path, after):
    """The file of a chain as version 1 wrote it, with the context after each n-gram in full."""
    with np.load(path) as file:
        tables = {name: file[name] for name in file.files if name != "grown"}
    header = json.loads(tables.pop("header").tobytes()) | {"version": 1}
    np.savez(path, header=np.frombuffer(json.dumps(header).encode(), np.uint8), after=after.astype(np.int32), **tables)


def test_a_file_of_version_1_is_read(saved):
    """It gives the very same chain."""
    model, path = saved("markov")
    as_version_1(path, model.after)
    assert generator.load(path).after.tolist() == model.after.tolist()


@pytest.mark.parametrize("order", [1, 2, 5])
def test_successors_are_told_by_a_bit_each(order, tmp_path):
    """Chains that were counted, adapted and pruned come back table by table, and no file holds the numbers."""
    counted = Background(["mewtwo", "wow", "tow", "meow"], Vocabulary("emotwu")).adapt(
        ["mew", "mow", "wow", "emu"], order
    )
    for model in (counted.chain(), prune(counted.chain(), counted.counts > 0, 5)):
        generator.save(model, tmp_path / "m.npz")
        assert generator.load(tmp_path / "m.npz").after.tolist() == model.after.tolist()
        assert "after" not in np.load(tmp_path / "m.npz").files


def test_a_file_cannot_run_code(saved):
    """A pickled object in the file is refused, not loaded."""
    _, path = saved("markov")
    buffer = io.BytesIO()
    np.save(buffer, np.array([print], dtype=object), allow_pickle=True)
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("header.npy", buffer.getvalue())
    with pytest.raises(ModelFileError):
        generator.load(path)


def test_a_failed_save_leaves_the_old_file(saved, monkeypatch):
    """A model is written whole or not at all, and no half-written file stays."""
    model, path = saved("markov")
    before = path.read_bytes()
    monkeypatch.setattr(np, "savez", lambda file, **_: file.write(b"half") and 1 / 0)
    with pytest.raises(ZeroDivisionError):
        generator.save(model, path)
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == ["model.npz"]
