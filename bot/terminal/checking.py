"""The command line's `taken`: verdicts as a table on stdout, or as JSON."""

import sys
from collections.abc import Iterator, Sequence

from bot.availability import Verdict, check
from bot.commands.parse import parse
from bot.commands.quoting import quote
from bot.commands.request import TAKEN
from bot.settings import Settings
from bot.strings import taken as words
from bot.terminal.json_text import json_text
from bot.text import escape


def taken(names: Sequence[str], settings: Settings, as_json: bool) -> None:
    """Print what each probe says of each name. Raises BadInput and SettingsError."""
    line = " ".join([TAKEN, *(quote(escape(name)) for name in names)])
    verdicts = check(parse(line, ()).names, settings)
    if as_json:
        print(json_text([verdict._asdict() for verdict in verdicts]))
    else:
        print("\n".join(_table(verdicts)))
    sys.stdout.flush()
    for note in words.notes(verdicts):
        print(note, file=sys.stderr)


def _table(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """A line a name, a column a probe."""
    labels = list(dict.fromkeys(verdict.label for verdict in verdicts))
    rows = {name: [name] for name in dict.fromkeys(verdict.name for verdict in verdicts)}
    for verdict in verdicts:
        rows[verdict.name].append(words.said(verdict))
    table = [["", *labels], *rows.values()]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for row in table:
        yield "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip()
