"""The share of names that cannot be said, drawn by default and with `sayable=off`, beside held-out real names.

Run `python -m benchmarks.sayable [CORPUS ...]`. The rule is that of the panels of raters, implemented with sets and
regular expressions and without the engine. A name cannot be said if it has no vowel, or four vowels in a row, or an
unknown cluster of consonants. A cluster is known at its place (the start, inside or the end of a word) if two entries of
the corpus or three of 10,000 English words have it there; inside a word, a known end and a known start together are
known too. Real names are held out in five folds, and judged by the rule of the other four. The table has every corpus
of Latin letters. tech has no aim, since its acronyms are names.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from benchmarks.table import print_table
from bot.commands.queries import Draw
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.settings import Settings
from corpora import english

DRAWN, FOLDS, SEED = 3_000, 5, 7
ACRONYMS = ("tech",)
WORD = re.compile("[a-zæœ]+")
FOUR_VOWELS = re.compile("[aeiouyæœ]{4}")
VOWEL = re.compile("[aeiouyæœ]")
CLUSTER = re.compile("[^aeiouyæœ]+")
Clusters = set[tuple[str, str]]


def words(name: str) -> list[str]:
    """Give the words of a name in small letters without accents."""
    plain = unicodedata.normalize("NFD", name.lower().replace("ß", "ss").translate(str.maketrans("ıøłđ", "iold")))
    return WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def clusters(name: str) -> Iterator[tuple[str, str]]:
    """Give each cluster of consonants with its place in its word; a word without a vowel has none."""
    for word in words(name):
        for found in CLUSTER.finditer(word) if VOWEL.search(word) else ():
            yield ("start" if found.start() == 0 else "end" if found.end() == len(word) else "inside"), found.group()


def heard(names: Iterable[str], least: int) -> Clusters:
    """Give the clusters that at least that many names have at a place."""
    counts = Counter(each for name in names for each in set(clusters(name)))
    return {each for each, n in counts.items() if n >= least}


def unsayable(name: str, known: Clusters) -> bool:
    """Tell whether a name cannot be said."""
    spelt = words(name)
    if not any(map(VOWEL.search, spelt)) or any(map(FOUR_VOWELS.search, spelt)):
        return True
    return not all(
        len(cluster) == 1
        or (where, cluster) in known
        or (
            where == "inside"
            and any(("end", cluster[:i]) in known and ("start", cluster[i:]) in known for i in range(1, len(cluster)))
        )
        for where, cluster in clusters(name)
    )


def share(names: Sequence[str], known: Clusters) -> float:
    """Give the share of names that cannot be said."""
    return sum(unsayable(name, known) for name in names) / len(names)


def held_out(entries: Sequence[str], common: Clusters) -> float:
    """Give the share of real names that cannot be said by the clusters of the others."""
    order = np.random.default_rng(SEED).permutation(len(entries))
    parts = [[entries[i] for i in order[fold::FOLDS]] for fold in range(FOLDS)]
    shares = [
        share(part, common | heard((name for other in parts if other is not part for name in other), 2))
        for part in parts
    ]
    return float(np.average(shares, weights=list(map(len, parts))))


def latin(entries: Sequence[str]) -> bool:
    """Tell whether most letters of some entries are Latin."""
    return sum(len("".join(words(name))) for name in entries) > sum(map(len, entries)) / 2


def drawn(library: Library, corpus: str, sayable: bool | None) -> list[str]:
    """Draw names of a corpus."""
    asked = Draw(corpus, count=DRAWN, seed=SEED, sayable=sayable)
    return [found.name for found in brainstorm(asked, library).names]


def rows(asked: Sequence[str], missed: list[str]) -> Iterator[tuple[str, ...]]:
    """Give a row for each corpus of Latin letters: its name, the number of draws, and the shares that cannot be said.

    The corpora that miss the aim are added to `missed`.
    """
    library, common = Library(Settings(on_lambda=False)), heard(english.common(), 3)
    for card in library.shelf():
        entries = library.corpus(card.name).entries if card.kind == "characters" else ()
        if (asked and card.name not in asked) or not latin(entries):
            continue
        known, names = common | heard(entries, 2), drawn(library, card.name, None)
        said, free = share(names, known), share(drawn(library, card.name, False), known)
        missed += [card.name] if said > 0 and card.name not in ACRONYMS else []
        yield f"`{card.name}`", f"{len(names):,}", f"{said:.2%}", f"{free:.1%}", f"{held_out(entries, common):.1%}"


if __name__ == "__main__":
    missed: list[str] = []
    head = ("corpus", "drawn", "cannot be said", "with `sayable=off`", "real, held out")
    print_table(head, rows(sys.argv[1:], missed))
    print(f"\nNone that cannot be said, but for tech: {'met' if not missed else 'missed by ' + ', '.join(missed)}.")
