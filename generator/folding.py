"""Folding: equality of text regardless of case, accents, spaces and punctuation."""

import unicodedata

# Letters with a stroke or a dot that Unicode does not decompose into a letter and an accent.
_STROKES = str.maketrans("øđłħıŧ", "odlhit")


def fold(text: str) -> str:
    """The text without case and accents; patterns compare letters by it.

    >>> fold("Flabébé ÅNGE")
    'flabebe ange'
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(c for c in apart if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", bare).translate(_STROKES)


def key(text: str) -> str:
    """The key of a name: its letters and digits, folded. Names with equal keys are equal.

    A name of signs alone is its own key.

    >>> key("Mr. Mime") == key("mr-mime")
    True
    """
    folded = fold(text)
    if folded.isalnum():
        return folded
    return "".join(c for c in folded if c.isalnum()) or folded
