"""Vowels, and the runs of consonants and of vowels in the words of a name.

Each alphabet fixes its vowels. `y` is a vowel, accents do not matter, and `й` is a consonant.
"""

import re
import unicodedata
from functools import cache

from generator.folding import fold

VOWELS = frozenset("aeiouyæœəαεηιουωаеёиоуыэюяіїєѣ")
ALPHABETS = ("LATIN ", "GREEK ", "CYRILLIC ")  # those that write vowels
START, INSIDE, END, WHOLE = "start", "inside", "end", "whole"  # the place of a run in its word
APART = " "  # replaces everything between words: spaces, signs and digits
_OWN = "йў"  # without their breve they would be vowels
_runs_of = re.compile(f"[{''.join(sorted(VOWELS))}]+|[^{''.join(sorted(VOWELS))}]+").findall


@cache
def spell(token: str) -> str:
    """The letters of a token without accents; APART for any other character.

    >>> spell("É"), spell("ß"), spell("-"), spell("й"), spell("ポ")
    ('e', 'ss', ' ', 'й', ' ')
    """
    bare = token if token in _OWN else fold(token)
    return "".join(
        letter if unicodedata.name(letter, "").startswith(ALPHABETS) and letter.isalpha() else APART for letter in bare
    )


def is_vowel(letter: str) -> bool:
    """Whether a letter without accent is a vowel."""
    return letter in VOWELS


def runs_of(text: str) -> set[tuple[str, str]]:
    """The maximal runs of consonants and of vowels in a text of `spell`, each with its place in its word.

    A word of vowels alone is whole, start and end; a word of consonants alone is only whole.

    >>> sorted(runs_of("mr mime"))
    [('end', 'e'), ('inside', 'i'), ('inside', 'm'), ('start', 'm'), ('whole', 'mr')]
    """
    found: set[tuple[str, str]] = set()
    for word in text.split(APART):
        first, *others = _runs_of(word) or [""]
        if others:
            found.update([(START, first), (END, others[-1])], [(INSIDE, run) for run in others[:-1]])
        elif word:
            found.update([(where, word) for where in ((WHOLE, START, END) if is_vowel(word[0]) else (WHOLE,))])
    return found
