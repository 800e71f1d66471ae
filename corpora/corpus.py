"""A corpus: its entries, as they are written and as tokens."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from corpora import cards, lines
from corpora.errors import CorpusError
from corpora.habits import Habits, learn
from corpora.style import written
from corpora.tokens import JOINERS, tokenise


@dataclass(frozen=True)
class Corpus:
    """Entries with their card, and what is to be known of how they were read."""

    card: cards.Card
    entries: tuple[str, ...] = field(repr=False)  # as written, NFC, each once
    dropped: tuple[tuple[int, str], ...] = ()  # the number (from 1) and the reason of each line that was left out
    origins: tuple[str, ...] = field(
        default=(), repr=False
    )  # the tune or song that each entry is from; empty where there is none
    copies: tuple[int, ...] = field(default=(), repr=False)  # how often each entry counts; empty where each counts once
    notes: tuple[str, ...] = ()  # what whoever brought it should know: guesses that were made, and that it is little
    said: Habits | None = None  # how its names are written besides the style, where it has no entries to learn it from

    @cached_property
    def sequences(self) -> tuple[tuple[str, ...], ...]:
        """The tokens of each entry, in the order of entries."""
        return tuple(tokenise(entry, self.card.kind) for entry in self.entries)

    @property
    def training(self) -> tuple[tuple[str, ...], ...]:
        """What a model is trained on: the sequences, in a blend each as often as it counts."""
        if not self.copies:
            return self.sequences
        return tuple(s for s, times in zip(self.sequences, self.copies, strict=True) for _ in range(times))

    def write(self, tokens: Sequence[str]) -> str:
        """An entry of these tokens, written the way the corpus writes its own.

        >>> load("pokemon").write(tuple("mr. morbase"))
        'Mr. Morbase'
        >>> load("lyrics").write(("now", ",", "i", "know"))
        'Now, I know'
        """
        if self.card.kind == "words":
            tokens = [self._spellings.get(token, token) for token in tokens]
        text = written(tokens, self.card.kind, self.card.style)
        return self.habits.write(text).strip(JOINERS) if self.card.kind == "characters" else text

    @cached_property
    def habits(self) -> Habits:
        """How its names are written besides the style."""
        return self.said or learn(
            (entry, written(tokens, "characters", self.card.style))
            for entry, tokens in zip(self.entries, self.sequences, strict=True)
            if self.card.style == "capitalised"
        )

    @cached_property
    def _spellings(self) -> dict[str, str]:
        """How words are spelt that are not in small letters within a line (I, Sunday), by their tokens."""
        seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for entry, tokens in zip(self.entries, self.sequences, strict=True):
            first = set(lines.starts(tokens))
            for i, word in enumerate(lines.words(entry)):
                # In front of a sentence every word has a capital, and only English I has it everywhere.
                if i not in first or word == "I" or word.startswith("I'"):
                    seen[tokens[i]][word] += 1
        usual = {token: max(spelt, key=spelt.__getitem__) for token, spelt in seen.items()}
        return {token: word for token, word in usual.items() if token != word}


def load(name: str) -> Corpus:
    """The corpus of that name from the shelf, or a blend (`pokemon*2+ikea`, see blends.py).

    Raises UnknownCorpus, or CorpusError if a file is not the one on its card or the blend cannot be.

    >>> load("tech").card.style
    'capitalised'
    """
    from corpora.blends import blend, parts  # it stands on this module

    blended = parts(name)
    if len(blended) > 1:
        return blend([(_load(part), weight) for part, weight in blended])
    return _load(blended[0][0])


def _load(name: str) -> Corpus:
    card = cards.card(name)
    path = cards.HERE / "data" / f"{name}.txt"
    rows = tuple(path.read_text(encoding="utf-8").splitlines())
    # Models are kept by this hash: a file that was edited by hand must not pass for the one that they were built from.
    if cards.digest(rows) != card.sha256:
        raise CorpusError(
            f"corpora/data/{name}.txt is not the file that its card describes",
            "the two are made together",
            f"make them again with `python -m corpora.sources {name}`",
        )
    entries, _, origins = zip(*(row.partition("\t") for row in rows), strict=False)
    return Corpus(card, entries, origins=origins if any(origins) else ())
