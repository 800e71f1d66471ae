r"""Patterns over words or notes: `the * sat on ...`, `C4 * [E4|G4] ...`.

*            exactly one unknown token; it stands alone
... or …     any number of tokens, none included
[red|blue]   one of these; [^red|blue] none of these
\            makes the next character literal
others       themselves, regardless of case and accent
"""

import re
from collections.abc import Callable, Iterator, Sequence

from generator.constraints.pattern import LONGEST, LONGEST_TEXT, Part, Pattern, PatternError

# A gap, a class, an opening bracket anywhere else, or text between spaces.
_PIECE = re.compile(
    r"(?P<gap>\.\.\.|…)|(?P<these>(?<![\w*])\[(?:\\.|[^\]\\])*\](?![\w*]))|(?P<open>\[)|(?:\\.|(?!\.\.\.)[^\s…\[\\])+|\\",
    re.DOTALL,
)
_STAR = re.compile(r"(?<!\\)\*")
Tokenise = Callable[[str], Sequence[str]]


def parse_phrase(text: str, tokenise: Tokenise = str.split) -> Pattern:
    r"""Parse a pattern over words or notes; `tokenise` splits the text between spaces into tokens.

    Raises PatternError if the pattern is empty or has more than 64 places or 400 characters, if a `*` does not stand
    alone, if a class is unclosed or empty, or if `tokenise` raises ValueError.

    >>> [part.kind for part in parse_phrase("the * sat [on|by] ...").parts]
    ['letter', 'hole', 'letter', 'class', 'gap']
    """
    if len(text) > LONGEST_TEXT:
        raise PatternError(text, LONGEST_TEXT, f"a pattern has at most {LONGEST_TEXT} characters")
    parts: list[Part] = []
    for piece in _PIECE.finditer(text):
        try:
            parts += [part for part in _parts(piece, tokenise) if part.kind != "gap" or part not in parts[-1:]]
        except ValueError as error:
            raise PatternError(text, piece.start(), str(error)) from None
        if sum(part.kind != "gap" for part in parts) > LONGEST:
            raise PatternError(text, piece.start(), f"a pattern has at most {LONGEST} places")
    if not parts:
        raise PatternError(text, 0, "the pattern is empty")
    return Pattern(text, tuple(parts))


def _parts(piece: re.Match, tokenise: Tokenise) -> Iterator[Part]:
    """The parts of one piece of a pattern."""
    if piece["open"]:
        raise ValueError("a [ stands before whole tokens and has a ] after them, and no letter beside it")
    if piece["gap"]:
        yield Part("gap", "...")
    elif piece["these"]:
        yield _class(piece[0], tokenise)
    else:
        for token in tokenise(piece[0]):
            yield Part("hole", "*") if token == "*" else Part("letter", token, frozenset([_literal(token)]))


def _literal(token: str) -> str:
    """A token without its backslashes."""
    if _STAR.search(token):
        raise ValueError("a * is one whole token here and stands alone")
    return re.sub(r"\\(.)", r"\1", token)


def _class(text: str, tokenise: Tokenise) -> Part:
    """The class of the tokens between brackets, separated by | or spaces."""
    negated = text.startswith("[^")
    apart = [list(tokenise(word)) for word in re.split(r"[|\s]+", text[1 + negated : -1]) if word]
    if not apart:
        raise ValueError("there is nothing between the brackets")
    if any(len(tokens) != 1 for tokens in apart):
        raise ValueError("between brackets each choice is one token")
    return Part("not" if negated else "class", text, frozenset(_literal(token) for [token] in apart))
