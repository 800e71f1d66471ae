"""The command line: `techname …`. Each command is a function of its arguments that gives the exit status."""

import argparse
import difflib
import logging
import os
import sys
from collections.abc import Callable, Sequence

from bot import log
from bot.commands.queries import AFFIXES
from bot.errors import BadInput, NothingFits
from bot.settings import SettingsError, load_settings
from bot.store import Unavailable
from bot.strings import cli as words
from bot.terminal.own import add_options, reader
from bot.terminal.query import QUERY_VERBS, query, shell_form
from corpora import CorpusError

ANSWERED, FAILED, BAD_INPUT, NOTHING_FITS, INTERRUPTED = 0, 1, 2, 3, 130
_ALIKE = 0.75  # difflib's ratio: `docter` is nearly `doctor`, `models` is not nearly `build-models`


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are sentences like those of the bot."""

    def error(self, message: str):
        raise BadInput(words.bad_arguments(self.prog, message))


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
        # Whoever reads has enough; Python would complain again when it flushes on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ANSWERED


def _complain(message: str, status: int) -> int:
    print(f"techname: {shell_form(message)}", file=sys.stderr)
    return status


def _run(argv: list[str]) -> int:
    _set_up_streams()
    name = argv[0] if argv else "help"
    if name in ("-h", "--help") or argv in ([], ["help"]):
        print(words.USAGE)
        return ANSWERED
    if argv == ["--version"]:
        from importlib.metadata import version  # slow to import

        print(f"techname {version('techname')}")
        return ANSWERED
    if name in COMMANDS:
        return COMMANDS[name](argv[1:])
    meant = difflib.get_close_matches(name, COMMANDS, 1, _ALIKE)
    if meant and name.isalpha():
        raise BadInput(words.unknown_command(name, meant[0]))
    return query(_asked(argv), load_settings())


def _set_up_streams() -> None:
    """A terminal that lacks a letter is no reason to stop; the log, and a bug's reference in it, goes to stderr."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(log.JsonLines())
    log.logger.handlers[:] = [handler]


def _asked(argv: list[str]) -> argparse.Namespace:
    """What is asked for, as in the chat: the words may come in any order, with or without a verb."""
    parser = _parser(f"techname {argv[0]}" if argv[0] in QUERY_VERBS else "techname")
    parser.add_argument("words", nargs="*", help=words.OPTION_HELP["words"])
    parser.add_argument("-n", "--count", help=words.OPTION_HELP["count"])
    for option in (
        "corpus",
        "model",
        "model-file",
        "order",
        "length",
        *AFFIXES,
        "wild",
        "sayable",
        "raw",
        "seed",
        "sort",
    ):
        parser.add_argument(f"--{option}", help=words.OPTION_HELP[option])
    parser.add_argument("--copy", "--max-copy", help=words.OPTION_HELP["copy"])
    parser.add_argument("--metre", "--meter", help=words.OPTION_HELP["metre"])
    add_options(parser)
    parser.add_argument("--scores", action="store_true", help=words.OPTION_HELP["scores"])
    parser.add_argument("--json", action="store_true", help=words.OPTION_HELP["json"])
    return parser.parse_intermixed_args(argv)


def _parser(program: str) -> Parser:
    return Parser(prog=program, allow_abbrev=False)


def _manifest(argv: list[str]) -> int:
    from bot.slack.manifest import as_yaml, manifest

    parser = _parser("techname manifest")
    parser.add_argument("--url", help=words.OPTION_HELP["url"])
    print(as_yaml(manifest(parser.parse_args(argv).url)), end="")
    return ANSWERED


def _doctor(argv: list[str]) -> int:
    from bot.terminal.doctor import doctor

    parser = _parser("techname doctor")
    parser.add_argument("--online", action="store_true", help=words.OPTION_HELP["online"])
    return ANSWERED if doctor(parser.parse_args(argv).online) else BAD_INPUT


def _console(argv: list[str]) -> int:
    from bot.terminal.console import console

    _parser("techname console").parse_args(argv)
    return console(load_settings())


def _run_somewhere(argv: list[str]) -> int:
    """Socket Mode where somebody sits and both tokens are set; input from a pipe is always for the console."""
    from bot.slack.socket_mode import socket_mode
    from bot.slack.web_api import NoConnection, tokens

    _parser("techname run").parse_args(argv)
    settings = load_settings()
    try:
        if sys.stdin.isatty() and sys.stdout.isatty() and tokens(settings):
            return socket_mode(settings)
    except NoConnection as error:
        return _complain(str(error), BAD_INPUT)
    return _console([])


def _forget(argv: list[str]) -> int:
    from bot.store.opening import open_store
    from bot.terminal.forgetting import forget

    parser = _parser("techname forget")
    parser.add_argument("team", help=words.OPTION_HELP["team"])
    parser.add_argument("--yes", action="store_true", help=words.OPTION_HELP["yes"])
    asked = parser.parse_args(argv)
    forget(asked.team, open_store(load_settings()), asked.yes)
    return ANSWERED


def _panel(argv: list[str]) -> int:
    from bot.store.opening import open_store
    from bot.terminal.panel import panel

    parser = _parser("techname panel")
    parser.add_argument("teams", nargs="*", help=words.OPTION_HELP["teams"])
    parser.add_argument("--json", action="store_true", help=words.OPTION_HELP["json"])
    asked = parser.parse_args(argv)
    panel(asked.teams, open_store(load_settings()), asked.json)
    return ANSWERED


def _build_models(argv: list[str]) -> int:
    from bot.commands.shelf import name
    from bot.names.library import Library
    from bot.names.workers import TrainingFailed

    parser = _parser("techname build-models")
    parser.add_argument("names", nargs="*", help=words.OPTION_HELP["names"])
    asked, library = parser.parse_args(argv).names, Library(load_settings())
    shelf = [card.name for card in library.shelf()]
    unknown = [word for word in asked if not name(word, shelf)]
    if unknown:
        raise BadInput(words.not_on_the_shelf(unknown[0], shelf))
    try:
        library.build_all(dict.fromkeys(name(word, shelf) for word in asked) or None)
    except TrainingFailed as error:
        return _complain(str(error), FAILED)
    return ANSWERED


def _train(argv: list[str]) -> int:
    from bot.names.library import Library
    from bot.terminal.making import train

    parser = _parser("techname train")
    parser.add_argument("file", help=words.OPTION_HELP["corpus"])
    parser.add_argument("-o", "--output", required=True, help=words.OPTION_HELP["output"])
    for option in ("model", "order"):
        parser.add_argument(f"--{option}", help=words.OPTION_HELP[option])
    parser.add_argument("--plain", action="store_true", help=words.OPTION_HELP["plain"])
    add_options(parser)
    asked = parser.parse_args(argv)
    train(asked, Library(load_settings(), read=reader(asked)))
    return ANSWERED


def _import(argv: list[str]) -> int:
    from bot.terminal.making import import_model

    parser = _parser("techname import")
    parser.add_argument("file", help=words.OPTION_HELP["markovify"])
    parser.add_argument("-o", "--output", required=True, help=words.OPTION_HELP["output"])
    import_model(parser.parse_args(argv))
    return ANSWERED


def _export(argv: list[str]) -> int:
    from bot.terminal.making import export_model

    parser = _parser("techname export")
    parser.add_argument("file", help=words.OPTION_HELP["model-file"])
    parser.add_argument("--to", required=True, help=words.OPTION_HELP["to"])
    parser.add_argument("-o", "--output", help=words.OPTION_HELP["export"])
    export_model(parser.parse_args(argv))
    return ANSWERED


def _taken(argv: list[str]) -> int:
    from bot.terminal.checking import taken

    parser = _parser("techname taken")
    parser.add_argument("names", nargs="+", help=words.OPTION_HELP["taken"])
    parser.add_argument("--json", action="store_true", help=words.OPTION_HELP["json"])
    asked = parser.parse_args(argv)
    taken(asked.names, load_settings(), asked.json)
    return ANSWERED


def _evaluate(argv: list[str]) -> int:
    from bot.terminal.evaluating import add_options, evaluate

    parser = _parser("techname evaluate")
    add_options(parser)
    return evaluate(parser.parse_args(argv))


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "taken": _taken,
    "run": _run_somewhere,
    "console": _console,
    "doctor": _doctor,
    "manifest": _manifest,
    "build-models": _build_models,
    "train": _train,
    "import": _import,
    "export": _export,
    "evaluate": _evaluate,
    "forget": _forget,
    "panel": _panel,
}
