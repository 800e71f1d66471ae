"""The command line: each command of `techname` is declared here, with its arguments, above the function that runs it.

A line that begins with no command is a question, which the chat's parser reads.
"""

from __future__ import annotations

import argparse
import difflib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

import generator
from bot import log
from bot.commands.queries import AFFIXES
from bot.errors import BadInput, NothingFits
from bot.settings import Settings, SettingsError, load_settings
from bot.store import Unavailable
from bot.strings import cli as words
from bot.terminal.own_files import FILE_OPTIONS, reader
from bot.terminal.query import QUERY_VERBS, query
from bot.terminal.shell import shell_form
from corpora import CorpusError

if TYPE_CHECKING:
    from bot.names.library import Library

ANSWERED, FAILED, BAD_INPUT, NOTHING_FITS, INTERRUPTED = 0, 1, 2, 3, 130
_ALIKE = 0.75  # difflib's ratio: `docter` is nearly `doctor`, `models` is not nearly `build-models`


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are sentences like those of the bot."""

    def error(self, message: str):
        raise BadInput(words.bad_arguments(self.prog, message))


class Argument(NamedTuple):
    """What `add_argument` takes, except the help, which `words.HELP` has."""

    flags: tuple[str, ...]
    how: dict


class Command(NamedTuple):
    """A command: its function, which gives an exit status or None for 0, and its arguments."""

    run: Callable[[argparse.Namespace], int | None]
    arguments: Sequence[Argument]


COMMANDS: dict[str, Command] = {}


def takes(*flags: str, **how) -> Argument:
    """Declare an argument of a command."""
    return Argument(flags, how)


def options(*names: str) -> list[Argument]:
    """Declare options that take a value and have no other spelling."""
    return [takes(f"--{name}") for name in names]


def command(name: str, *arguments: Argument) -> Callable:
    """Register the function below as the command of that name."""

    def register(run: Callable[[argparse.Namespace], int | None]) -> Callable:
        COMMANDS[name] = Command(run, arguments)
        return run

    return register


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0 answered, 2 bad input, 3 nothing fits."""
    try:
        status = _run(list(sys.argv[1:] if argv is None else argv))
        sys.stdout.flush()
        return status
    except NothingFits as error:
        return _complain(error.message, NOTHING_FITS)
    except BadInput as error:
        return _complain(error.message, BAD_INPUT)
    except (CorpusError, SettingsError, Unavailable) as error:
        return _complain(str(error), BAD_INPUT)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has left. Python flushes once more on its way out and would complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED


def _complain(message: str, status: int) -> int:
    print(f"techname: {shell_form(message)}", file=sys.stderr)
    return status


def _run(argv: list[str]) -> int:
    _set_up_streams()
    if argv in ([], ["help"]) or argv[0] in ("-h", "--help"):
        print(words.USAGE)
    elif argv == ["--version"]:
        from importlib.metadata import version  # slow to import

        print(f"techname {version('techname')}")
    else:
        asked = read(argv)
        return asked.run(asked) or ANSWERED
    return ANSWERED


def _set_up_streams() -> None:
    """Show a letter that the terminal lacks as `?`, and send the log to stderr."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(log.JsonLines())
    log.logger.handlers[:] = [handler]


def read(argv: Sequence[str]) -> argparse.Namespace:
    """Read the arguments of a command, or of a question, whose words come in any order. Raises BadInput."""
    subcommands = _subcommands()
    name = argv[0]
    if name in COMMANDS:
        return subcommands[name].parse_args(argv[1:])
    meant = difflib.get_close_matches(name, COMMANDS, 1, _ALIKE)
    if meant and name.isalpha():
        raise BadInput(words.unknown_command(name, meant[0]))
    program = f"techname {name}" if name in QUERY_VERBS else "techname"
    return _filled(Parser(prog=program, allow_abbrev=False), "question", QUESTION).parse_intermixed_args(argv)


def _subcommands() -> dict[str, Parser]:
    """The parser of each command."""
    parsers = Parser(prog="techname").add_subparsers()
    for name, declared in COMMANDS.items():
        _filled(parsers.add_parser(name, allow_abbrev=False), name, declared)
    return parsers.choices


def _filled(parser: Parser, name: str, declared: Command) -> Parser:
    """Give a parser the arguments that are declared, with their help."""
    parser.set_defaults(run=declared.run)
    for flags, how in declared.arguments:
        argument = parser.add_argument(*flags, **how)
        argument.help = words.HELP.get(f"{name} {argument.dest}") or words.HELP[argument.dest]
    return parser


JSON = takes("--json", action="store_true")
NO_WEB = takes("--no-web", action="store_true")
OUTPUT = takes("-o", "--output", required=True)
OWN_FILE = options(*FILE_OPTIONS)
QUESTION = Command(
    lambda asked: query(asked, load_settings()),
    [
        takes("words", nargs="*"),
        takes("-n", "--count"),
        *options("corpus", "model", "model-file", "order", "length", *AFFIXES),
        *options("wild", "sayable", "raw", "seed", "sort"),
        takes("--copy", "--max-copy"),
        takes("--metre", "--meter"),
        *OWN_FILE,
        takes("--scores", action="store_true"),
        JSON,
    ],
)


@command("taken", takes("names", nargs="+"), JSON)
def _taken(asked: argparse.Namespace) -> None:
    from bot.terminal.checking import taken

    taken(asked.names, load_settings(), asked.json)


@command("run", takes("--text", action="store_true"), NO_WEB)
def _run_somewhere(asked: argparse.Namespace) -> int:
    """Use Socket Mode if a person sits at the terminal and both tokens are set; a pipe is always for the console."""
    from bot.slack.socket_mode import socket_mode
    from bot.slack.web_api import NoConnection, tokens

    settings = load_settings()
    try:
        if sys.stdin.isatty() and sys.stdout.isatty() and tokens(settings):
            return socket_mode(settings)
    except NoConnection as error:
        return _complain(str(error), BAD_INPUT)
    return _console(asked)


@command("console", takes("--text", action="store_true"), NO_WEB)
def _console(asked: argparse.Namespace) -> int:
    from bot.terminal.console import console

    page = _page if find_spec("uvicorn") and not asked.no_web else None  # an extra may be missing
    return console(load_settings(), asked.text, page)


def _page(settings: Settings, library: Library) -> AbstractContextManager[str | None]:
    """The page beside the console."""
    from bot.web.serving import beside  # slow to import, and the greeting stands already

    return beside(settings, library)


@command("serve", takes("--host", default="127.0.0.1"), takes("--port", type=int, default=8080))
def _serve(asked: argparse.Namespace) -> None:
    try:
        from bot.web.serving import serve
    except ModuleNotFoundError as missing:
        raise BadInput(words.extra_missing("serve", "web", str(missing.name))) from None
    serve(load_settings(), asked.host, asked.port)


@command("mcp")
def _mcp(asked: argparse.Namespace) -> None:
    try:
        from bot.web.mcp_server import run_stdio
    except ModuleNotFoundError as missing:
        raise BadInput(words.extra_missing("mcp", "web", str(missing.name))) from None
    run_stdio(load_settings())


@command("doctor", takes("--online", action="store_true"))
def _doctor(asked: argparse.Namespace) -> int:
    from bot.terminal.doctor import doctor

    return ANSWERED if doctor(asked.online) else BAD_INPUT


@command("manifest", takes("--url"))
def _manifest(asked: argparse.Namespace) -> None:
    from bot.slack.manifest import as_text, manifest

    print(as_text(manifest(asked.url)), end="")


@command("build-models", takes("names", nargs="*"))
def _build_models(asked: argparse.Namespace) -> int | None:
    from bot.commands.shelf import name
    from bot.names.library import Library
    from bot.names.workers import TrainingFailed

    library = Library(load_settings())
    shelf = [card.name for card in library.shelf()]
    unknown = [word for word in asked.names if not name(word, shelf)]
    if unknown:
        raise BadInput(words.not_on_the_shelf(unknown[0], shelf))
    try:
        library.build_all(dict.fromkeys(name(word, shelf) for word in asked.names) or None)
    except TrainingFailed as error:
        return _complain(str(error), FAILED)


@command("train", takes("file"), OUTPUT, *options("model", "order"), takes("--plain", action="store_true"), *OWN_FILE)
def _train(asked: argparse.Namespace) -> None:
    from bot.names.library import Library
    from bot.terminal.making import train

    train(asked, Library(load_settings(), read=reader(asked)))


@command("import", takes("file"), OUTPUT)
def _import(asked: argparse.Namespace) -> None:
    from bot.terminal.making import import_model

    import_model(asked)


@command("export", takes("file"), takes("--to", required=True), takes("-o", "--output"))
def _export(asked: argparse.Namespace) -> None:
    from bot.terminal.making import export_model

    export_model(asked)


@command(
    "evaluate",
    takes("file", nargs="?"),
    *options("train", "test", "dev", "folds", "order", "masked", "seed"),
    takes("--background", default="on", choices=("on", "off")),
    *OWN_FILE,
    takes("--model", default=generator.DEFAULT_MODEL),
    JSON,
)
def _evaluate(asked: argparse.Namespace) -> None:
    from bot.terminal.evaluating import evaluate

    evaluate(asked)


@command("forget", takes("team"), takes("--yes", action="store_true"))
def _forget(asked: argparse.Namespace) -> None:
    from bot.store.opening import open_store
    from bot.terminal.forgetting import forget

    forget(asked.team, open_store(load_settings()), asked.yes)


@command("panel", takes("teams", nargs="*"), JSON)
def _panel(asked: argparse.Namespace) -> None:
    from bot.store.opening import open_store
    from bot.terminal.panel import panel

    panel(asked.teams, open_store(load_settings()), asked.json)
