"""What the command line prints: answers on stdout, as lines or as JSON, and notes on stderr."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict

import generator
from bot.commands.request import ShowCorpora, ShowHelp, ShowModels, ShowPatterns, ShowQuizHelp
from bot.names.batch import Batch, Name, Place, Reasons
from bot.names.library import Library
from bot.strings import about, chat, cli, models, names, quiz, why
from bot.strings.phrasing import command
from bot.terminal.shell import shell_form
from bot.terminal.text import table
from corpora import Corpus


def show_json(things: object) -> None:
    """Print JSON, with letters as they are."""
    print(json.dumps(things, ensure_ascii=False, indent=2))


def show_table(rows: Iterable[Iterable[str]], right: Iterable[int] = ()) -> None:
    """Print rows in columns, of which those at the `right` are aligned there."""
    print("\n".join(table(rows, right)))


def show_notes(notes: Iterable[str]) -> None:
    """Print notes on stderr, once stdout has all of the answer."""
    sys.stdout.flush()
    for note in notes:
        print(note, file=sys.stderr)


def show_corpora(library: Library, as_json: bool) -> None:
    """Print the shelf: how many entries each corpus has and what they are, or all that its card says as JSON."""
    cards = library.shelf()
    if as_json:
        return show_json([asdict(card) for card in cards])
    show_table([(card.name, about.how_many(card), card.line) for card in cards], right=[1])


def show_named(lines: Mapping[str, str], as_json: bool) -> None:
    """Print a line for each name."""
    if as_json:
        return show_json([{"name": name, "line": line} for name, line in lines.items()])
    show_table(lines.items())


def show_patterns(_: Library, as_json: bool) -> None:
    """Print the examples of patterns, as a shell takes them."""
    show_named({shell_form(command(line)).strip("`"): said for line, said in about.PATTERN_EXAMPLES.items()}, as_json)


LISTS: dict[type, Callable[[Library, bool], None]] = {
    ShowCorpora: show_corpora,
    ShowModels: lambda _, as_json: show_named(generator.MODELS, as_json),
    ShowPatterns: show_patterns,
    ShowHelp: lambda *_: print(cli.USAGE),
    ShowQuizHelp: lambda *_: print("\n".join(quiz.HELP)),
}


def show_batch(batch: Batch, as_json: bool, scores: bool) -> None:
    """Print the names of a batch, with their scores if asked for."""
    if as_json:
        show_json([_name(found) for found in batch.names])
    elif scores:
        show_table([(found.name, names.reason(found.score)) for found in batch.names])
    else:
        print("\n".join(found.name for found in batch.names))


def _name(found: Name) -> dict:
    score, near = found.score and found.score._asdict(), found.near and found.near._asdict()
    return found._asdict() | {"score": score, "near": near}


def show_reasons(found: Reasons, as_json: bool) -> None:
    """Print what is likely at each place of a pattern."""
    if as_json:
        show_json([_place(place) for place in found.places])
    else:
        show_table([(place.text, why.likely(place.likely, found.kind)) for place in found.places])


def _place(place: Place) -> dict:
    what = "tokens" if place.text == "..." else "token"
    return {"part": place.text, "likely": [{what: token, "probability": p} for token, p in place.likely]}


def notes(batch: Batch, corpus: Corpus) -> Iterator[str]:
    """Say what the names alone do not: what was left out of a file, too few that fit, names that exist already."""
    yield from cli.remarks(corpus)
    if not corpus.entries:
        yield models.NO_KNOWN_NAMES
    if len(batch.names) < batch.request.count:
        yield cli.CLI_MOST
    if near := [f"{found.name} ({names.beside(found.near)})" for found in batch.names if found.near]:
        yield names.nearly(near)
    if batch.known:
        yield chat.already(batch)
