"""The commands that make model files: `train`, `import` and `export`."""

import argparse
import hashlib
import sys
from pathlib import Path

import generator
from bot.commands.options import BadNumber, read_option
from bot.commands.shelf import name
from bot.errors import BadInput
from bot.names.library import Library
from bot.strings import cli, models, reading
from bot.terminal.own_files import checked, load_model

PLAIN = ("markov", "hmm")  # the kinds that can do without a distribution of lengths


def train(asked: argparse.Namespace, library: Library) -> None:
    """Train a model on a file of names or a corpus of the shelf, and write it. Raises BadInput and CorpusError."""
    usual = generator.DEFAULT_MODEL if asked.order is None and not asked.plain else "markov"
    kind = usual if asked.model is None else name(asked.model, generator.MODELS)
    if not kind:
        raise BadInput(cli.not_a_model(asked.model, list(generator.MODELS)))
    order = _order(asked.order)
    if order is not None and kind not in generator.DEFAULT_ORDERS:
        raise BadInput(reading.order_without_chain(kind))
    if asked.plain and kind not in PLAIN:
        raise BadInput(models.not_plain(kind, PLAIN))
    for remark in cli.remarks(library.corpus(asked.file)):
        print(remark, file=sys.stderr)
    model = library.train(asked.file, kind, order)
    _write(generator.plain(model) if asked.plain else model, asked.output)


def _order(order: str | None) -> int | None:
    try:
        return None if order is None else read_option(f"order={order}")
    except BadNumber as error:
        raise BadInput(str(error)) from None


def import_model(asked: argparse.Namespace) -> None:
    """Read a chain from a markovify file and write it as a model. Raises BadInput."""
    try:
        model = checked(generator.read_markovify(asked.file), asked.file)
        digest = hashlib.sha256(Path(asked.file).read_bytes()).hexdigest()
    except OSError as error:
        raise BadInput(models.model_unreadable(asked.file, error)) from None
    except generator.ModelFileError as error:
        raise BadInput(models.not_markovifys(asked.file, error.reason)) from None
    model.provenance.update(imported="markovify", file_sha256=digest)
    _write(model, asked.output)


def _write(model, path: str) -> None:
    try:
        generator.save(model, path)
    except OSError as error:
        raise BadInput(models.cannot_write(path, error)) from None
    print(models.model_written(path, model), file=sys.stderr)


def export_model(asked: argparse.Namespace) -> None:
    """Write a model in another tool's format, on stdout if no file is named. Raises BadInput."""
    try:
        text = generator.export(load_model(asked.file), asked.to)
    except generator.Unsayable as error:
        raise BadInput(models.unsayable(asked.file, asked.to, str(error))) from None
    if asked.output is None:
        print(text, end="" if text.endswith("\n") else "\n")
        return
    try:
        Path(asked.output).write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(models.cannot_write(asked.output, error)) from None
