"""Heroes and villains of comics in one word."""

import json

from corpora.sources.packages import Package
from corpora.sources.source import Files, Source, tidy

HEROES = Package("npm", "superheroes", "4.0.0", "0ddf55eb132811bbc4179779ff592522e159c00356a76ea9604771ec9ca802a2")

# Not for a workplace; or beginnings and given names, which tell a model nothing of how heroes are called.
_DENIED = frozenset(
    [
        "big",
        "black",
        "blonde",
        "blue",
        "box",
        "brittany",
        "bruce",
        "buff",
        "buffy",
        "bug",
        "burka",
        "bushwacker",
        "cameltoe",
        "cecilia",
        "chastity",
        "cherry",
        "colleen",
        "crazy",
        "death",
        "dick",
        "donna",
        "dorothy",
        "dumb",
        "elongated",
        "emma",
        "fallen",
        "freak",
        "free",
        "gertrude",
        "gwen",
        "gypsy",
        "hal",
        "hank",
        "heather",
        "hitman",
        "holocaust",
        "holy",
        "hooded",
        "illuminati",
        "insect",
        "invisible",
        "jake",
        "jennifer",
        "jenny",
        "jess",
        "jesse",
        "jessica",
        "junta",
        "kelly",
        "kendra",
        "kim",
        "kimberly",
        "kyle",
        "little",
        "lynn",
        "mary",
        "matilda",
        "molly",
        "natasha",
        "negative",
        "orphan",
        "pantyman",
        "poison",
        "post",
        "queen",
        "rad",
        "randall",
        "random",
        "red",
        "russian",
        "samantha",
        "sara",
        "scalphunter",
        "secret",
        "skin",
        "stacy",
        "stephanie",
        "stick",
        "stripperella",
        "terror",
        "terry",
        "thing",
        "tim",
        "tomas",
        "toxin",
        "traci",
        "trauma",
        "ultravioletrrr",
        "voodoo",
        "wendy",
        "winged",
        "wong",
        "yellow",
    ]
)


def names(files: Files) -> list[str]:
    """Those of one word."""
    found = json.loads(files[HEROES]["package/superheroes.json"])
    return tidy((name for name in found if name.lower() not in _DENIED), "[A-Z][a-z]+", shortest=4, longest=16)


SOURCES = {
    "heroes": Source(
        "Heroes",
        "heroes and villains of comics in one word",
        ("Aquaman", "Galactus", "Nightcrawler", "Starfire", "Wolverine"),
        "MIT",
        names,
        (HEROES,),
    )
}
