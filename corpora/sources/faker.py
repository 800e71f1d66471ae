"""Lists from a package of sample data: animals, spices, elements and the words of meetings."""

import re
from collections import Counter
from collections.abc import Iterable

from corpora.sources.packages import Package
from corpora.sources.source import BY_HAND, Files, Source, tidy, typed

FAKER = Package("npm", "@faker-js/faker", "10.6.0", "13b79ed894af1a52a624fdb144384e1fd6c4afc1a30488830d3be64924333674")
_ENGLISH = "package/dist/en-Blck6vH3.js"

_WORD = r"[^\W\d_]+"
# Last words that are no bird by themselves, or not one that a name should sound of.
_NO_BIRDS = {"widow", "knee", "ear", "will", "chicken", "chat", "booby"}


def _list(files: Files, key: str) -> list[str]:
    """A list of the package's English data: minified JavaScript, either `a.b`.split(`.`) or [`a`,`b`]."""
    text = files[FAKER][_ENGLISH].decode()
    if found := re.search(rf"[{{,]{key}:`([^`]*)`\.split\(`(.)`\)", text):
        return found[1].split(found[2])
    if found := re.search(rf"[{{,]{key}:\[((?:`[^`]*`,?)+)\]", text):
        return re.findall("`([^`]*)`", found[1])
    raise ValueError(f"the package has no list of {key}")


def _titled(names: Iterable[str]) -> Iterable[str]:
    """Each word with a capital, whatever stands in it."""
    return (" ".join(word[:1].upper() + word[1:] for word in name.split()) for name in names)


def birds(files: Files) -> list[str]:
    """The last word of each bird (Avocet, Kiskadee): the first ones are colours, places and people."""
    last = (re.split("[ -]", bird)[-1] for bird in _list(files, "bird"))
    return tidy([*_titled(bird for bird in last if bird.lower() not in _NO_BIRDS), *typed("birds")], _WORD)


def dogs(files: Files) -> list[str]:
    """Breeds of one word, and of two if the second is a kind of dog (Terrier, Hound): one that stands behind three
    first words."""
    found = [dog for dog in _titled(_list(files, "dog")) if "Dog" not in dog.split()]
    behind = Counter(dog.split()[-1] for dog in found if len(dog.split()) == 2)
    kinds = "|".join(word for word, times in behind.items() if times >= 3)
    return tidy(found, f"{_WORD}(?: (?:{kinds}))?")


def horses(files: Files) -> list[str]:
    """Breeds of one word; `Horse` behind them goes, and with it those that are called after a people or a country (and
    one that this people does not call itself)."""
    breeds = []
    for breed in _list(files, "horse"):
        short = re.sub(" (Horses?|Pony|Ponies)$", "", breed)
        if short == breed or not short.endswith(("an", "ish", "ese", "'s")):
            breeds.append(short)
    return tidy(_titled(breed for breed in breeds if breed != "Gypsy"), _WORD)


def spices(files: Files) -> list[str]:
    """Spices, herbs and blends of one word."""
    return tidy(_titled([*_list(files, "spice"), *typed("spices")]), _WORD)


def elements(files: Files) -> list[str]:
    """The elements, and names that were given to some for a while."""
    rows = re.search(r"chemical_element:(\[.*?\])[,}]", files[FAKER][_ENGLISH].decode())[1]
    return tidy([*re.findall("name:`([^`]+)`", rows), *typed("elements")], _WORD)


def corporate(files: Files) -> list[str]:
    """The words of meetings: what companies do, how, and to what."""
    keys = ("buzz_adjective", "buzz_noun", "buzz_verb", "descriptor", "noun")
    return tidy((word.lower() for key in keys for word in _list(files, key)), "[a-z]+", shortest=4)


def _source(title: str, line: str, entries, samples: str, own: str = BY_HAND, style: str = "capitalised") -> Source:
    return Source(title, line, tuple(samples.split(", ")), "MIT", entries, (FAKER,), own, style=style)


SOURCES = {
    "birds": _source(
        "Birds", "birds of the world in one word", birds, "Avocet, Kiskadee, Hoopoe, Kookaburra, Whimbrel"
    ),
    "dogs": _source(
        "Dogs", "breeds of dogs", dogs, "Affenpinscher, Basenji, Komondor, Xoloitzcuintli, Bedlington Terrier", ""
    ),
    "horses": _source(
        "Horses", "breeds of horses", horses, "Appaloosa, Falabella, Lipizzan, Knabstrupper, Trakehner", ""
    ),
    "spices": _source("Spices", "spices, herbs and blends", spices, "Cardamom, Fenugreek, Galangal, Tarragon, Zaatar"),
    "elements": _source(
        "Elements",
        "chemical elements, and what some were called for a while",
        elements,
        "Hydrogen, Ytterbium, Oganesson, Nebulium, Coronium",
    ),
    "ipsum-corporate": _source(
        "Corporate ipsum",
        "the words of meetings",
        corporate,
        "synergistic, frictionless, blockchains, streamline, methodology",
        "",
        "lower",
    ),
}
