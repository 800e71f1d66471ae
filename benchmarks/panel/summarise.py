"""What blind raters thought: `python -m benchmarks.panel.summarise FOLDER`, where make_lists wrote the lists and raters
put ratings-*.tsv.

A rater's file has a line for each name: list, line, rating from 1 to 5, separated by tabs, no header needed.
"""

import argparse
import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np

from benchmarks.panel.fit import spearman
from benchmarks.panel.make_lists import CORPORA, SYSTEMS

Place = tuple[str, str]  # of a name: its list and its line


def key(folder: Path) -> dict[Place, tuple[str, str]]:
    """The corpus and the system of each name."""
    with open(folder / "key.tsv", encoding="utf-8", newline="") as file:
        return {
            (row["list"], row["line"]): (row["corpus"], row["system"]) for row in csv.DictReader(file, delimiter="\t")
        }


def ratings(path: Path) -> dict[Place, float]:
    """What one rater gave. Raises ValueError for what is no rating."""
    found = {}
    for row in path.read_text(encoding="utf-8").splitlines():
        place, line, rating, *_ = row.split("\t")
        if place.strip().isdigit():  # not the header
            found[place.strip(), line.strip()] = float(rating)
            if not 1 <= float(rating) <= 5:
                raise ValueError(f"{path.name}: a rating is from 1 to 5, not {rating}")
    return found


def rows(named: Mapping[Place, tuple[str, str]], raters: Iterable[Mapping[Place, float]]) -> Iterator[tuple[str, ...]]:
    """A row for each system, over all corpora and for each: mean, shares of 4 and 5, of 1 and 2, and of 1, and how many
    ratings."""
    rated = [(*named[place], rating) for rater in raters for place, rating in rater.items() if place in named]
    for corpus in (None, *CORPORA):
        for system in SYSTEMS:
            mine = np.array([rating for home, made_by, rating in rated if made_by == system and corpus in (None, home)])
            if len(mine):
                yield (
                    corpus or "all",
                    system,
                    f"{mine.mean():.2f} ± {mine.std() / np.sqrt(len(mine)):.2f}",
                    f"{np.mean(mine >= 4):.0%}",
                    f"{np.mean(mine <= 2):.1%}",
                    f"{np.mean(mine < 2):.1%}",
                    str(len(mine)),
                )


def agreement(raters: list[Mapping[Place, float]]) -> list[float]:
    """Spearman of each two raters on the names that both rated."""
    pairs = [(one, other) for i, one in enumerate(raters) for other in raters[:i]]
    return [
        spearman(*map(np.array, zip(*((one[place], other[place]) for place in one.keys() & other.keys()), strict=True)))
        for one, other in pairs
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    raters = [ratings(path) for path in sorted(folder.glob("ratings-*.tsv"))]
    print("| list | names | mean rating | 4 or 5 | 1 or 2 | 1 | ratings |\n|---|---|---|---|---|---|---|")
    for row in rows(key(folder), raters):
        print("| " + " | ".join(row) + " |")
    print(
        f"\n{len(raters)} raters; Spearman of each two: {', '.join(f'{rho:.2f}' for rho in agreement(raters)) or 'there is but one'}"
    )


if __name__ == "__main__":
    main()
