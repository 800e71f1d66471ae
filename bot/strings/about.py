"""Help, and the lists of corpora, models and patterns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.strings.phrasing import COMMAND, ENTRIES, command, many

if TYPE_CHECKING:
    from corpora import Card


def spoken_run(line: str) -> str:
    return f"Run {COMMAND} {line}"


HELP = (
    "I find new names that sound like the ones you know, and fill in the holes of the ones you half have.",
    f"{command('pokemon')} gives new names in the style of a corpus, which is a list of names: the best of many draws",
    f"{command('complete mo***')} ranks what fits the holes: `*` is one unknown letter, `...` any number, `[aeiou]` one of these",
    f"{command('generate mo*** pokemon 8')} chooses among draws instead, {command('draw mo***')} gives them as they come; words go in any order",
    f"{command('help patterns')} has examples of everything that a pattern can say",
    f"{command('why *u*a')} tells what is likely in each hole",
    f"a vote beside a name begins a round: {command('shortlist')} shows it, {command('suggest NAME')}, {command('vote NAME')} and {command('drop NAME')} change it, {command('pick')} ends it",
    f"{command('round votes=3 anonymous=on hidden=on')} says how a round is voted in, {command('undo')} takes a pick back, {command('rounds')} shows old ones",
    f"{command('quiz')} asks everybody whether a name is a Pokémon, a technology or made up, {command('quiz board')} keeps score, {command('help quiz')} has the rules",
    f"{command('taken Mongo')} asks whether a name is taken, if whoever runs me has said whom to ask",
    f"{command('preview pokemon')} shows names to you first, {command('')} alone opens a form, {command('settings')} shows what this channel uses unasked",
    "`begins=mo`, `ends=a` and `contains=base` go with everything, and with one another",
    "`length=6-8`, `wild=1.3` (bolder; `0.7` is tamer), `order=3`, `seed=7`, `raw=on` (draws as they come), `sort=score` and, of tunes, `metre=3/4` say more, and quotes hold spaces",
    "names that are drawn can be said aloud; `sayable=off` lets others in, and `sayable=on` leaves them out of the likeliest too",
    f"{command('corpora')} and {command('models')} list what there is to choose from",
)
PATTERNS = "What a pattern can say; every line can be pasted as it stands:"
PATTERN_EXAMPLES = {
    "complete mo***": "each `*` is one letter: mo and three more",
    "complete ***base pokemon": "holes may come first",
    "complete ...base": "`...` is any number of letters, none included",
    "complete b...o...y length=6-8": "several of them; `length=` is that of the whole name",
    "complete contains=base begins=m": "what a name begins with, ends with and contains, each a piece of a pattern",
    "complete m[aeiou]**": "`[aeiou]` is one of these letters",
    "complete [a-f]*[^aeiou]a pokemon": "`[a-f]` is a range, `[^aeiou]` anything but these",
    "complete ho-*** pokemon": "signs stand for themselves, and so do letters, whatever their case and accents",
    'complete "mr. ***" pokemon': "quotes hold spaces",
    "generate mo... pokemon 8": "`generate` in place of `complete`: the best of many draws, others each time",
    "draw mo... pokemon 8": "`draw`: draws as they come",
    "why *u*a": "what is likely in each hole",
    'complete "can you * the ..." lyrics 3': "in lines `*` is one word, `...` any number of words",
    'complete "the [sun|moon] ..." lyrics 3': "`[sun|moon]` is one of these words",
    'complete "C4 * E4 ..." piano 3': "in melodies `*` is one note; C4 is of any length, `C4:0.5` an eighth",
    'complete "... G4 * C5" piano 3 metre=3/4': "whole bars of three; unasked tunes are in a metre of their corpus, and `metre=off` lets them be",
}
CORPORA = "What names can be made from:"
MODELS = "How names can be made:"
MORE_SOURCES = "Where the others come from: techname corpora --json, or corpora/README.md"
_SAMPLES = 60  # characters of samples in a line


def corpus_line(card: Card) -> str:
    """Describe a corpus: its size, its line, and samples."""
    samples = card.samples[:1]
    while len(samples) < len(card.samples) and len(", ".join(card.samples[: len(samples) + 1])) <= _SAMPLES:
        samples = card.samples[: len(samples) + 1]
    return f"`{card.name}` {how_many(card)}, {card.line}: {', '.join(samples)[:_SAMPLES]}{'…' if len(samples[0]) > _SAMPLES else ''}"


def how_many(card: Card) -> str:
    """Count the entries of a corpus, with their noun.

    >>> import corpora
    >>> how_many(corpora.card("lyrics")), how_many(corpora.card("pokemon"))
    ('544 lines', '1,025 names')
    """
    return many(card.count, ENTRIES[card.kind])


def variants_line(cards: Sequence[Card]) -> str:
    """Describe the variants of a corpus, with a sample of each."""
    fewest, most = (f"{pick(card.count for card in cards):,}" for pick in (min, max))
    return f"{' '.join(f'`{card.name}`' for card in cards)} {fewest} to {most} each: {', '.join(card.samples[0] for card in cards)}"


def pattern_line(line: str, said: str) -> str:
    return f"{command(line)} {said}"


def source_line(card: Card) -> str:
    return f"{card.name}: {card.source} ({card.licence}), {card.date}"


def model_line(name: str, line: str) -> str:
    return f"`{name}` {line}"
