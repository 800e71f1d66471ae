"""Makes the lists on the shelf again: `python -m corpora.sources [NAME ...] [--into FOLDER]`."""

import argparse
import json
from functools import cache
from pathlib import Path

from corpora.cards import HERE, INDEX, digest
from corpora.sources import cities, colours, faker, fonts, hand, heroes, latin, lyrics, piano, pokemon, tech
from corpora.sources.packages import fetch
from corpora.sources.source import Source

_MODULES = (cities, colours, faker, fonts, hand, heroes, latin, lyrics, piano, pokemon, tech)
SOURCES: dict[str, Source] = {name: module.SOURCES[name] for module in _MODULES for name in module.SOURCES}

_fetched = cache(fetch)  # several lists are made from one package


def make(name: str, folder: Path) -> dict:
    """Writes one corpus's list into folder/data and returns its card as a row of the index."""
    source = SOURCES[name]
    lines = source.entries({package: _fetched(package) for package in source.packages})
    path = folder / "data" / f"{name}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes("".join(f"{line}\n" for line in lines).encode())
    return {"name": name, **source.about(), "count": len(lines), "sha256": digest(tuple(lines))}


def index(rows: list[dict], folder: Path) -> None:
    """Writes the index in folder: the rows that it had with these put in, in the order of their names."""
    path = folder / INDEX.name
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    by_name = {row["name"]: row for row in old + rows}
    text = json.dumps([by_name[name] for name in sorted(by_name)], ensure_ascii=False, indent=1)
    path.write_bytes(f"{text}\n".encode())


def main() -> None:
    """Makes what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m corpora.sources", description=__doc__.split(":")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which (all of {', '.join(SOURCES)} without)")
    parser.add_argument(
        "--into", type=Path, default=HERE, metavar="FOLDER", help="where to (the package itself without)"
    )
    wanted = parser.parse_args()
    if unknown := set(wanted.names) - SOURCES.keys():
        parser.error(f"no source for {', '.join(sorted(unknown))}; there are {', '.join(SOURCES)}")
    rows = [make(name, wanted.into) for name in wanted.names or SOURCES]
    index(rows, wanted.into)
    for row in rows:
        print(f"{row['name']}: {row['count']} entries from {row['source']}, sha256 {row['sha256']}")


if __name__ == "__main__":
    main()
