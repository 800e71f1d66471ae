"""What can be said, by sets and regular expressions: the oracle of the acceptor, which shares no code with it."""

import re
import unicodedata
from collections import Counter

VOWELS = "aeiouyæœə" + "αεηιουω" + "аеёиоуыэюяіїєѣ"
LETTERS = re.compile(r"[a-zа-яёёіїєўα-ωæœəßðþ]+")
PARTS = re.compile(rf"(?P<vowels>[{VOWELS}]+)|(?P<consonants>[^{VOWELS}]+)")


def small_letters(name):
    """Small letters without accents; й keeps its sign."""
    apart = unicodedata.normalize(
        "NFD", name.casefold().replace("й", "Q").replace("ı", "i").replace("ø", "o").replace("ł", "l").replace("đ", "d")
    )
    return "".join(letter for letter in apart.replace("Q", "й") if not unicodedata.combining(letter))


def runs_with_places(name):
    """Each run of a name with where it stands in its word; a word of vowels stands at its start and end."""
    for word in LETTERS.findall(small_letters(name)):
        runs = [run.group() for run in PARTS.finditer(word)]
        for i, run in enumerate(runs):
            vowels = run[0] in VOWELS
            if len(runs) == 1:
                yield "whole", run, vowels
            else:
                yield ("start" if i == 0 else "end" if i == len(runs) - 1 else "inside"), run, vowels


def counted(names):
    """In how many names each run stands where."""
    return Counter(
        key
        for name in names
        for key in {
            (where, run)
            for place, run, vowels in runs_with_places(name)
            for where in (("whole", "start", "end") if place == "whole" and vowels else (place,))
        }
    )


def held(counts, least):
    return {
        (where, run) for (where, run), n in counts.items() if n >= least and not (run[0] in VOWELS and len(run) > 3)
    }


def joined(held):
    """Every run of consonants that is an end and a start in one."""
    at = {
        where: {run for place, run in held if place == where and run[0] not in VOWELS}
        for where in ("start", "inside", "end")
    }
    apart = {end + start for end in at["end"] for start in at["start"] if end[-1] != start[0]}
    shared = {
        run + start[1:]
        for run in at["inside"]
        for start in at["start"]
        if len(run) > 1 and len(start) > 1 and run[-2] == run[-1] == start[0] != start[1]
    }
    return apart | shared


def said(name, held, spelt_out=frozenset(), inside=None):
    """Whether every run of a name can be said where it stands."""
    inside = joined(held) if inside is None else inside

    def fine(where, run, vowels):
        if (where, run) in held:
            return True
        if where == "whole":
            return fine("start", run, vowels) and fine("end", run, vowels) if vowels else len(run) in spelt_out
        return len(run) == 1 or (where == "inside" and run in inside)

    return all(fine(*place) for place in runs_with_places(name))
