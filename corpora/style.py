"""How a corpus writes its names: lower-case tokens in, a name that could stand among the real ones out.

A style changes the case of letters and nothing else. Each corpus has the style that gives back most of its own entries.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from corpora import lines, notes
from corpora.tokens import tokenise

_DOTTED = re.compile("i\u0307(?![\u0300-\u036f])")
_VOWELS = frozenset("aeiouy")


def _upper(token: str) -> str:
    """A token in capitals, or as it is where capitals would be more letters (ß)."""
    capital = token.upper()
    return capital if len(capital) == len(token) else token


def _starts_word(tokens: Sequence[str], i: int) -> bool:
    """Whether a capital stands at place i: in front, after a space, after a hyphen.

    A lone vowel at the end, after a hyphen, is an ending (`Kommo-o`); a lone consonant is a letter that is spelt
    (`Porygon-Z`).
    """
    if i == 0 or tokens[i - 1] == " ":
        return True
    return tokens[i - 1] == "-" and not (i == len(tokens) - 1 and tokens[i] in _VOWELS)


def capitalised(tokens: Sequence[str]) -> str:
    """Each word with a capital: `Mewtwo`, `Mr. Mime`, `Ho-Oh`."""
    return "".join(_upper(t) if _starts_word(tokens, i) else t for i, t in enumerate(tokens))


def sentence(tokens: Sequence[str]) -> str:
    """The first letter as a capital: `Ivory gull`."""
    return "".join(_upper(t) if i == 0 else t for i, t in enumerate(tokens))


def upper(tokens: Sequence[str]) -> str:
    """All capitals: `BILLY`."""
    return "".join(map(_upper, tokens))


def lower(tokens: Sequence[str]) -> str:
    """No capitals: `numpy`."""
    return "".join(tokens)


# By the kind of token: how names, lines and melodies may be written; of those that do as well, the first is guessed.
STYLES: dict[str, dict[str, Callable[[Sequence[str]], str]]] = {
    "characters": {f.__name__: f for f in (capitalised, sentence, upper, lower)},
    "words": {"line": lines.write, "lower": lines.join},
    "notes": {"notes": notes.write},
}


def written(tokens: Sequence[str], kind: str, style: str) -> str:
    """Tokens in a style: letters composed, and the small form of the Turkish İ without its dot, which is a plain i.

    >>> written(("i̇", "z", "m", "i̇", "r"), "characters", "capitalised")
    'İzmir'
    """
    text = STYLES[kind][style](tokens)
    return text if text.isascii() else unicodedata.normalize("NFC", _DOTTED.sub("i", text))


def guess(entries: Sequence[str], kind: str = "characters") -> str:
    """The style that gives back most of these entries; of two that do as well, the first in STYLES.

    >>> guess(["BILLY", "KALLAX"]), guess(["Ivory gull", "Gull", "Great auk"]), guess(["GitHub", "Rust", "npm"])
    ('upper', 'sentence', 'capitalised')
    >>> guess(["Hold on, now", "Here it comes"], "words"), guess(["hold on, now"], "words")
    ('line', 'lower')
    """
    rewritten = {name: sum(written(tokenise(e, kind), kind, name) == e for e in entries) for name in STYLES[kind]}
    return max(rewritten, key=rewritten.__getitem__)
