"""Shuffled lists for blind raters: `python -m benchmarks.panel.make_lists FOLDER [--seed 1]`, then see protocol.md.

Every model is trained on four fifths of its corpus; of the last fifth come the real names. In FOLDER are written
list-1.txt, list-2.txt …, a name a line, which are all that a rater sees, and key.tsv with what each name is: no rater
may see it.
"""

import argparse
import csv
import random
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import corpora
import generator
from bot.commands.queries import Generate
from bot.names.background_names import background
from bot.names.brainstorm import brainstorm
from bot.names.choosing import DRAWS, choose, pick, rare, waits
from bot.names.constraints import constraint_of
from bot.names.faults import Faults
from bot.names.library import Library, kept
from bot.names.profanity import ProfanityFilter
from bot.names.score import totals
from bot.names.scoring import judge, numbered
from bot.settings import Settings
from corpora import cards

CORPORA = ("pokemon", "tech", "ikea", "cities", "moons", "heroes")
REAL, CHOSEN, RAW, PEER = "real", "chosen", "raw", "markovify-3"
BEST, PEER_BEST = "chosen without turns", "markovify-3 without turns"
SYSTEMS = REAL, CHOSEN, RAW, PEER, BEST, PEER_BEST
HELD_OUT = 5  # every fifth of the shuffled names
NAMES, COUNT = 12, 5  # of each corpus and system, and in a list as the bot gives it
LENGTHS = 4, 10  # letters
PEER_ORDER, BEGIN, END = 3, "___BEGIN__", "___END__"  # markovify's


class Line(NamedTuple):
    """A name that is rated, and what it is."""

    corpus: str
    system: str
    name: str


class Fifths(Library):
    """A library whose corpora lack a seeded fifth of their names, with models of what is left; nothing is read from
    files or kept."""

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
        asked = Generate(corpus, count=COUNT, length=LENGTHS)
        fitting = [
            name for name in library.held_out(corpus) if LENGTHS[0] <= len(name) <= LENGTHS[1] and " " not in name
        ]
        chain = _peer(library, corpus)
        given = {
            REAL: fitting[:NAMES],
            CHOSEN: _lists(library, asked, lambda seed: _asked(replace(asked, seed=seed), library)),
            RAW: _lists(library, asked, lambda seed: _asked(replace(asked, seed=seed, raw=True), library)),
            PEER: _lists(library, asked, lambda seed: _best_of_peer(chain, asked, library, seed, turns=True)),
            BEST: _lists(library, asked, lambda seed: _best(asked, library, seed)),
            PEER_BEST: _lists(library, asked, lambda seed: _best_of_peer(chain, asked, library, seed, turns=False)),
        }
        yield from (Line(corpus, system, name) for system, names in given.items() for name in names)


def _lists(library: Fifths, request: Generate, give: Callable[[int], list[str]]) -> list[str]:
    """The names of as many lists as are needed, each by a seed of its own; no name twice, and none that is held out."""
    found: dict[str, None] = {}
    apart = set(map(generator.key, library.whole(request.corpus).entries))
    for seed in range(library.seed, library.seed + 100):
        found |= dict.fromkeys(name for name in give(seed) if generator.key(name) not in apart)
        if len(found) >= NAMES:
            break
    return list(found)[:NAMES]


def _asked(request: Generate, library: Fifths) -> list[str]:
    return [name.name for name in brainstorm(request, library).names]


def _best(request: Generate, library: Fifths, seed: int) -> list[str]:
    """A list as the bot would give it without turns."""
    model, corpus = (
        library.model(request.corpus, request.model, request.order, request.temperature),
        library.corpus(request.corpus),
    )
    found = choose(
        request,
        library,
        model,
        constraint_of(request, library, model.vocabulary),
        seed,
        (),
        ProfanityFilter(corpus),
        turns=False,
    )
    return [corpus.write(one.tokens) for one in found.found]


def _peer(library: Fifths, corpus: str):
    import markovify

    return markovify.Chain([list(sequence) for sequence in library.corpus(corpus).sequences], PEER_ORDER)


def _best_of_peer(chain, request: Generate, library: Fifths, seed: int, turns: bool) -> list[str]:
    """The best of as many draws of markovify's, by the same score, with no graver faults, and by turns as names of ours
    have them."""
    import numpy as np

    random.seed(seed)  # markovify draws by the module's own
    corpus, judged = library.corpus(request.corpus), judge(request, library)
    names = _drawn(chain, {generator.key(entry) for entry in corpus.entries})
    lengths = np.array(list(map(len, names)))
    nats = generator.log_probs(generator.judge(judged.model), names) / (lengths + 1)
    tokens, ids = numbered(names)
    total = totals(judged.reference, nats, ids, tokens)
    prob = np.array([_prob(chain, name) if turns else 0.0 for name in names])
    order = np.lexsort((-total, waits(prob, rare(request, library), np.random.default_rng(seed)))).tolist()
    faults = Faults(library, request.corpus, (), ProfanityFilter(corpus))
    chosen = pick(order, COUNT, lambda place, most: faults(names[place], most), lambda place: faults.take(names[place]))
    return [corpus.write(names[place]) for place in chosen]


def _drawn(chain, known: set[str]) -> list[tuple[str, ...]]:
    """As many distinct new names of usual length as a pool of ours has, as far as they come, as tokens."""
    drawn: dict[tuple[str, ...], None] = {}
    for _ in range(50 * DRAWS * COUNT):
        name = tuple(chain.walk())
        if LENGTHS[0] <= len(name) <= LENGTHS[1] and " " not in name and generator.key("".join(name)) not in known:
            drawn[name] = None
        if len(drawn) == DRAWS * COUNT:
            break
    return list(drawn)


def _prob(chain, name: tuple[str, ...]) -> float:
    """How probable markovify makes a name."""
    state, prob = (BEGIN,) * PEER_ORDER, 1.0
    for token in (*name, END):
        follows = chain.model[state]
        prob, state = prob * follows[token] / sum(follows.values()), (*state[1:], token)
    return prob


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
