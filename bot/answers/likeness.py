"""More names like these: the form with the nearest corpus, the lengths and the common beginning or ending of names."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from os.path import commonprefix

import generator
from bot.answers.form import form, usual
from bot.answers.types import Form
from bot.commands.form import Filled
from bot.context import Context
from bot.errors import BadInput
from bot.names.batch import Batch
from bot.names.library import Library
from bot.repositories import batches
from bot.store import Unavailable
from bot.strings import forms as words
from corpora.tokens import tokenise

_SHARED = 2  # letters of a beginning or an ending that are no chance


def more_like(context: Context, ids: Iterable[str], names: Sequence[str], deadline: float) -> Form:
    """The form for more names like those of a message: of the first batch that is kept under one of these ids, or like
    `names`.

    Corpora are compared until the deadline, in time.monotonic() seconds.
    """
    fresh, batch = usual(context), _first_batch(context, ids)
    if batch:
        same = replace(Filled.of(batch.asked, batch.kind), show=fresh.show)
        found = words.names_found([name.name for name in batch.names], batch.request.corpus)
        return form(context, same, found, opening=True)
    if not names:
        return form(context, fresh, words.NO_NAMES, opening=True)
    nearest, seen_all = nearest_corpus(names, context.library, deadline, fresh.corpus)
    alike = replace(fresh, pattern=common_pattern(names), length=lengths(names), corpus=nearest or fresh.corpus)
    return form(context, alike, words.names_found(names, nearest, seen_all), opening=True)


def _first_batch(context: Context, ids: Iterable[str]) -> Batch | None:
    for id in ids:
        try:
            return batches.fetch(context, id).batch
        except (BadInput, Unavailable):
            continue
    return None


def nearest_corpus(names: Sequence[str], library: Library, deadline: float, usual: str = "") -> tuple[str | None, bool]:
    """The corpus of letters whose model gives the names the highest probability, and whether all loaded models were
    compared before the deadline, in time.monotonic() seconds.

    The `usual` corpus is compared first. A corpus that lacks letters of the names ranks after those that have them: the
    larger a corpus, the more probability its model gives an unseen letter.
    """
    letters = [card for card in library.shelf() if card.kind == "characters"]
    scores, late = {}, False
    for card in sorted(letters, key=lambda card: card.name != usual):
        if late := time.monotonic() > deadline:
            break
        if not library.at_hand(card.name, generator.DEFAULT_MODEL):
            continue
        model = library.model(card.name, generator.DEFAULT_MODEL)
        tokens = [tokenise(name, card.kind) for name in names]
        lacking = sum(int((model.vocabulary.encode(each) < 0).sum()) for each in tokens)
        scores[card.name] = -lacking, float(generator.log_probs(model, tokens).sum())
    return max(scores, key=scores.__getitem__, default=None), not late


def common_pattern(names: Sequence[str]) -> str:
    """A pattern of the longer of the common beginning and the common ending; empty if the names share neither.

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
    """The range of the names' lengths; for a single name one letter less to one more.

    >>> lengths(["Kingar", "Golbase"]), lengths(["Kingar"])
    ('6-7', '5-7')
    """
    counts, more = sorted(len(name) for name in names), 1 if len(names) == 1 else 0
    low, high = max(1, counts[0] - more), min(counts[-1] + more, generator.LONGEST)
    return str(low) if low == high else f"{low}-{high}"
