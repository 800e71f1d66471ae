"""How a corpus writes what its style does not say: `O'Brien`, `McEuin`, `van Neer`, `Plan (Class A)`, `Jae-hyun`.

Learned from the entries that the style alone would write otherwise, where at least TWICE and mostly (SURE) the corpus
does so: capitals behind a sign or behind a beginning, words in small letters.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

TWICE = 2  # entries
SURE = 0.8  # of the entries to which a habit could apply
SHARE = 0.005  # of all entries begin so, before a capital behind a beginning is a habit and no single brand's way
BEGINNINGS = (2, 3, 4)  # letters
_WORD = re.compile(r"[^\W\d_]+")
_APOSTROPHES = "'’ʼ"
_BETWEEN_WORDS = " -"


class Habits(NamedTuple):
    """after: whether a capital stands behind a sign, by the sign (an apostrophe by how much stands before it). small:
    words in small letters. within: beginnings of words behind which a capital stands."""

    after: dict[str, bool]
    small: frozenset[str]
    within: frozenset[str]

    def as_json(self) -> dict:
        """The habits as a model file keeps them."""
        return {"after": self.after, "small": sorted(self.small), "within": sorted(self.within)}

    @classmethod
    def of_json(cls, kept: object) -> "Habits":
        """Those that a model file kept; none where it kept something else."""
        kept = kept if isinstance(kept, dict) else {}
        after, small, within = (kept.get(field) for field in cls._fields)
        texts = [
            frozenset(one for one in found if isinstance(one, str)) if isinstance(found, list) else frozenset()
            for found in (small, within)
        ]
        signs = after.items() if isinstance(after, dict) else ()
        return cls({sign: capital for sign, capital in signs if isinstance(capital, bool)}, *texts)

    def write(self, text: str) -> str:
        """A name that the style has written, as the corpus writes it.

        >>> Habits({"short'": True}, frozenset(["van"]), frozenset(["mc"])).write("O'hara Mceuin Van Vann")
        "O'Hara McEuin van Vann"
        """
        for found in [*_WORD.finditer(text)] if any(self) else ():
            begin, word = found.start(), found[0]
            capital = self.after.get(_sign(text, begin))
            if word.lower() in self.small and _apart(text, found):
                capital = False
            if capital is not None:
                text = _cased(text, begin, capital)
            for size in BEGINNINGS:
                if word[:size].lower() in self.within and len(word) > size + 1:
                    text = _cased(text, begin + size, True)
        return text


def learn(pairs: Iterable[tuple[str, str]]) -> Habits:
    """The habits of a corpus, given its entries and how its style writes them.

    >>> learn([("O'Hara", "O'hara"), ("O'Shea", "O'shea"), ("van Dyke", "Van Dyke"), ("van Gent", "Van Gent")])
    Habits(after={"short'": True}, small=frozenset({'van'}), within=frozenset())
    """
    pairs = [pair for pair in pairs if len(pair[0]) == len(pair[1])]
    if all(entry == styled for entry, styled in pairs):
        return Habits({}, frozenset(), frozenset())
    capitals, smalls = Counter(), Counter()
    of_words, small_words = Counter(), Counter()
    begun, within = Counter(), Counter()
    for entry, _ in pairs:
        for found in _WORD.finditer(entry):
            word, sign = found[0], _sign(entry, found.start())
            (capitals if word[0].isupper() else smalls)[sign] += word[0] != word[0].swapcase()
            if _apart(entry, found):
                of_words[word.lower()] += 1
                small_words[word.lower()] += word.islower()
            for size in BEGINNINGS if len(word) > BEGINNINGS[0] + 1 else ():
                begun[word[:size].lower()] += 1
                within[word[:size].lower()] += word[:size].istitle() and word[size : size + 2].istitle()
    odd = Counter(key for entry, styled in pairs for key in _odd(entry, styled))
    often = max(TWICE, SHARE * len(pairs))
    after = {sign: capitals[sign] > smalls[sign] for sign in {*capitals, *smalls} - {""} if odd["after", sign] >= TWICE}
    sure = {sign for sign in after if max(capitals[sign], smalls[sign]) >= SURE * (capitals[sign] + smalls[sign])}
    return Habits(
        {sign: after[sign] for sign in sorted(sure)},
        frozenset(_sure(small_words, of_words, odd, "word", TWICE)),
        frozenset(_shortest(_sure(within, begun, odd, "within", often))),
    )


def _odd(entry: str, styled: str) -> Iterator[tuple[str, str]]:
    """What could be the habit where an entry and its styled form differ."""
    for found in _WORD.finditer(entry):
        begin, word = found.start(), found[0]
        if entry[begin] != styled[begin]:
            yield "after", _sign(entry, begin)
            yield "word", word.lower()
        for size in BEGINNINGS:
            if entry[begin + size : begin + size + 1] != styled[begin + size : begin + size + 1] and size < len(word):
                yield "within", word[:size].lower()


def _sure(counts: Counter, of: Counter, odd: Counter, kind: str, least: float) -> list[str]:
    return [key for key, n in counts.items() if odd[kind, key] >= least and n >= SURE * of[key]]


def _shortest(beginnings: Sequence[str]) -> list[str]:
    """Without those that go on where a shorter one ends."""
    return [one for one in beginnings if not any(one != other and one.startswith(other) for other in beginnings)]


def _sign(text: str, begin: int) -> str:
    """The sign before a word, empty at the start and behind a space; of an apostrophe, how much stands before it."""
    before = text[begin - 1] if begin else ""
    if before not in _APOSTROPHES or not before:
        return before.strip()
    joined = len(re.split(r"[\s-]", text[: begin - 1])[-1])
    return "short'" if 0 < joined <= 2 else "long'" if joined else ""


def _apart(text: str, word: re.Match) -> bool:
    """Whether a word stands between spaces, hyphens and edges, and something follows it."""
    before, behind = text[word.start() - 1 : word.start()], text[word.end() : word.end() + 1]
    return (not before or before in _BETWEEN_WORDS) and bool(behind) and behind in _BETWEEN_WORDS


def _cased(text: str, at: int, capital: bool) -> str:
    """A text with one letter as a capital or a small one, if that is one letter too."""
    letter = text[at].upper() if capital else text[at].lower()
    return text[:at] + letter + text[at + 1 :] if len(letter) == 1 else text
