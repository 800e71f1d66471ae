"""The command line's questions: arguments become the same Request as in the chat, and its answer is printed."""

import argparse
import shlex
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

import generator
from bot.commands.options import BadNumber, read_count
from bot.commands.parse import parse
from bot.commands.queries import AFFIXES, QUERIES, Q, Query, Why
from bot.commands.quoting import quote
from bot.commands.request import InChannel, Informing, Request, Taken, by_verb
from bot.commands.shelf import is_corpus, name
from bot.errors import BadInput
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.names.posterior import posterior
from bot.settings import Settings
from bot.strings import chat, cli, models, why
from bot.terminal import printing
from bot.terminal.checking import show_taken
from bot.terminal.own_files import FILE_OPTIONS, FileLibrary, reader
from bot.terminal.shell import shell_form

QUERY_VERBS = (*QUERIES, *by_verb(Informing))
MOST = 100_000  # names at once
MOST_FITTING = 10_000  # to a pattern: looking ahead is a tenth as quick
FILE = "file"  # stands for the path of a user's corpus while the words are read, since a path may look like a pattern


def query(asked: argparse.Namespace, settings: Settings) -> None:
    """Answer one question on stdout, with notes on stderr. Raises BadInput and CorpusError."""
    given = reader(asked)
    library = FileLibrary(settings, asked.model_file, given) if asked.model_file else Library(settings, read=given)
    request = read(asked, library)
    if isinstance(request, Query) and request.sought and request.count > MOST_FITTING:
        raise BadInput(cli.too_many_to_fit(request.count, MOST_FITTING))
    if isinstance(request, InChannel):
        raise BadInput(cli.only_in_a_channel(request.verb))
    if asked.model_file and isinstance(request, Query):
        request = library.asked(request)
    try:
        _answer(request, library, asked)
    except BadInput as error:
        raise _as_typed(error, *_own(asked, library.kinds())) from None


def _answer(request: Request, library: Library, asked: argparse.Namespace) -> None:
    if type(request) in printing.LISTS:
        printing.LISTS[type(request)](library, asked.json)
    elif isinstance(request, Taken):
        show_taken(request.names, library.settings, asked.json)
    elif isinstance(request, Why):
        found = posterior(request, library)
        printing.show_reasons(found, asked.json)
        printing.show_notes([why.why_with(_told(found.request, asked), found.kind)])
    else:
        batch = brainstorm(request, library, weigh=asked.json, scored=asked.json or asked.scores)
        printing.show_batch(batch, asked.json, asked.scores)
        told = chat.made_with(replace(batch, request=_told(batch.request, asked)))
        notes = [*printing.notes(batch, library.corpus(batch.request.corpus)), told]
        printing.show_notes(map(shell_form, notes))


def _told(request: Q, asked: argparse.Namespace) -> Q:
    """Name the model's file in place of the corpus, if there is one: the model in it made the names."""
    return replace(request, corpus=asked.model_file) if asked.model_file else request


def read(asked: argparse.Namespace, library: Library) -> Request:
    """Read the request from the arguments, with the chat's parser. Raises BadInput and CorpusError."""
    shelf = library.kinds()
    own = path, _ = _own(asked, shelf)
    if asked.model is not None and not name(asked.model, generator.MODELS):
        raise BadInput(cli.not_a_model(asked.model, list(generator.MODELS)))
    if asked.corpus is not None and not path and not is_corpus(asked.corpus, shelf):
        raise BadInput(cli.not_a_corpus(asked.corpus, tuple(shelf)))
    given = [*asked.words, FILE if path else asked.corpus, asked.model, _count(asked.count)]
    given += [
        f"{key}={getattr(asked, key)}"
        for key in ("order", "length", *AFFIXES, "wild", "copy", "sayable", "metre", "raw", "seed", "sort")
        if getattr(asked, key) is not None
    ]
    line = " ".join(quote(word) for word in given if word is not None)
    if asked.model_file and any(word and (name(word, generator.MODELS) or "order=" in word) for word in given):
        raise BadInput(models.MODEL_TWICE)
    if not path:
        return parse(line or "help", shelf, MOST)
    try:
        request = parse(line, {**shelf, FILE: library.kind(path)}, MOST)
        return replace(request, corpus=path) if isinstance(request, Query) else request
    except BadInput as error:
        raise _as_typed(error, *own) from None


def _own(asked: argparse.Namespace, shelf: Collection[str]) -> tuple[str | None, str]:
    """Find the user's file that stands for a corpus, and the options that name it.

    It is a file of names, or, if no corpus is named, the file of a model.
    """
    if asked.corpus:
        said = {option: getattr(asked, option) for option in ("corpus", *FILE_OPTIONS)}
        options = " ".join(f"--{option} {shlex.quote(word)}" for option, word in said.items() if word is not None)
        return (asked.corpus if _is_path(asked.corpus, shelf) else None), options
    given = None if any(is_corpus(word, shelf) for word in asked.words) else asked.model_file
    return given, f"--model-file {shlex.quote(given or '')}"


def _as_typed(error: BadInput, path: str | None, options: str) -> BadInput:
    """Rewrite the commands of an error as a shell takes them, with the options that name the user's file."""
    return type(error)(shell_form(error.message, {FILE: options, path: options} if path else {}))


def _is_path(corpus: str, shelf: Collection[str]) -> bool:
    return not is_corpus(corpus, shelf) and (bool(set(corpus) & set("/\\.")) or Path(corpus).is_file())


def _count(count: str | None) -> str | None:
    try:
        return count and str(read_count(count, MOST))
    except BadNumber as error:
        raise BadInput(str(error)) from None
