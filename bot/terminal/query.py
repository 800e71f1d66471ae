"""The command line's questions: arguments become the same Request as in the chat, and names go to stdout."""

import argparse
import re
import shlex
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from types import MappingProxyType

import generator
from bot.commands.options import BadNumber, read_count
from bot.commands.parse import parse
from bot.commands.quoting import OpenQuote, quote, split
from bot.commands.request import AFFIXES, IN_CHANNEL, PATTERNS, PRIVATE, QUERIES, QUIZ_HELP, WHY, Request
from bot.commands.shelf import is_corpus, name
from bot.errors import BadInput
from bot.names.batch import Batch, Name, Place, Reasons
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.names.reasons import reasons
from bot.settings import Settings
from bot.strings import about, chat, cli, decency, models, quiz, scoring, why
from bot.strings.phrasing import command
from bot.terminal.json_text import json_text
from bot.terminal.model_file import FileLibrary
from bot.terminal.own import OPTIONS, reader
from bot.text import escape
from corpora import Card

QUERY_VERBS = (*QUERIES, WHY, *PRIVATE)
MOST = 100_000  # names at once
MOST_FITTING = 10_000  # to a pattern: looking ahead is a tenth as quick
FILE = "file"  # stands for the path of a user's corpus while the words are read: a path could look like a pattern


def query(asked: argparse.Namespace, settings: Settings) -> int:
    """Answer one question on stdout, with what else there is to say on stderr. Raises BadInput and CorpusError."""
    library = (
        FileLibrary(settings, asked.model_file, reader(asked))
        if asked.model_file
        else Library(settings, read=reader(asked))
    )
    request = read(asked, library)
    if request.sought and request.count > MOST_FITTING:
        raise BadInput(cli.too_many_to_fit(request.count, MOST_FITTING))
    if request.verb in IN_CHANNEL:
        raise BadInput(cli.only_in_a_channel(request.verb))
    if asked.model_file:
        request = library.asked(request)
    try:
        _answer(request, library, asked)
    except BadInput as error:
        raise _as_typed(error, *_own(asked, library.kinds())) from None
    return 0


def _answer(request: Request, library: Library, asked: argparse.Namespace) -> None:
    if request.verb == "corpora":
        _show_shelf(library.shelf(), asked.json)
    elif request.verb == "models":
        _show([{"name": model, "line": line} for model, line in generator.MODELS.items()], asked.json)
    elif request.verb == PATTERNS:
        _show(
            [
                {"name": shell_form(command(line)).strip("`"), "line": said}
                for line, said in about.PATTERN_EXAMPLES.items()
            ],
            asked.json,
        )
    elif request.verb == "help":
        print(cli.USAGE)
    elif request.verb == QUIZ_HELP:
        print("\n".join(quiz.HELP))  # its commands are for a channel
    elif request.verb == WHY:
        _show_reasons(reasons(request, library), asked)
    else:
        _show_batch(brainstorm(request, library, weigh=asked.json, scored=asked.json or asked.scores), library, asked)


def read(asked: argparse.Namespace, library: Library) -> Request:
    """The request that arguments stand for; options and words are read by the same parser. Raises BadInput and
    CorpusError."""
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
    line = " ".join(quote(escape(word)) for word in given if word is not None)
    if asked.model_file and any(word and (name(word, generator.MODELS) or "order=" in word) for word in given):
        raise BadInput(models.MODEL_TWICE)
    if not path:
        return parse(line or "help", shelf, MOST)
    try:
        return replace(parse(line, {**shelf, FILE: library.kind(path)}, MOST), corpus=path)
    except BadInput as error:
        raise _as_typed(error, *own) from None


def _own(asked: argparse.Namespace, shelf: Collection[str]) -> tuple[str | None, str]:
    """The user's file that stands for a corpus, of names or, where no corpus is named, a model; and the options that
    say so."""
    if asked.corpus:
        how = [f"--{option} {shlex.quote(said)}" for option in OPTIONS if (said := getattr(asked, option)) is not None]
        return (asked.corpus if _is_path(asked.corpus, shelf) else None), " ".join(
            [f"--corpus {shlex.quote(asked.corpus)}", *how]
        )
    given = None if any(is_corpus(word, shelf) for word in asked.words) else asked.model_file
    return given, f"--model-file {shlex.quote(given or '')}"


def _as_typed(error: BadInput, path: str | None, options: str) -> BadInput:
    """The error with its commands as a shell takes them, a user's file by the options that bring it."""
    return type(error)(shell_form(error.message, {FILE: options, path: options} if path else {}))


def _is_path(corpus: str, shelf: Collection[str]) -> bool:
    return not is_corpus(corpus, shelf) and (bool(set(corpus) & set("/\\.")) or Path(corpus).is_file())


def _count(count: str | None) -> str | None:
    try:
        return count and str(read_count(count, MOST))
    except BadNumber as error:
        raise BadInput(str(error)) from None


def _show_shelf(cards: Sequence[Card], as_json: bool) -> None:
    """The corpora: all that their cards say as JSON, or how many entries and what they are, a line each."""
    if as_json:
        _show([asdict(card) for card in cards], as_json=True)
        return
    wide, many = max(len(card.name) for card in cards), max(len(about.how_many(card)) for card in cards)
    print("\n".join(f"{card.name:{wide}}  {about.how_many(card):>{many}}  {card.line}" for card in cards))


def _show(things: list[dict], as_json: bool) -> None:
    """A list of named things: as JSON, or a line each."""
    if as_json:
        print(json_text(things))
        return
    wide = max(len(thing["name"]) for thing in things)
    for thing in things:
        print(f"{thing['name']:{wide}}  {thing['line']}")


def _show_batch(batch: Batch, library: Library, asked: argparse.Namespace) -> None:
    if asked.json:
        _show([_plain(found) for found in batch.names], as_json=True)
    elif asked.scores:
        wide = max(len(found.name) for found in batch.names)
        print("\n".join(f"{found.name:{wide}}  {scoring.reason(found.score)}".rstrip() for found in batch.names))
    else:
        print("\n".join(found.name for found in batch.names))
    sys.stdout.flush()
    told = replace(batch, request=_made_from(batch.request, asked))
    for note in (*_notes(batch, library), chat.made_with(told)):
        print(shell_form(note), file=sys.stderr)


def _plain(found: Name) -> dict:
    """A name as JSON has it."""
    return found._asdict() | {
        "score": found.score and found.score._asdict(),
        "near": found.near and found.near._asdict(),
    }


def _show_reasons(found: Reasons, asked: argparse.Namespace) -> None:
    if asked.json:
        _show([_place(place) for place in found.places], as_json=True)
    else:
        wide = max(len(place.text) for place in found.places)
        print("\n".join(f"{place.text:{wide}}  {why.likely(place.likely, found.kind)}" for place in found.places))
    sys.stdout.flush()
    print(why.why_with(_made_from(found.request, asked), found.kind), file=sys.stderr)


def _made_from(request: Request, asked: argparse.Namespace) -> Request:
    """The request as its small print tells it: what made the names is the model in the file, whatever corpus is named
    beside it."""
    return replace(request, corpus=asked.model_file) if asked.model_file else request


def _place(place: Place) -> dict:
    what = "tokens" if place.text == "..." else "token"
    return {"part": place.text, "likely": [{what: token, "probability": p} for token, p in place.likely]}


def _notes(batch: Batch, library: Library):
    """What is worth knowing about the names: what made them, what was left out, what is out there already."""
    corpus = library.corpus(batch.request.corpus)
    yield from cli.remarks(corpus)
    if not corpus.entries:
        yield models.NO_KNOWN_NAMES
    if len(batch.names) < batch.request.count:
        yield cli.CLI_MOST
    if near := [f"{name.name} ({decency.beside(name.near)})" for name in batch.names if name.near]:
        yield decency.nearly(near)
    if batch.known:
        yield chat.already(batch)


def shell_form(message: str, instead: Mapping[str, str] = MappingProxyType({})) -> str:
    """A message with each `/techname …` in it as a shell takes it, some words of it replaced.

    >>> shell_form("For example `/techname complete mo***`.")
    "For example `techname complete 'mo***'`."
    """
    return re.sub(r"`/techname( [^`]*)?`", lambda found: f"`techname{_for_shell(found[1] or '', instead)}`", message)


def _for_shell(command: str, instead: Mapping[str, str]) -> str:
    try:
        return "".join(f" {instead.get(word) or shlex.quote(word)}" for word in split(command))
    except OpenQuote:
        return command
