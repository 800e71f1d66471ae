"""The speed of the models that `benchmarks.quality` judged: `python -m benchmarks.speed [names.txt]`.

It uses one core, and one process after another. Every row stands beside a peer that was measured in the same run.
"""

import os

for library in ("OMP", "OPENBLAS", "MKL"):  # before numpy is imported: one core
    os.environ.setdefault(f"{library}_NUM_THREADS", "1")

import hashlib
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import generator
from benchmarks import completing, drawing, training
from benchmarks.quality import KEPT, first_fold, makemore_split, shelf_pokemon
from benchmarks.table import print_table


def subjects(names_file: str | None) -> Iterator[completing.Subject]:
    """Give the models to measure: that of pokemon, and that of the file of names if there is one."""
    train, test = first_fold(shelf_pokemon())
    yield _subject("pokemon", train, test)
    if names_file:
        train, _, test = makemore_split(names_file)
        yield _subject("names.txt", train, test)


def _subject(name: str, train: Sequence[str], test: Sequence[str]) -> completing.Subject:
    path = KEPT / f"{name.removesuffix('.txt')}.mix.npz"
    model = generator.load(path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
    return completing.Subject(name, model, train, test, default_acceptor(model), f"{path.name}, sha256 {digest}")


def default_acceptor(model: generator.Model) -> generator.Acceptor:
    """Give the automaton that keeps rude names out by default."""
    from bot.names.profanity import acceptor_for

    return acceptor_for(model.vocabulary)


def measured(names_file: str | None) -> Iterator[tuple[str, ...]]:
    """Give every row: queries of the models, and their training."""
    for subject in subjects(names_file):
        yield from completing.rows(subject)
        yield from drawing.rows(subject)
    yield from training.rows(first_fold(shelf_pokemon())[0], makemore_split(names_file)[0] if names_file else None)


def main(argv: list[str]) -> None:
    """Print the table."""
    missing = [
        name for name in ("pokemon", *(["names"] if argv else [])) if not Path(KEPT / f"{name}.mix.npz").is_file()
    ]
    if missing:
        sys.exit(
            f"no model of {' and '.join(missing)} in {KEPT}: run `python -m benchmarks.quality {' '.join(argv)}` first"
        )
    print_table(("what", "measured", "beside it", "aim", "model file"), measured(argv[0] if argv else None))


if __name__ == "__main__":
    main(sys.argv[1:])
