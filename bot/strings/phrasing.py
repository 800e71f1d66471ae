"""The parts of sentences: commands and typed text as code, lists, numbers with their nouns.

Code stands in backticks. Slack shows it as code; a terminal may leave the backticks. Text that a user typed goes
through `harmless` before it stands in a sentence, since it may hold anything.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from bot.text import harmless

COMMAND = "/techname"
FEW = 5  # corpora that a sentence names one by one
EXAMPLES = ("pokemon", "complete mo***", "draw ...base pokemon")


def shown(text: str) -> str:
    """Write typed text as code."""
    return f"`{harmless(text)}`"


def command(text: str) -> str:
    """Write a command as a user would type it, as code."""
    return f"`{f'{COMMAND} {harmless(text, 200)}'.strip()}`"


def listed(items: Iterable[str], last: str = "and") -> str:
    """Join items with commas, the last one with a word.

    >>> listed(["a", "b", "c"], "or")
    'a, b or c'
    """
    *most, end = items
    return f"{', '.join(most)} {last} {end}" if most else end


def many(number: int, one: str) -> str:
    """Write a number with its noun.

    >>> many(1, "name"), many(2_000, "name")
    ('1 name', '2,000 names')
    """
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def some_of(word: str, shelf: Sequence[str]) -> str:
    """List the corpora of the shelf; of many, those that look like the word, or the first few."""
    if len(shelf) <= FEW:
        return listed(map(shown, shelf), "or")
    near = difflib.get_close_matches(word.lower(), shelf, 3, 0.4) or shelf[:FEW]
    return f"{', '.join(map(shown, near))} or another of {len(shelf)} ({command('corpora')} lists all)"


def cannot_use(word: str, allowed: str) -> str:
    """Refuse a word, and say what is allowed in its place."""
    return f"I can't use {shown(word)}.\n{allowed}"


def failed(error: OSError, otherwise: str) -> str:
    """Say why a file could not be used, in parentheses."""
    return f"({(error.strerror or otherwise).lower()})"


# The nouns for a token and for an entry of a corpus, by kind.
TOKENS = {"characters": "letter", "words": "word", "notes": "note", "spaced": "word"}
ENTRIES = {"characters": "name", "words": "line", "notes": "tune", "spaced": "name"}
_EXAMPLES = {
    "characters": ("mo***", "mo... pokemon"),
    "words": ('"can you * the ..." lyrics', '"... river ..." lyrics'),
    "notes": ('"C4 * E4 ..." piano', '"... G4 C5:2" piano'),
    "spaced": ('"the * of ..."', '"... the * ..."'),
}


def holes(kind: str = "characters") -> str:
    """Explain the signs of a pattern over tokens of that kind."""
    alone = "" if kind == "characters" else " and stands alone"
    return f"`*` stands for one unknown {TOKENS[kind]}{alone}, `...` for any number of them."


def example(verb: str, kind: str = "characters", loose: bool = False) -> str:
    """Give a command with a pattern over tokens of that kind."""
    return command(f"{verb} {_EXAMPLES[kind][loose]}")


HOLES = holes()


def percent(share: float) -> str:
    """Write a probability in percent, with the digits that matter.

    >>> percent(0.123), percent(0.0123), percent(0.99999), percent(1.0), percent(1e-9)
    ('12%', '1.2%', 'nearly 100%', '100%', 'under 0.1%')
    """
    if share < 0.001:
        return "under 0.1%"
    if 0.995 <= share < 1.0 - 1e-9:
        return "nearly 100%"
    return f"{100 * share:.0f}%" if share >= 0.0995 else f"{100 * share:.1f}%"


_EIGHTHS = "▏▎▍▌▋▊▉█"


def bar(share: float) -> str:
    """Draw a probability as a bar of at most ten letters, to an eighth of a letter.

    >>> bar(0.33), bar(0.001)
    ('███▎', '▏')
    """
    whole, rest = divmod(max(1, round(80 * share)), 8)
    return _EIGHTHS[7] * whole + (_EIGHTHS[rest - 1] if rest else "")
