"""Shuffled lists for blind raters: `python -m benchmarks.panel.make_lists FOLDER [--seed 1]`, then see protocol.md.

Every model is trained on four fifths of its corpus; of the last fifth come the real names. In FOLDER are written list-1.txt, list-2.txt …,
a name a line, which are all that a rater sees, and key.tsv with what each name is: no rater may see it.
"""

import argparse
import csv
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import corpora
import generator
from bot.asking.request import Request
from bot.finding.background_names import background
from bot.finding.brainstorm import brainstorm
from bot.finding.choosing import DRAWS, pick
from bot.finding.faults import Faults
from bot.finding.library import Library, kept
from bot.finding.scoring import judge
from bot.finding.score import totals
from bot.finding.screen import Screen
from bot.settings import Settings
from corpora import cards

CORPORA = ("pokemon", "tech", "ikea", "cities", "moons", "heroes")
REAL, CHOSEN, RAW, PEER = SYSTEMS = "real", "chosen", "raw", "markovify-3"
HELD_OUT = 5  # every fifth of the shuffled names
NAMES, COUNT = 15, 5  # of each corpus and system, and in a list as the bot gives it
LENGTHS = 4, 10  # letters
PEER_ORDER = 3


class Line(NamedTuple):
    """A name that is rated, and what it is."""

    corpus: str
    system: str
    name: str


class Fifths(Library):
    """A library whose corpora lack a seeded fifth of their names, with models of what is left; nothing is read from files or kept."""

    def __init__(self, seed: int, models: Path):
        super().__init__(Settings(models_dir=models), progress=lambda line: print(line, file=sys.stderr))
        self.seed = seed

    def whole(self, name: str) -> corpora.Corpus:
        """The corpus with all of its names."""
        return super().corpus(name)

    def held_out(self, name: str) -> list[str]:
        """The names that no model saw, in a seeded order."""
        return random.Random(self.seed).sample(entries := self.whole(name).entries, len(entries))[::HELD_OUT]

    def background(self, name: str) -> list[tuple[str, ...]]:
        return background(self.whole(name).sequences)

    @kept
    def corpus(self, name: str) -> corpora.Corpus:
        apart = set(self.held_out(name))
        entries = tuple(entry for entry in self.whole(name).entries if entry not in apart)
        return corpora.Corpus(replace(self.whole(name).card, count=len(entries), sha256=cards.digest(entries)), entries)


def lines(library: Fifths) -> Iterator[Line]:
    """What is rated, in no order that matters."""
    for corpus in CORPORA:
        asked = Request("generate", corpus, count=COUNT, length=LENGTHS)
        fitting = [name for name in library.held_out(corpus) if LENGTHS[0] <= len(name) <= LENGTHS[1] and " " not in name]
        yield from (Line(corpus, REAL, name) for name in fitting[:NAMES])
        yield from (Line(corpus, CHOSEN, name) for name in _asked(asked, library))
        yield from (Line(corpus, RAW, name) for name in _asked(replace(asked, raw=True), library))
        yield from (Line(corpus, PEER, name) for name in _peer(asked, library))


def _asked(request: Request, library: Fifths) -> list[str]:
    """The names of as many lists as are needed, each by a seed of its own; no name twice, and none that is held out."""
    found: dict[str, None] = {}
    apart = set(map(generator.key, library.whole(request.corpus).entries))
    for seed in range(library.seed, library.seed + 100):
        batch = brainstorm(replace(request, seed=seed), library)
        found |= dict.fromkeys(name.name for name in batch.names if generator.key(name.name) not in apart)
        if len(found) >= NAMES:
            break
    return list(found)[:NAMES]


def _peer(request: Request, library: Fifths) -> list[str]:
    """The best of as many draws of markovify's, by the same score and with no graver faults; every time the best, without turns."""
    import markovify
    import numpy as np

    corpus, judged = library.corpus(request.corpus), judge(request, library)
    chain = markovify.Chain([list(sequence) for sequence in corpus.sequences], PEER_ORDER)
    random.seed(library.seed)  # markovify draws by the module's own
    apart = {generator.key(entry) for entry in library.whole(request.corpus).entries}
    best: dict[str, None] = {}
    faults = Faults(library, request.corpus, (), Screen(corpus))
    while len(best) < NAMES:
        drawn: dict[str, None] = {}
        for _ in range(50 * DRAWS * COUNT):
            name = "".join(chain.walk())
            if LENGTHS[0] <= len(name) <= LENGTHS[1] and " " not in name and generator.key(name) not in apart:
                drawn[name] = None
            if len(drawn) == DRAWS * COUNT:
                break
        names = [name for name in drawn if corpus.write(tuple(name)) not in best]
        lengths = np.array(list(map(len, names)))
        nats = generator.log_probs(generator.judge(judged.model), names) / (lengths + 1)
        ends = np.array([judged.measure.endings(tuple(name)) for name in names])
        order = (-totals(judged.measure, nats, lengths, ends)).argsort(kind="stable").tolist()
        chosen = pick(order, COUNT, lambda place, most: faults(names[place], most), lambda place: faults.take(names[place]))
        best |= dict.fromkeys(corpus.write(tuple(names[place])) for place in chosen)
    return list(best)[:NAMES]


def write(rated: Sequence[Line], folder: Path, seed: int) -> None:
    """The lists, a corpus each, and the key."""
    folder.mkdir(parents=True, exist_ok=True)
    shuffled = random.Random(seed).sample(list(rated), len(rated))
    with open(folder / "key.tsv", "w", encoding="utf-8", newline="") as file:
        key = csv.writer(file, delimiter="\t")
        key.writerow(("list", "line", *Line._fields))
        for number, corpus in enumerate(CORPORA, 1):
            mine = list({generator.key(line.name): line for line in shuffled if line.corpus == corpus}.values())
            (folder / f"list-{number}.txt").write_text("".join(f"{line.name}\n" for line in mine), encoding="utf-8")
            key.writerows((number, place, *line) for place, line in enumerate(mine, 1))


def main() -> None:
    """Write the lists and the key."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1, help="which fifth is held out, and the seeds of the draws")
    asked = parser.parse_args()
    library = Fifths(asked.seed, asked.folder / "models")
    write(list(lines(library)), asked.folder, asked.seed)


if __name__ == "__main__":
    main()
