"""Colours as people who name colours call them."""

import re
from collections import Counter

from corpora.sources.packages import Package
from corpora.sources.source import Files, Source, tidy

COLOURS = Package(
    "npm", "color-name-list", "14.29.0", "f752799d73906aa5ed09e56e76cb213e0a5af1758d6b73cc8b89ef2d9fe5d509"
)

_LETTERS = "[A-Za-zÀ-ÖØ-öø-ÿ]+"
# Colours called after drugs, bodies, crimes and quarrels: fun on a card of paint, less so in a meeting.
_DENIED = frozenset(
    [
        "absinthe",
        "babe",
        "bikini",
        "blood",
        "bloodbath",
        "bloodstain",
        "bloodthirsty",
        "bloody",
        "bondage",
        "booger",
        "bordello",
        "brothel",
        "busty",
        "cannabis",
        "cocaine",
        "corpse",
        "dead",
        "death",
        "drunk",
        "drunken",
        "duck",
        "erotic",
        "fetish",
        "flesh",
        "gangster",
        "gangsters",
        "geisha",
        "gigolo",
        "gun",
        "hell",
        "hitler",
        "hooker",
        "illicit",
        "jihad",
        "kamikaze",
        "killer",
        "kinky",
        "lolita",
        "lust",
        "lusty",
        "marijuana",
        "murder",
        "murderous",
        "naked",
        "nazi",
        "nipple",
        "nude",
        "nudist",
        "opium",
        "orgy",
        "pansy",
        "pimp",
        "poison",
        "poop",
        "porn",
        "puke",
        "queer",
        "rape",
        "redneck",
        "sex",
        "sexy",
        "sinful",
        "slave",
        "slut",
        "snot",
        "spank",
        "stripper",
        "suicide",
        "sultry",
        "terror",
        "thong",
        "urine",
        "vomit",
        "voodoo",
        "war",
        "weed",
        "whore",
        "wicked",
    ]
)


def names(files: Files) -> list[str]:
    """Of the best of the list, those of one word, and of two if the second is one that ten colours share (Blue,
    Mist)."""
    rows = files[COLOURS]["package/dist/colornames.bestof.csv"].decode().splitlines()[1:]
    names = [row.split(",")[0] for row in rows]
    found = [name for name in names if _DENIED.isdisjoint(name.lower().split())]
    behind = Counter(name.split()[-1] for name in found if len(name.split()) == 2)
    shared = "|".join(word for word, times in behind.items() if times >= 10 and re.fullmatch(_LETTERS, word))
    return tidy(found, f"{_LETTERS}(?: (?:{shared}))?", longest=18)


SOURCES = {
    "colours": Source(
        "Colours",
        "names of colours, of one or two words",
        ("Vermilion", "Periwinkle", "Cosmic Green", "Pineapple Gold", "Firefly Glow"),
        "MIT",
        names,
        (COLOURS,),
    )
}
