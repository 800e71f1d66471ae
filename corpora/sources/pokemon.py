"""All Pokémon by their English names, in the order of the Pokédex."""

import json

from .packages import Package

POKEMON = Package("npm", "pokemon", "3.3.1", "da7e5af66fb4de8a6dc6470f69ebb541098d31f2a4ed7b12704fc79b45870e37")
PACKAGES = (POKEMON,)
ABOUT = {
    "title": "Pokémon",
    "line": "all 1,025 Pokémon by their English names",
    "kind": "characters",
    "style": "capitalised",
    "licence": "MIT",
    "date": "2026-11-23",
    "samples": ["Bulbasaur", "Mewtwo", "Mr. Mime", "Porygon-Z", "Flabébé"],
}


def names(files: dict[Package, dict[str, bytes]]) -> list[str]:
    """The names as the package has them."""
    return json.loads(files[POKEMON]["package/data/en.json"])
