"""Letters as runs: which are vowels, and the runs of consonants and of vowels that the words of a name fall into.

That a letter is a vowel is a fact of its alphabet. `y` counts as one, and an accent makes no difference; `й` is a
letter of its own.
"""

import re
import unicodedata
from functools import cache

from generator.folding import fold

VOWELS = frozenset("aeiouyæœəαεηιουωаеёиоуыэюяіїєѣ")
ALPHABETS = ("LATIN ", "GREEK ", "CYRILLIC ")  # those with vowels that are written
START, INSIDE, END, WHOLE = "start", "inside", "end", "whole"  # where in a word a run stands
APART = " "  # stands for all that is between words: spaces, signs and digits
_OWN = "йў"  # without their sign they would be vowels
_runs_of = re.compile(f"[{''.join(sorted(VOWELS))}]+|[^{''.join(sorted(VOWELS))}]+").findall


@cache
def spell(token: str) -> str:
    """The letters that a token stands for, without accents; APART for what is no letter of an alphabet with vowels.

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
    """The longest runs of consonants and of vowels in a text that was spelt, each with where in its word it stands.

    A word of vowels alone begins and ends with them; one of consonants alone has neither a beginning nor an end that
    could be said.

    >>> sorted(runs_of("mr mime"))
    [('end', 'e'), ('inside', 'i'), ('inside', 'm'), ('start', 'm'), ('whole', 'mr')]
    """
    found = set()
    for word in text.split(APART):
        first, *others = _runs_of(word) or [""]
        if others:
            found.update([(START, first), (END, others[-1])], [(INSIDE, run) for run in others[:-1]])
        elif word:
            found.update([(where, word) for where in ((WHOLE, START, END) if is_vowel(word[0]) else (WHOLE,))])
    return found
