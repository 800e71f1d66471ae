"""How a text holds its entries: one a line, in a column of CSV (see table.py), or as the sentences of prose."""

import re
from collections.abc import Iterator

FORMS = ("lines", "csv", "prose")
Row = tuple[int, str]  # the line that it begins on, from 1, and what stands there

_TABLES = (".csv", ".tsv", ".tab")
_CLOSERS = "[\"'”’»)\\]]*"
# The end of a sentence, if what follows does not say otherwise; an empty line; the full stop of scripts that leave no
# space. A row of dots is looked at once, from its first: a file of nothing else must not take for ever.
_END = re.compile(rf"(?<![.!?…])[.!?…]++{_CLOSERS}(?=\s)|\n[ \t]*\n|[。！？]+[」』]*")
_ABBREVIATED = re.compile(
    r"\b(?:[a-z]|mr|mrs|ms|dr|prof|st|jr|sr|vs|etc|e\.g|i\.e|no|vol|fig|bzw|z\.b|d\.h|ca|mme|mlle)\.$", re.IGNORECASE
)


def lines(text: str) -> list[str]:
    """Lines as an editor counts them; `splitlines` would also end one at a form feed and at other signs."""
    return re.split(r"\r\n|\r|\n", text)


def guess(suffix: str, text: str) -> str:
    """The form that a file of that suffix looks like.

    >>> guess(".csv", "name,year"), guess("", "Mew\\nMewtwo")
    ('csv', 'lines')
    >>> guess("", "It was late. Nobody said a word to her. Then he left.")
    'prose'
    """
    if suffix.lower() in _TABLES:
        return "csv"
    filled = [line for line in lines(text[:200_000]) if line.strip()]
    words = sum(len(line.split()) for line in filled)
    within = sum(len(re.findall(rf"[.!?…]{_CLOSERS}\s+[^\sa-z]|[。！？](?=.)", line)) for line in filled)
    return "prose" if within >= 0.2 * max(1, len(filled)) and (words >= 8 * len(filled) or "。" in text) else "lines"


def sentences(text: str) -> list[Row]:
    """The sentences of prose, each on one line, with the line that it begins on."""
    text = "\n".join(lines(text))
    found, begin, line, counted = [], 0, 1, 0
    for end in [*_ends(text), len(text)]:
        sentence = text[begin:end]
        first = begin + len(sentence) - len(sentence.lstrip())
        line, counted = line + text.count("\n", counted, first), first
        if sentence.strip():
            found.append((line, " ".join(sentence.split())))
        begin = end
    return found


def _ends(text: str) -> Iterator[int]:
    """Where sentences end: a full stop behind an abbreviation, or before a small letter, is none."""
    for match in _END.finditer(text):
        follows = text[match.end() : match.end() + 40].lstrip().lstrip("\"'“‘«([—–- ")[:1]
        dot = match[0].startswith(".") and len(match[0]) == 1
        if (
            not (dot and _ABBREVIATED.search(text, max(0, match.start() - 12), match.end())) and not follows.islower()
        ) or match[0].startswith("\n"):
            yield match.end()
