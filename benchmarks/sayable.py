"""How many names cannot be said, drawn as by default and with `sayable=off`, beside held-out real ones: `python -m
benchmarks.sayable [CORPUS ...]`.

The rule is that of the panels of raters, counted here with sets and regular expressions and nothing of the engine's: a
name cannot be said that has no vowel, or four vowels in a row, or a cluster of consonants at the start of a word,
inside it or at its end that stands there in fewer than two entries of the corpus and three of 10,000 English words, and
inside does not fall in an end and a start that do. Real names are held out in five folds; their rule is that of the
other four. Every corpus of Latin letters; for tech, whose acronyms are names, no aim.
"""

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from benchmarks.machine import machine
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
    """The words of a name in small letters without accents."""
    plain = unicodedata.normalize("NFD", name.lower().replace("ß", "ss").translate(str.maketrans("ıøłđ", "iold")))
    return WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter)))


def clusters(name: str) -> Iterator[tuple[str, str]]:
    """Each cluster of consonants with where it stands in its word; of a word without vowel none."""
    for word in words(name):
        for found in CLUSTER.finditer(word) if VOWEL.search(word) else ():
            yield ("start" if found.start() == 0 else "end" if found.end() == len(word) else "inside"), found.group()


def heard(names: Iterable[str], least: int) -> Clusters:
    """The clusters that stand somewhere in enough names."""
    counts = Counter(each for name in names for each in set(clusters(name)))
    return {each for each, n in counts.items() if n >= least}


def unsayable(name: str, known: Clusters) -> bool:
    """Whether a name cannot be said."""
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
    return sum(unsayable(name, known) for name in names) / len(names)


def held_out(entries: Sequence[str], common: Clusters) -> float:
    """The share of real names that cannot be said by what the others hold."""
    order = np.random.default_rng(SEED).permutation(len(entries))
    parts = [[entries[i] for i in order[fold::FOLDS]] for fold in range(FOLDS)]
    shares = [
        share(part, common | heard((name for other in parts if other is not part for name in other), 2))
        for part in parts
    ]
    return float(np.average(shares, weights=list(map(len, parts))))


def rows(asked: Sequence[str]) -> Iterator[tuple[str, int, float, float, float]]:
    """For each corpus of Latin letters: its name, how many were drawn, and the share of them, of those that were let in
    by sayable=off, and of real names."""
    library, common = Library(Settings(on_lambda=False)), heard(english.common(), 3)
    for card in library.shelf():
        entries = library.corpus(card.name).entries if card.kind == "characters" else ()
        if (asked and card.name not in asked) or sum(len("".join(words(name))) for name in entries) <= sum(
            map(len, entries)
        ) / 2:
            continue
        known = common | heard(entries, 2)
        drawn = {
            said: [
                name.name for name in brainstorm(Draw(card.name, count=DRAWN, seed=SEED, sayable=said), library).names
            ]
            for said in (None, False)
        }
        yield (
            card.name,
            len(drawn[None]),
            share(drawn[None], known),
            share(drawn[False], known),
            held_out(entries, common),
        )


if __name__ == "__main__":
    print(
        f"{machine()}\n\n| corpus | drawn | cannot be said | with `sayable=off` | real, held out |\n|---|---|---|---|---|"
    )
    missed = []
    for name, n, said, free, real in rows(sys.argv[1:]):
        print(f"| `{name}` | {n:,} | {said:.2%} | {free:.1%} | {real:.1%} |", flush=True)
        missed += [name] if said > 0 and name not in ACRONYMS else []
    print(f"\nNone that cannot be said, but for tech: {'met' if not missed else 'missed by ' + ', '.join(missed)}.")
