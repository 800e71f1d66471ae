"""Ten names of every corpus, as `generate` chooses them, by one seed: `python -m benchmarks.samples`.

Beside them stands the longest run of tokens that a hundred names share with one entry.
"""

from collections.abc import Iterator, Sequence

from benchmarks.table import print_table
from bot.commands.queries import Generate
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.settings import Settings
from corpora.tokens import tokenise

SEED, SHOWN, DRAWN = 7, 10, 100


def rows() -> Iterator[tuple[str, str, str]]:
    """Give a row for each corpus: its name, ten names, and the longest run that was copied."""
    library = Library(Settings(on_lambda=False))
    for card in library.shelf():
        shown = (" / " if card.kind != "characters" else ", ").join(_names(library, card.name, SHOWN))
        yield f"`{card.name}`", shown, _copied(_names(library, card.name, DRAWN), library, card.name)


def _names(library: Library, corpus: str, count: int) -> list[str]:
    batch = brainstorm(Generate(corpus, count=count, seed=SEED), library)
    return [found.name for found in batch.names]


def _copied(names: Sequence[str], library: Library, corpus: str) -> str:
    """Give the length of the longest run that a name shares with an entry, and the kind of its tokens."""
    kind, entries = library.kind(corpus), library.corpus(corpus).sequences
    made = [tokenise(name, kind) for name in names]
    longest = next(size for size in range(max(map(len, made)), -1, -1) if _runs(made, size) & _runs(entries, size))
    return f"{longest} {'letters' if kind == 'characters' else kind}"


def _runs(sequences: Sequence[Sequence[str]], size: int) -> set[tuple[str, ...]]:
    """Give all runs of that many tokens."""
    return {tuple(s[i : i + size]) for s in sequences for i in range(len(s) - size + 1)}


if __name__ == "__main__":
    print_table(("corpus", "ten names, seed 7", "longest run copied"), rows())
