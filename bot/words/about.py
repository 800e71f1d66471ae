"""What the bot says of itself: help, corpora and models."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.words.phrasing import COMMAND, ENTRIES, command, many

if TYPE_CHECKING:
    from corpora import Card


def spoken_run(line: str) -> str:
    return f"Run {COMMAND} {line}"


HELP = (
    "I find new names that sound like the ones you know, and fill in the holes of the ones you half have.",
    f"{command('pokemon')} draws new names in the style of a corpus",
    f"{command('complete mo***')} ranks what fits the holes: `*` is one unknown letter, `...` any number, `[aeiou]` one of these",
    f"{command('draw mo*** pokemon hmm 8')} draws instead; corpus, model and number of names go in any order",
    f"{command('why *u*a')} tells what is likely in each hole",
    f"{command('taken Mongo')} asks whether a name is taken, where whoever runs me has said whom to ask",
    "`length=6-8`, `wild=1.3` (bolder; `0.7` is tamer), `order=3` and `seed=7` say more, and quotes hold spaces",
    f"{command('corpora')} and {command('models')} list what there is to choose from",
)
CORPORA = "What names can be made from:"
MODELS = "How names can be made:"
MORE_SOURCES = "Where the others come from: techname corpora --json, or corpora/README.md"


_SAMPLES = 60  # characters of samples in a line


def corpus_line(card: Card) -> str:
    """What a corpus is, how much of it there is, and some of it."""
    samples = card.samples[:1]
    while len(samples) < len(card.samples) and len(", ".join(card.samples[: len(samples) + 1])) <= _SAMPLES:
        samples = card.samples[: len(samples) + 1]
    return f"`{card.name}` {how_many(card)}, {card.line}: {', '.join(samples)[:_SAMPLES]}{'…' if len(samples[0]) > _SAMPLES else ''}"


def how_many(card: Card) -> str:
    """How many entries of what kind.

    >>> import corpora
    >>> how_many(corpora.card("lyrics")), how_many(corpora.card("pokemon"))
    ('544 lines', '1,025 names')
    """
    return many(card.count, ENTRIES[card.kind])


def variants_line(cards: Sequence[Card]) -> str:
    """Corpora that are called after another one, with a name of each."""
    fewest, most = (f"{pick(card.count for card in cards):,}" for pick in (min, max))
    return f"{' '.join(f'`{card.name}`' for card in cards)} {fewest} to {most} each: {', '.join(card.samples[0] for card in cards)}"


def source_line(card: Card) -> str:
    return f"{card.name}: {card.source} ({card.licence}), {card.date}"


def model_line(name: str, line: str) -> str:
    return f"`{name}` {line}"
