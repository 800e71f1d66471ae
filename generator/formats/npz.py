"""Model files: versioned archives of arrays and a JSON header. Loading never runs code from a file."""

import json
import os
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from generator.models.model import Model, model_class
from generator.vocabulary import Vocabulary

FORMAT, VERSION = "techname model", 2
READ = (1, 2)  # the versions that are read; version 1 kept the context after each n-gram in full
# What numpy and zipfile raise for bytes that are no archive of arrays.
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
    """A file that is not a readable model: the path and the reason."""

    def __init__(self, path: Any, reason: str):
        super().__init__(f"{path}: {reason}")
        self.path, self.reason = path, reason


def save(model: Model, path: str | os.PathLike) -> None:
    """Write a model to a file, atomically; equal models give equal bytes. Raises OSError.

    >>> import generator, tempfile
    >>> path = Path(tempfile.mkdtemp()) / "mew.npz"
    >>> save(generator.train("chain", ["mew"], None, order=1), path)
    >>> load(path).order
    1
    """
    path = Path(path)
    header, arrays = model.described()
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
            np.savez(file, header=np.frombuffer(json.dumps(header).encode(), dtype=np.uint8), **arrays)  # type: ignore[arg-type]  # as numpy documents it
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def load(path: str | os.PathLike) -> Model:
    """Read a model from a file.

    Raises FileNotFoundError, or ModelFileError for a file that is damaged, foreign or of a newer version.

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
        vocabulary = Vocabulary(header["tokens"], *header["bars"])
        return model_class(header["kind"]).from_description(header, arrays, vocabulary, header["provenance"])
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
