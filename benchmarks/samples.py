"""Ten names of every corpus on the shelf, as `generate` chooses them: `python -m benchmarks.samples`. One seed for all,
nothing picked by hand.

Beside them the longest run of tokens that a hundred draws took from one entry.
"""

from collections.abc import Iterator, Sequence

from bot.commands.queries import Generate
from bot.names.brainstorm import brainstorm
from bot.names.library import Library
from bot.settings import Settings
from corpora.tokens import tokenise

SEED, SHOWN, DRAWN = 7, 10, 100


def rows() -> Iterator[tuple[str, str, str]]:
    """A row a corpus: its name, ten names, and the longest run that was copied."""
    library = Library(Settings(on_lambda=False))
    for card in library.shelf():
        names = [name.name for name in brainstorm(Generate(card.name, count=DRAWN, seed=SEED), library).names]
        shown = [name.name for name in brainstorm(Generate(card.name, count=SHOWN, seed=SEED), library).names]
        yield (
            f"`{card.name}`",
            (" / " if card.kind != "characters" else ", ").join(shown),
            _copied(names, library, card.name),
        )


def _copied(names: Sequence[str], library: Library, corpus: str) -> str:
    """The longest run that any of the names has in common with one entry, and what its tokens are."""
    kind, entries = library.kind(corpus), library.corpus(corpus).sequences
    made = [tokenise(name, kind) for name in names]
    longest = next(size for size in range(max(map(len, made)), -1, -1) if _runs(made, size) & _runs(entries, size))
    return f"{longest} {'letters' if kind == 'characters' else kind}"


def _runs(sequences: Sequence[Sequence[str]], size: int) -> set[tuple[str, ...]]:
    """All runs of so many tokens."""
    return {tuple(s[i : i + size]) for s in sequences for i in range(len(s) - size + 1)}


if __name__ == "__main__":
    print("| corpus | ten names, seed 7 | longest run copied |\n|---|---|---|")
    for row in rows():
        print("| " + " | ".join(row) + " |", flush=True)
