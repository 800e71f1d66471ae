"""Makes the lists of what a workplace must never see: `python -m corpora.sources.rude [--into FOLDER]`.

From lists kept by hand (typed/rude/, in rot13 so that nobody reads them by accident: `python -m corpora.sources.rude
--show stems`) and two packages. Every spelling is written out here, so that who reads the lists need only fold.
"""

import argparse
import codecs
import itertools
import json
import re
from collections.abc import Iterable
from pathlib import Path

from corpora.cards import HERE
from corpora.rude import fold
from corpora.sources.packages import Package, fetch
from corpora.sources.source import TYPED, Files

NAUGHTY = Package("npm", "naughty-words", "1.2.0", "c34b05e10a97ec7b9e0c3dd91d09888187c0f08d0812eaea79679795585b217e")
CUSS = Package("npm", "cuss", "2.2.0", "66b19c6086d3fb3eac3769daf97dd695290ecc24b0fddbc30688418c629b776f")
PACKAGES = (NAUGHTY, CUSS)
LANGUAGES = ("en", "de", "fr", "es", "it", "nl")
SURE = "2"  # of cuss's ratings, a word that is hardly ever meant well
SHORT, LONG = 6, 6  # letters
# How the same sound may be spelt. Only what the folding leaves: it makes no difference of y and i.
_RESPELT = (("ck", "kk"), (r"c(?![eihk])", "k"), ("f", "ph"))


def typed(name: str) -> list[str]:
    """What stands in a list kept by hand: words in rot13, `(a|b)` for what may vary; a line with # in front is a
    remark."""
    lines = (TYPED / "rude" / f"{name}.txt").read_text(encoding="ascii").splitlines()
    return codecs.decode(" ".join(line for line in lines if not line.startswith("#")), "rot13").split()


def varied(word: str) -> list[str]:
    """All that a word with `(a|b)` in it stands for.

    >>> varied("gr(e|a)y")
    ['grey', 'gray']
    """
    parts = [part.split("|") for part in re.split(r"[()]", word)]
    return ["".join(some) for some in itertools.product(*parts)]


def respelt(word: str) -> set[str]:
    """A folded word in all its spellings; one of few letters in its own alone, since others are other words.

    >>> sorted(respelt("connaff")), respelt("cuf")
    (['connaff', 'connafph', 'connaphf', 'connaphph', 'konnaff', 'konnafph', 'konnaphf', 'konnaphph'], {'cuf'})
    """
    if len(word) < LONG:
        return {word}
    parts = [(word,)]
    for sound, other in _RESPELT:
        parts = [piece for part in parts for piece in _either(part, sound, other)]
    return {"".join(some) for some in itertools.product(*parts)}


def _either(part: tuple[str, ...], sound: str, other: str) -> list[tuple[str, ...]]:
    """A part of a word that may be spelt in one way, cut where a sound has two; one with two spellings as it is."""
    if len(part) > 1:
        return [part]
    pieces = re.split(f"({sound})", part[0])
    return [(piece, other) if i % 2 else (piece,) for i, piece in enumerate(pieces) if piece]


def stems() -> set[str]:
    """The hand-kept stems in all spellings."""
    return {spelling for stem in typed("stems") for one in varied(stem) for spelling in respelt(fold(one))}


def words(files: Files, hard: set[str]) -> set[str]:
    """What is rude as a whole word and holds no stem: the packages' single words, short ones if both have them; and
    some by hand.

    Of few letters nearly everything is a word or a place somewhere.
    """
    one, other = ({fold(word) for word in listed if " " not in word} for listed in (naughty(files), cuss(files)))
    listed = {word for word in one | other if len(word) > SHORT or word in one & other} - set(
        map(fold, typed("harmless"))
    )
    return {word for word in listed | set(map(fold, typed("alone"))) if not any(stem in word for stem in hard)}


def short() -> set[str]:
    """The hand-kept short words in all spellings."""
    return {spelling for word in typed("short") for one in varied(word) for spelling in respelt(fold(one))}


def naughty(files: Files) -> Iterable[str]:
    """The words of naughty-words in six languages."""
    for language in LANGUAGES:
        yield from json.loads(files[NAUGHTY][f"package/{language}.json"])


def cuss(files: Files) -> Iterable[str]:
    """The words that cuss is sure of."""
    rated = re.findall(r"""^\s+['"]?([^:\n]+?)['"]?: (\d),?$""", files[CUSS]["package/index.js"].decode(), re.MULTILINE)
    return [word for word, sure in rated if sure == SURE]


def make(folder: Path) -> None:
    """Write the lists into folder/data/rude."""
    hard = stems()
    lists = {
        "stems": hard,
        "words": words({package: fetch(package) for package in PACKAGES}, hard),
        "short": short(),
        "endings": set(map(fold, typed("endings"))),
        "allowed": set(map(fold, typed("allowed"))),
        "names": set(map(fold, typed("names"))),
        "made": set(map(fold, typed("made"))),
    }
    target = folder / "data" / "rude"
    target.mkdir(parents=True, exist_ok=True)
    for name, listed in lists.items():
        (target / f"{name}.txt").write_bytes(
            codecs.encode("".join(f"{word}\n" for word in sorted(listed)), "rot13").encode()
        )
        print(f"{name}: {len(listed)}")


def main() -> None:
    """Make the lists, or show one that is kept by hand."""
    parser = argparse.ArgumentParser(prog="python -m corpora.sources.rude", description=__doc__.split(":")[0])
    parser.add_argument(
        "--into", type=Path, default=HERE, metavar="FOLDER", help="where to (the package itself without)"
    )
    parser.add_argument(
        "--show",
        metavar="LIST",
        help="show stems, short, endings, alone, harmless, allowed, names or made instead, in clear",
    )
    asked = parser.parse_args()
    if asked.show:
        print("\n".join(typed(asked.show)))
    else:
        make(asked.into)


if __name__ == "__main__":
    main()
