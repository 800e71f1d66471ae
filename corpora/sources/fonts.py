"""Typefaces in one word."""

import json
import re

from corpora.sources.packages import Package
from corpora.sources.source import Files, Source, tidy

FONTS = Package(
    "npm", "google-fonts-complete", "2.2.3", "29feb605bff0805d9b2dfcceb56109e4ccdd812f33a3fd97b864e73b7e8b5adc"
)

# What is said of a typeface's kind, width, script or number, and is not its name.
_KINDS = frozenset(
    [
        "Sans",
        "Serif",
        "Mono",
        "One",
        "Display",
        "Text",
        "Script",
        "Pro",
        "SC",
        "Slab",
        "Gothic",
        "Condensed",
        "Expanded",
        "Narrow",
        "Black",
        "Rounded",
        "Round",
        "Outline",
        "Inline",
        "Stencil",
        "Hand",
        "Cursive",
        "Antique",
        "Antiqua",
        "Libre",
        "Neue",
        "Nova",
        "Swash",
        "Brush",
        "Play",
        "Code",
        "Flex",
        "Web",
        "Caps",
        "Deca",
        "Exa",
        "Giga",
        "Mega",
        "Peta",
        "Tera",
        "Zetta",
        "Grotesk",
        "Grotesque",
        "Infant",
        "Office",
        "Unicase",
        "Upright",
        "Garamond",
        "Bangla",
        "Devanagari",
        "Gujarati",
        "Gurmukhi",
        "Kannada",
        "Latin",
        "Malayalam",
        "Odia",
        "Tamil",
        "Telugu",
        "Didone",
        "Decorative",
        "Titling",
        "Mincho",
        "Roman",
        "Font",
        "Type",
    ]
)


def names(files: Files) -> list[str]:
    """The typefaces of one word, and the first word of those whose second says only of what kind they are."""
    first = []
    for font in json.loads(files[FONTS]["package/google-fonts.json"]):
        word, *rest = font.split(" ")
        if _KINDS.issuperset(rest) and re.search("[a-z]", word):
            first.append(word)
    return tidy(first, r"[^\W\d_]+", longest=16)


SOURCES = {
    "fonts": Source(
        "Typefaces",
        "typefaces of a well-known library in one word",
        ("Baskervville", "Inconsolata", "Lobster", "Poppins", "Raleway"),
        "CC0-1.0",
        names,
        (FONTS,),
    )
}
