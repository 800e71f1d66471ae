"""The command line's `taken`: a line a name and a column a probe on stdout, or JSON."""

from collections.abc import Iterator, Sequence

from bot.availability import Verdict, check
from bot.commands.parse import parse
from bot.commands.quoting import quote
from bot.commands.request import Taken
from bot.settings import Settings
from bot.strings import taken as strings
from bot.terminal.printing import show_json, show_notes, show_table


def taken(words: Sequence[str], settings: Settings, as_json: bool) -> None:
    """Answer `techname taken`, whose words the chat's parser reads. Raises BadInput and SettingsError."""
    line = " ".join([Taken.verb, *map(quote, words)])
    show_taken(parse(line, ()).names, settings, as_json)


def show_taken(names: Sequence[str], settings: Settings, as_json: bool) -> None:
    """Print what each probe says of each name. Raises BadInput and SettingsError."""
    verdicts = check(names, settings)
    if as_json:
        show_json([verdict._asdict() for verdict in verdicts])
    else:
        show_table(_rows(verdicts))
    show_notes(strings.notes(verdicts))


def _rows(verdicts: Sequence[Verdict]) -> Iterator[list[str]]:
    yield ["", *dict.fromkeys(verdict.label for verdict in verdicts)]
    rows: dict[str, list[str]] = {}
    for verdict in verdicts:
        rows.setdefault(verdict.name, [verdict.name]).append(strings.said(verdict))
    yield from rows.values()
