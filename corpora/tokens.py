"""How a name becomes a sequence of tokens: its lower-case characters.

Lower case is `lower()` and not `casefold()`. A folding is made to compare text and changes the letters that a name is written
with (ß becomes ss, ς becomes σ), so that names made from such tokens could not be written as the corpus writes its own. Whoever
compares (a pattern, a list of known names) folds for itself.
"""

import unicodedata


def tokenise(text: str) -> tuple[str, ...]:
    """The tokens of a name: lower-case characters, composed (NFC); a mark that cannot be composed stays with its letter.

    >>> tokenise("Flabébé")
    ('f', 'l', 'a', 'b', 'é', 'b', 'é')
    >>> tokenise("Weiß"), len(tokenise("Ọ̀ṣun"))
    (('w', 'e', 'i', 'ß'), 4)
    """
    if text.isascii():
        return tuple(text.lower())
    tokens: list[str] = []
    for char in unicodedata.normalize("NFC", text.lower()):
        # A mark apart from its letter could be drawn without one, or begin a name.
        if tokens and unicodedata.category(char).startswith("M"):
            tokens[-1] += char
        else:
            tokens.append(char)
    return tuple(tokens)
