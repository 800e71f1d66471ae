"""Lists that were typed by hand for this project, from memory: facts, without a package to fetch."""

from functools import partial

from .source import BY_HAND, Files, Source, tidy, typed

_WORD = r"[^\W\d_]+"


def names(name: str, files: Files) -> list[str]:
    """What was typed in one word, each once, in alphabetical order: of few names in several words a model learns only to stumble."""
    return tidy(typed(name), _WORD)


def _source(name: str, title: str, line: str, samples: str, style: str = "capitalised") -> Source:
    return Source(title, line, tuple(samples.split(", ")), "MIT", partial(names, name), own=BY_HAND, style=style)


SOURCES = {
    "cheeses": _source("cheeses", "Cheeses", "cheeses of the world", "Camembert, Gorgonzola, Manchego, Stilton, Västerbotten"),
    "dinosaurs": _source("dinosaurs", "Dinosaurs", "dinosaurs and some of their neighbours",
                         "Brontosaurus, Triceratops, Velociraptor, Yutyrannus, Quetzalcoatlus"),
    "gods": _source("gods", "Gods", "gods of many peoples, some of them prayed to today", "Anansi, Freyja, Quetzalcoatl, Tsukuyomi, Zephyrus"),
    "grapes": _source("grapes", "Grapes and wines", "grapes, wines and where they grow", "Blaufränkisch, Chardonnay, Nebbiolo, Tempranillo, Zinfandel"),
    "ikea": _source("ikea", "Furniture", "products of a Swedish furniture shop, recalled by hand", "BILLY, KALLAX, POÄNG, FJÄLLBO, SÖDERHAMN", "upper"),
    "ipsum-crypto": _source("ipsum-crypto", "Crypto ipsum", "the words of the ledger", "airdrop, blockchain, mempool, stablecoin, validator", "lower"),
    "ipsum-hipster": _source("ipsum-hipster", "Hipster ipsum", "the words of the coffee shop", "affogato, kombucha, letterpress, shoreditch, sourdough", "lower"),
    "minerals": _source("minerals", "Minerals", "minerals, gems and rocks", "Amethyst, Labradorite, Obsidian, Tourmaline, Zircon"),
    "moons": _source("moons", "Moons and small worlds", "moons, planets and asteroids", "Callisto, Enceladus, Ganymede, Makemake, Titania"),
    "pasta": _source("pasta", "Pasta", "shapes of pasta", "Farfalle, Orecchiette, Rigatoni, Strozzapreti, Tagliatelle"),
    "stars": _source("stars", "Stars", "stars by their own names", "Aldebaran, Betelgeuse, Rasalhague, Fomalhaut, Zubenelgenubi"),
    "winds": _source("winds", "Winds", "winds of the world", "Harmattan, Mistral, Pampero, Sirocco, Williwaw"),
}
