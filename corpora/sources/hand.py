"""Lists that were typed by hand for this project, from memory: facts, without a package to fetch."""

from functools import partial

from corpora.sources.source import BY_HAND, Files, Source, tidy, typed

_WORD = r"[^\W\d_]+"


def names(name: str, files: Files) -> list[str]:
    """What was typed in one word, in alphabetical order: of a few names in several words a model learns only to
    stumble."""
    return tidy(typed(name), _WORD)


def _source(name: str, style: str, title: str, line: str, samples: str) -> Source:
    return Source(title, line, tuple(samples.split(", ")), "MIT", partial(names, name), own=BY_HAND, style=style)


# By name: how its entries are written, its title, what it is, and five samples.
_LISTS = {
    "cheeses": (
        "capitalised",
        "Cheeses",
        "cheeses of the world",
        "Camembert, Gorgonzola, Manchego, Stilton, Västerbotten",
    ),
    "dinosaurs": (
        "capitalised",
        "Dinosaurs",
        "dinosaurs and some of their neighbours",
        "Brontosaurus, Triceratops, Velociraptor, Yutyrannus, Quetzalcoatlus",
    ),
    "gods": (
        "capitalised",
        "Gods",
        "gods of many peoples, some of them prayed to today",
        "Anansi, Freyja, Quetzalcoatl, Tsukuyomi, Zephyrus",
    ),
    "grapes": (
        "capitalised",
        "Grapes and wines",
        "grapes, wines and where they grow",
        "Blaufränkisch, Chardonnay, Nebbiolo, Tempranillo, Zinfandel",
    ),
    "ikea": (
        "upper",
        "Furniture",
        "products of a Swedish furniture shop, recalled by hand",
        "BILLY, KALLAX, POÄNG, FJÄLLBO, SÖDERHAMN",
    ),
    "ipsum-crypto": (
        "lower",
        "Crypto ipsum",
        "the words of the ledger",
        "airdrop, blockchain, mempool, stablecoin, validator",
    ),
    "ipsum-hipster": (
        "lower",
        "Hipster ipsum",
        "the words of the coffee shop",
        "affogato, kombucha, letterpress, shoreditch, sourdough",
    ),
    "minerals": (
        "capitalised",
        "Minerals",
        "minerals, gems and rocks",
        "Amethyst, Labradorite, Obsidian, Tourmaline, Zircon",
    ),
    "moons": (
        "capitalised",
        "Moons and small worlds",
        "moons, planets and asteroids",
        "Callisto, Enceladus, Ganymede, Makemake, Titania",
    ),
    "pasta": ("capitalised", "Pasta", "shapes of pasta", "Farfalle, Orecchiette, Rigatoni, Strozzapreti, Tagliatelle"),
    "stars": (
        "capitalised",
        "Stars",
        "stars by their own names",
        "Aldebaran, Betelgeuse, Rasalhague, Fomalhaut, Zubenelgenubi",
    ),
    "winds": ("capitalised", "Winds", "winds of the world", "Harmattan, Mistral, Pampero, Sirocco, Williwaw"),
}

SOURCES = {name: _source(name, *about) for name, about in _LISTS.items()}
