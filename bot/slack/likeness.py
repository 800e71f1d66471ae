"""What is like the names of a message: the corpus that foretells them best, their lengths, their common beginning or
ending."""

from collections.abc import Sequence
from dataclasses import replace
from os.path import commonprefix
from typing import NamedTuple

import generator
from bot.commands import button_refs
from bot.commands.form import Filled
from bot.commands.parse import parse
from bot.commands.request import ShowForm
from bot.commands.shelf import kind
from bot.commands.who import Who
from bot.errors import BadInput
from bot.names.batch import Batch
from bot.names.library import Library
from bot.repositories import batches, defaults
from bot.slack.blocks.elements import buttons
from bot.slack.names_in import names_in
from bot.slack.post import time_left
from bot.store import Store, Unavailable
from bot.strings import forms as words
from corpora.tokens import tokenise

_SHARED = 2  # letters of a beginning or an ending that are no chance
_SPARE = 1.2  # seconds that opening the form needs


class Alike(NamedTuple):
    """The fields of a form, and a sentence about what they were made of."""

    filled: Filled
    found: str


def likeness(message: dict, library: Library, store: Store, who: Who, started: float) -> Alike:
    """What the form is to hold for a message; `started` is when it arrived, in time.monotonic() seconds."""
    fresh, ours = usual(library, store, who), _batch_in(message, store, who)
    if ours:
        again = replace(Filled.of(ours.asked, ours.kind), show=fresh.show)
        return Alike(again, words.names_found([name.name for name in ours.names], ours.request.corpus))
    names = names_in(message)
    if not names:
        return Alike(fresh, words.NO_NAMES)
    nearest, seen_all = nearest_corpus(names, library, started, fresh.corpus)
    said = replace(fresh, pattern=common_pattern(names), length=lengths(names), corpus=nearest or fresh.corpus)
    return Alike(said, words.names_found(names, nearest, seen_all))


def usual(library: Library, store: Store, who: Who) -> Filled:
    """A fresh form, with what the channel has set."""
    query = parse(ShowForm.verb, library.kinds(), usual=lambda: defaults.defaults(store, who)).query
    return Filled.of(query, kind(query.corpus, library.kinds()))


def _batch_in(message: dict, store: Store, who: Who) -> Batch | None:
    """The batch of ours that a message shows, if it is one that is still kept for this channel: its buttons say
    which."""
    for button in buttons(message):
        try:
            ref = button_refs.read(button.get("value"))
            if ref.kind == button_refs.BATCH:
                return batches.fetch(store, who, ref.id).batch
        except (BadInput, Unavailable):
            continue
    return None


def nearest_corpus(names: Sequence[str], library: Library, started: float, usual: str = "") -> tuple[str | None, bool]:
    """The corpus of letters under whose model the names are likeliest, and whether there was time for all that are at
    hand.

    The `usual` one is looked at first. A corpus that lacks letters of theirs comes after those that have them: letters
    that training never saw are likelier where more were seen.
    """
    letters = [card for card in library.shelf() if card.kind == "characters"]
    scores, late = {}, False
    for card in sorted(letters, key=lambda card: card.name != usual):
        if late := time_left(started) < _SPARE:
            break
        if not library.at_hand(card.name, generator.DEFAULT_MODEL):
            continue
        model = library.model(card.name, generator.DEFAULT_MODEL)
        tokens = [tokenise(name, card.kind) for name in names]
        lacking = sum(int((model.vocabulary.encode(each) < 0).sum()) for each in tokens)
        scores[card.name] = -lacking, float(generator.log_probs(model, tokens).sum())
    return max(scores, key=scores.__getitem__, default=None), not late


def common_pattern(names: Sequence[str]) -> str:
    """A pattern of the beginning or the ending that two or more names share; nothing where they share none.

    >>> common_pattern(["Golbase", "Bulbase"]), common_pattern(["Kingar", "Kingler"]), common_pattern(["Kingar"])
    ('...base', 'king...', '')
    """
    if len(names) < 2:
        return ""
    folded = [name.casefold() for name in names]
    beginning = commonprefix(folded)  # noqa: RUF071 - of letters, not of paths
    ending = commonprefix([name[::-1] for name in folded])[::-1]  # noqa: RUF071 - likewise
    shared = max(beginning, ending, key=len)
    if len(shared) < _SHARED or not shared.isalpha() or shared in folded:
        return ""
    return f"{shared}..." if shared == beginning else f"...{shared}"


def lengths(names: Sequence[str]) -> str:
    """From the shortest of the names to the longest; of one name, a letter less and more.

    >>> lengths(["Kingar", "Golbase"]), lengths(["Kingar"])
    ('6-7', '5-7')
    """
    counts, more = sorted(len(name) for name in names), 1 if len(names) == 1 else 0
    low, high = max(1, counts[0] - more), min(counts[-1] + more, generator.LONGEST)
    return str(low) if low == high else f"{low}-{high}"
