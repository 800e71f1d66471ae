"""Word lists with more than words on a line: the dictionaries of hunspell and of CMU's speech group."""

import re
from collections.abc import Sequence

from corpora.errors import CorpusError
from corpora.forms import Row, lines

_FLAGGED = re.compile(r"(?P<word>(?:\\/|[^/\t])+?)(?:/\S*)?(?:[ \t]+[a-z]{2}:\S*)*\s*")  # of hunspell(5)
_SPOKEN = re.compile(r"(?P<word>\S+?)(?:\(\d+\))?\s+[A-Z]{1,2}[0-2]?(?: [A-Z]{1,2}[0-2]?)*\s*")  # in ARPAbet
_RULES = re.compile(r"(?:SET \S|SFX |PFX |TRY \S|FLAG )")


def is_dictionary(suffix: str, text: str) -> bool:
    """Whether a text is a dictionary: its first line counts the others, or every word has its sounds beside it.

    >>> is_dictionary("", "3\\nmew/S\\nmuk\\nseel/M"), is_dictionary("", "MEW  M Y UW1\\nMUK  M AH1 K")
    (True, True)
    """
    rows = _filled(text[:4_000_000])
    return _is_spoken(rows) or _is_counted(suffix, rows)


def words(suffix: str, text: str, shown: str) -> list[Row]:
    """The words of a dictionary alone, each with its line; raises CorpusError for a file of hunspell's rules."""
    rows = _filled(text)
    if rows and _RULES.match(rows[0][1]):
        what = f"the file {shown} holds the rules of a dictionary"
        raise CorpusError(what, "a corpus is a list of words", "give the file beside it that ends in .dic")
    if _is_spoken(rows):
        return [(number, found["word"]) for number, row in rows if (found := _SPOKEN.fullmatch(row))]
    rows = rows[1:] if rows and rows[0][1].strip().isdecimal() else rows
    return [(number, found["word"].replace("\\/", "/")) for number, row in rows if (found := _FLAGGED.fullmatch(row))]


def _filled(text: str) -> list[Row]:
    return [(i, row) for i, row in enumerate(lines(text), 1) if row.strip() and not row.startswith(";;;")]


def _is_spoken(rows: Sequence[Row]) -> bool:
    """Whether most lines are a word and its sounds, of which some are stressed."""
    spoken = [row for _, row in rows[:500] if _SPOKEN.fullmatch(row)]
    stressed = [row for row in spoken if re.search(r"[A-Z][0-2]\b", row)]
    return len(spoken) > 1 and len(spoken) >= 0.9 * len(rows[:500]) and len(stressed) >= 0.8 * len(spoken)


def _is_counted(suffix: str, rows: Sequence[Row]) -> bool:
    """Whether the first line counts the others, nearly, or there are rules of hunspell's."""
    if not rows:
        return False
    if suffix.lower() in (".dic", ".aff") or _RULES.match(rows[0][1]):
        return True
    first = rows[0][1].strip()
    if not first.isdecimal() or len(first) > 8 or len(rows) < 4:
        return False
    flagged = sum(bool(re.fullmatch(r"\w[^/\s]*/[A-Za-z0-9,~]+", row.strip())) for _, row in rows[1:])
    return abs(int(first) - len(rows) + 1) <= 0.05 * len(rows) or flagged > 0.2 * len(rows)
