"""How an entry becomes a sequence of tokens: its lower-case characters, its words and signs, or its notes.

Lower case is `lower()` and not `casefold()`. A folding is made to compare text and changes the letters that a name is
written with (ß becomes ss, ς becomes σ), so that names made from such tokens could not be written as the corpus writes
its own. Whoever compares (a pattern, a list of known names) folds for itself.
"""

import unicodedata
from collections.abc import Sequence

from corpora import lines, notes

JOINERS = "\u200c\u200d"  # zero-width: they say whether the letters beside them join
JOINING = "\u0600-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff"  # scripts whose letters do


def characters(text: str) -> tuple[str, ...]:
    """The tokens of a name: lower-case characters, composed (NFC); a mark that cannot be composed stays with its
    letter, and so does a joiner behind it.

    >>> characters("Flabébé")
    ('f', 'l', 'a', 'b', 'é', 'b', 'é')
    >>> characters("Weiß"), len(characters("Ọ̀ṣun"))
    (('w', 'e', 'i', 'ß'), 4)
    """
    if text.isascii():
        return tuple(text.lower())
    tokens: list[str] = []
    for char in unicodedata.normalize("NFC", text.lower()):
        # A mark apart from its letter could be drawn without one, or begin a name; so could a joiner.
        if tokens and (unicodedata.category(char).startswith("M") or char in JOINERS):
            tokens[-1] += char
        else:
            tokens.append(char)
    return tuple(tokens)


# What a token can be, and how text becomes such tokens.
KINDS = {"characters": characters, "words": lines.split, "notes": notes.split}


def tokenise(text: str, kind: str = "characters") -> tuple[str, ...]:
    """The tokens of an entry of that kind.

    >>> tokenise("Hold on, now", "words"), tokenise("C4 Bb4:2", "notes")
    (('hold', 'on', ',', 'now'), ('C4', 'A#4:2'))
    """
    return KINDS[kind](text)


def guess(entries: Sequence[str]) -> str:
    """The kind that these entries look like: notes if many words are, words if most are lines of four and more, else
    characters.

    >>> guess(["C4 E4 G4:2"]), guess(["Down by the river we go"]), guess(["Great auk", "Gull"])
    ('notes', 'words', 'characters')
    """
    words = [entry.split() for entry in entries if " " in entry]
    written = [bool(notes.note(word)) for row in words for word in row]
    # Nothing but music is written C4, so a few slips (H4, c'4) leave it music.
    if len(words) >= 0.5 * len(entries) > 0 and sum(written) >= 0.4 * len(written):
        return "notes"
    many = sum(len(entry.split()) >= 4 for entry in entries)
    return "words" if many > len(entries) / 2 else "characters"
