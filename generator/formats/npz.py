"""Models in files: arrays and a header, versioned; loading reads numbers and text alone and never runs code from the
file."""

import json
import os
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from generator.kinds import DEFAULT_ORDERS
from generator.training.train import Model
from generator.vocabulary import Vocabulary

FORMAT, VERSION = "techname model", 2
READ = (1, 2)  # versions; the first kept the context after each n-gram in full
_MARKOV = ("shorter", "length", "offsets", "token", "q", "after", "begins", "lengths")
_ARRAYS = {"markov": _MARKOV, "chain": (*_MARKOV, "counts"), "hmm": ("start", "leave", "emit", "lengths")}
# How files name the position that is a feature of every context.
_CLOCKS = {None: None, "from_start": "age", "to_end": "to come"}
_POSITIONS = {clock: position for position, clock in _CLOCKS.items()}
# What numpy and zipfile raise for bytes that are no archive of arrays: they look no further than they must.
UNREADABLE = (
    OSError,
    ValueError,
    TypeError,
    KeyError,
    AttributeError,
    EOFError,
    NotImplementedError,
    MemoryError,
    RuntimeError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


class ModelFileError(ValueError):
    """A file that is no model this version can read: which, and why."""

    def __init__(self, path: Any, reason: str):
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


def save(model: Model, path: str | os.PathLike) -> None:
    """Write a model to a file, whole or not at all; the same model gives the same bytes. Raises OSError.

    >>> import generator, tempfile
    >>> path = Path(tempfile.mkdtemp()) / "mew.npz"
    >>> save(generator.train("chain", ["mew"], None, order=1), path)
    >>> load(path).order
    1
    """
    path = Path(path)
    header, arrays = _describe(model)
    header |= {
        "format": FORMAT,
        "version": VERSION,
        "tokens": model.vocabulary.tokens,
        "bars": model.vocabulary.bars,
        "provenance": model.provenance,
    }
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with unfinished.open("wb") as file:
            np.savez(file, header=np.frombuffer(json.dumps(header).encode(), dtype=np.uint8), **arrays)
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def load(path: str | os.PathLike) -> Model:
    """Read a model from a file.

    Raises FileNotFoundError, or ModelFileError for a file that is damaged, foreign, or of a newer version.

    >>> load(__file__)
    Traceback (most recent call last):
    ...
    generator.formats.npz.ModelFileError: ...npz.py: this is not a techname model, or it is damaged
    """
    header, arrays = _read(path)
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise ModelFileError(path, "this is not a techname model")
    if header.get("version") not in READ:
        raise ModelFileError(
            path, f"the file is of version {header.get('version')}, this techname reads version {VERSION}"
        )
    try:
        return _build(header, arrays)
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise ModelFileError(path, "the file is damaged: its tables do not fit together") from error


def _read(path: str | os.PathLike) -> tuple[Any, dict[str, np.ndarray]]:
    """The header and the arrays of a file."""
    try:
        with Path(path).open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        return json.loads(arrays.pop("header").tobytes()), arrays
    except FileNotFoundError:
        raise
    except UNREADABLE as error:
        raise ModelFileError(path, "this is not a techname model, or it is damaged") from error


def _describe(model: Model) -> tuple[dict, dict[str, np.ndarray]]:
    """What a model is, and its arrays; those of a mixture's parts carry the part's number."""
    if model.kind == "mix":
        parts = [_describe(part) for part in model.parts]
        arrays = {
            f"{number}.{name}": table for number, (_, tables) in enumerate(parts) for name, table in tables.items()
        }
        return {"kind": "mix", "parts": [header for header, _ in parts]}, {"weights": model.weights, **arrays}
    header = {"kind": model.kind, "order": model.order}
    arrays = {name: getattr(model, name) for name in _ARRAYS[model.kind]}
    if model.kind in DEFAULT_ORDERS:
        from generator.formats.successors import grown

        header["clock"] = _CLOCKS[model.position]
        if (bits := grown(model)) is not None:
            del arrays["after"]
            arrays["grown"] = bits
    return header, arrays


def _build(header: dict, arrays: dict[str, np.ndarray]) -> Model:
    """The model that a header and arrays describe; anything raised means that they do not fit."""
    vocabulary = Vocabulary(header["tokens"], *header["bars"])
    if header["kind"] != "mix":
        return _build_part(header, arrays, vocabulary, header["provenance"])
    from generator.models.mixture import Mixture

    parts = [
        _build_part(
            part,
            {name.removeprefix(f"{i}."): table for name, table in arrays.items() if name.startswith(f"{i}.")},
            vocabulary,
            {},
        )
        for i, part in enumerate(header["parts"])
    ]
    mixture = Mixture(vocabulary, tuple(parts), arrays["weights"], header["provenance"])
    mixture.check()
    return mixture


def _build_part(header: dict, arrays: dict[str, np.ndarray], vocabulary: Vocabulary, provenance: dict) -> Model:
    bits = arrays.get("grown")
    tables = {name: arrays[name] for name in _ARRAYS[header["kind"]] if name != "after" or bits is None}
    if header["kind"] == "hmm":
        from generator.models.hmm import Hmm

        model = Hmm(vocabulary, **tables, provenance=provenance)
    else:
        from generator.formats.successors import fill
        from generator.models.markov import Markov
        from generator.models.unsmoothed import Chain

        kind = Chain if header["kind"] == "chain" else Markov
        after = {} if bits is None else {"after": np.zeros(len(tables["token"]), dtype=np.int32)}
        model = kind(
            vocabulary, header["order"], position=_POSITIONS[header["clock"]], **tables, **after, provenance=provenance
        )
    model.check()
    if bits is not None:
        fill(model, bits)
    return model
