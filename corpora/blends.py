"""Blends: several corpora as one, each with a weight (`pokemon+ikea`, `pokemon*2+ikea`).

Equal weights mean that a name is as likely to begin in one corpus as in the other, however many entries each has. A
model is trained on a blend like on any other list: its entries are repeated until each corpus has its share. Whole
copies were chosen over weights on the entries because every model, and every model to come, learns from a list without
knowing of blends.
"""

import hashlib
import re
from collections.abc import Sequence
from itertools import chain, zip_longest

from corpora import cards
from corpora.corpus import Corpus
from corpora.errors import CorpusError

HEAVIEST = 10  # a weight
MOST_PARTS = 5
_FORM = f"a blend is up to {MOST_PARTS} corpora with + between, each times a weight from 1 to {HEAVIEST} or as it is"
_EXAMPLE = "write it like pokemon*2+ikea"


def parts(text: str) -> tuple[tuple[str, int], ...]:
    """The corpora of the shelf and their weights in what names one of them or a blend; reads no data.

    Raises UnknownCorpus, and CorpusError for what is no blend.

    >>> parts("pokemon*2 + ikea"), parts("tech")
    ((('pokemon', 2), ('ikea', 1)), (('tech', 1),))
    """
    if "+" not in text and "*" not in text:
        return ((cards.card(text).name, 1),)
    weights: dict[str, int] = {}
    for part in text.split("+"):
        name, weight = _part(text, part)
        weights[name] = weights.get(name, 0) + weight
    if len(weights) > MOST_PARTS or max(weights.values()) > HEAVIEST:
        raise CorpusError(f"{text[:64]!r} blends too much", _FORM, _EXAMPLE)
    return tuple(weights.items()) if len(weights) > 1 else ((next(iter(weights)), 1),)


def _part(text: str, part: str) -> tuple[str, int]:
    """The name and the weight in `name*2`, `2*name` or `name`."""
    sides = [side.strip() for side in part.split("*")]
    numbers = [side for side in sides if re.fullmatch("[0-9]{1,3}", side)]
    names = [side for side in sides if side not in numbers]
    if len(names) != 1 or len(sides) > 2 or not names[0] or not 1 <= int(numbers[0] if numbers else 1) <= HEAVIEST:
        raise CorpusError(f"{text[:64]!r} is no blend", _FORM, _EXAMPLE)
    return cards.card(names[0]).name, int(numbers[0] if numbers else 1)


def blend(weighted: Sequence[tuple[Corpus, int]]) -> Corpus:
    """One corpus of several with their weights; its names are written the way of the heaviest, of equals the first.

    Raises CorpusError where tokens are of several kinds.
    """
    kinds = {corpus.card.kind for corpus, _ in weighted}
    if len(kinds) > 1:
        what = " and ".join(f"{corpus.card.name} is made of {corpus.card.kind}" for corpus, _ in weighted)
        raise CorpusError(what, "a blend is of one kind", "blend corpora of the same kind")
    # As few copies as leave none of the entries out: the corpus with the most entries for its weight has one of each.
    share = max(len(corpus.entries) / weight for corpus, weight in weighted)
    copies: dict[tuple[str, ...], int] = {}
    written: dict[tuple[str, ...], tuple[str, str]] = {}
    for corpus, weight in weighted:
        origins = corpus.origins or [""] * len(corpus.entries)
        times = spread(len(corpus.entries), round(share * weight))
        for tokens, entry, origin, n in zip(corpus.sequences, corpus.entries, origins, times, strict=True):
            copies[tokens] = copies.get(tokens, 0) + n
            written.setdefault(tokens, (entry, origin))
    entries, origins = zip(*written.values(), strict=False)
    return Corpus(
        _card(weighted, entries), entries, origins=origins if any(origins) else (), copies=tuple(copies.values())
    )


def spread(entries: int, total: int) -> list[int]:
    """How often each of so many entries counts so that all together count total: evenly, the odd ones strewn over the
    list.

    >>> spread(4, 6), spread(3, 3)
    ([1, 2, 1, 2], [1, 1, 1])
    """
    return [(i + 1) * total // entries - i * total // entries for i in range(entries)]


def _card(weighted: Sequence[tuple[Corpus, int]], entries: Sequence[str]) -> cards.Card:
    of = [corpus.card for corpus, _ in weighted]
    heaviest = max(weighted, key=lambda pair: pair[1])[0].card
    name = "+".join(f"{corpus.card.name}*{weight}" if weight > 1 else corpus.card.name for corpus, weight in weighted)
    known = "".join(f"{corpus.card.sha256}*{weight}\n" for corpus, weight in weighted)
    samples = filter(None, chain.from_iterable(zip_longest(*(card.samples for card in of))))
    return cards.Card(
        name=name,
        title=" + ".join(card.title for card in of),
        line=f"a blend of {' and '.join(card.name for card in of)}",
        kind=heaviest.kind,
        style=heaviest.style,
        source="; ".join(dict.fromkeys(card.source for card in of)),
        licence="; ".join(dict.fromkeys(card.licence for card in of)),
        date=max(card.date for card in of),
        count=len(entries),
        sha256=hashlib.sha256(known.encode()).hexdigest(),
        samples=tuple(samples)[:5],
    )
