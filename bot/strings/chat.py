"""Answers in the channel: titles and small print of names, labels of buttons, why nothing fits, our own faults."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.commands.queries import MOST_CHOSEN, Complete, Generate
from bot.strings.names import SCORED, left_out
from bot.strings.phrasing import ENTRIES, command, example, holes, listed, many, shown
from bot.text import harmless

if TYPE_CHECKING:
    from bot.commands.queries import NamesQuery, Query
    from bot.names.batch import Batch


def title(batch: Batch, more: bool = False) -> str:
    """Write the title of a batch; if it has fewer names than asked for, say why."""
    asked = batch.request
    more = f"{'More new' if more else 'New'} {ENTRIES[batch.kind]}s"
    corpus = f"`{harmless(asked.corpus)}`"
    if asked.sought is None:
        sentence = f"{more} in the style of {corpus}"
    else:
        best = "the likeliest" if asked.sort else "likeliest first"
        ranked = "the likeliest of each length" if batch.many_lengths else best
        how = ranked if isinstance(asked, Complete) else "chosen" if batch.drawn else "drawn at random"
        sentence = f"{more} for {shown(asked.sought)} from {corpus}, {how}"
    if asked.sort:
        sentence += f", sorted by {asked.sort}"
    return sentence if len(batch.names) == asked.count else f"{sentence}; {the_end(batch)}"


def the_end(batch: Batch) -> str:
    """Say why there are fewer names than asked for."""
    return "no more fit" if batch.exact else "there may be more, but not where I could look in time"


ASKED_BY = "Asked for by "


def already(batch: Batch) -> str:
    """List the known names that fit the pattern. Lines have commas of their own, so slashes part them."""
    more = f" ({left})" if (left := _more_known(batch)) else ""
    return f"Already out there: {(', ' if batch.kind == 'characters' else ' / ').join(batch.known)}{more}"


def notes(batch: Batch, again: bool) -> list[str]:
    """The small print below names; `again` as in made_with."""
    return [*([already(batch)] if batch.known else []), made_with(batch, again)]


def _more_known(batch: Batch) -> str:
    left = batch.known_count - len(batch.known)
    return f"and {left:,} more" if left > 0 else ""


def made_with(batch: Batch, again: bool = True) -> str:
    """Write the small print: the model, the seed if it alone gives these names `again`, and any doubt of their order."""
    asked = batch.request
    seed = f"seed {batch.seed}" if batch.seed is not None and again else None
    chosen = f"chosen from {many(batch.drawn, 'draw')}" if batch.drawn else None
    doubt = None if batch.exact else in_doubt(batch.gap)
    scored = SCORED if asked.sort == "score" else None
    dropped = left_out(batch.dropped, batch.kind) if batch.dropped else None
    return " · ".join(
        part
        for part in (made_by(asked, batch.awaited), chosen, as_they_come(asked), seed, scored, doubt, dropped)
        if part
    )


def made_by(asked: Query, awaited: str | None = None) -> str:
    """Write the corpus, the model and its settings; the model may stand in for one that is `awaited`."""
    order = f"order {asked.order}" if asked.order is not None else None
    wild = f"wild {asked.wild:g}" if asked.wild != 1.0 else None
    copy = f"copy {asked.copy}" if asked.copy else None
    switch = getattr(asked, "sayable", None)  # `why` has none
    sayable = f"sayable {'on' if switch else 'off'}" if switch is not None else None
    metre = f"metre {asked.metre}" if asked.metre else None
    model = f"{asked.model} until {awaited} is trained" if awaited else asked.model
    return " · ".join(part for part in (harmless(asked.corpus), model, order, wild, copy, sayable, metre) if part)


def as_they_come(asked: NamesQuery) -> str | None:
    """Say why `generate` chose none of its names: the user said so, or there are too many; None if it did choose."""
    if not isinstance(asked, Generate) or asked.chosen:
        return None
    return "drawn as they come" if asked.raw else f"drawn as they come: at most {MOST_CHOSEN:,} are chosen"


def in_doubt(gap: float) -> str:
    """Say how far an order that is not exact may be off, from a gap in nats.

    >>> in_doubt(0.7)
    'a name left out may be up to 2 times as likely as the least likely one here'
    """
    if gap > math.log(1000):
        return "the order is a good guess: there are too many names to look at each"
    return f"a name left out may be up to {math.exp(gap):.2g} times as likely as the least likely one here"


MORE = "More"
RANK_INSTEAD = "Likeliest first"


def spoken_more(request: Query) -> str:
    what = (
        f"for {harmless(request.sought, 30)}" if request.sought else f"in the style of {harmless(request.corpus, 30)}"
    )
    return f"{many(request.count, 'more name')} {what}"


def spoken_instead(request: NamesQuery) -> str:
    how = "The likeliest names" if isinstance(request, Complete) else "The best of many draws"
    return f"{how} for {harmless(request.sought, 30)}"


def unfillable(request: Query, part: str, reason: str, kind: str) -> str:
    whose = " a space" if part == " " else f" {shown(part)}" if part else ""
    what = f"the pattern {shown(request.sought)}" if request.sought else "that"
    return (
        f"No {ENTRIES[kind]} from `{harmless(request.corpus)}` can fit {what}: {harmless(reason, 200)}{whose}.\n"
        f"{holes(kind)} For example {example('complete', kind, loose=True)}."
    )


_SIMPLER = {
    "characters": "complete ...a*b... length=7",
    "words": 'complete "... the * of ..." lyrics length=7',
    "notes": 'complete "... C4 * E4 ..." piano length=7',
    "spaced": 'complete "... the * of ..." length=7',
}


def tangled(request: Query, kind: str) -> str:
    return (
        f"The pattern {shown(request.sought)} can be read in more ways than I can follow in time.\n"
        f"Fewer holes between gaps, or a narrower length, make it simpler: for example {command(_SIMPLER[kind])}."
    )


def too_little_left(request: Query) -> str:
    looser = command(f"{harmless(request.corpus)} markov copy={(request.copy or 4) + 2}")
    return (
        f"With no more than {request.copy or 'a few'} in a row from one entry, `{request.model}` has too little left for me to find in time.\n"
        f"A greater `copy=`, or a model that looks back, leaves more: for example {looser}."
    )


def too_little_said(request: Query, freed: str) -> str:
    return (
        f"Too little of what `{request.model}` makes for {shown(request.sought) if request.sought else 'that'} can be said for me to find it in time.\n"
        f"`sayable=off` lets others in: {command(freed)}."
    )


def all_known(batch: Batch) -> str:
    fitting = f"{', '.join(map(harmless, batch.known))} {_more_known(batch)}".rstrip()
    one = ENTRIES[batch.kind]
    return f"Every {one} that fits {shown(batch.request.sought)} is known already: {fitting}.\n{_looser(batch.kind)}"


def _that_fits(asked: Query) -> str:
    return f"that fits {shown(asked.sought)}" if asked.sought else "of that length"


def all_copied(batch: Batch, most: int, freed: str) -> str:
    """Say that every name copies more than `most` tokens of an entry, and give the command `freed` of that limit."""
    asked = batch.request
    return (
        f"Every new {ENTRIES[batch.kind]} {_that_fits(asked)} has more than {most} in a row from one entry of `{harmless(asked.corpus)}`.\n"
        f"A greater `copy=` lets it: {command(freed)}."
    )


def all_unsayable(asked: Query, kind: str, freed: str) -> str:
    """Say that no name can be said, and give the command `freed` of that condition."""
    return (
        f"No new {ENTRIES[kind]} {_that_fits(asked)} can be said as those of `{harmless(asked.corpus)}` are.\n"
        f"`sayable=off` lets others in: {command(freed)}."
    )


def in_metre(signatures: Sequence[str], tonics: Sequence[str]) -> str:
    """Describe a tune in metre.

    >>> in_metre(["4/4", "3/4"], ["C", "A"])
    'whole bars of 4/4 or 3/4, and C or A as the last note'
    """
    last = f", and {listed(tonics, 'or')} as the last note" if tonics else ""
    return f"whole bars of {listed(signatures, 'or')}{last}"


def out_of_metre(asked: Query, metre: str, freed: str) -> str:
    """Say that no tune is in metre, and give the command `freed` of that condition."""
    return f"No new tune {_that_fits(asked)} is in metre: {metre}.\nOut of metre there are some: {command(freed)}."


def none_fits(batch: Batch) -> str:
    asked = batch.request
    what = shown(asked.sought) if asked.sought else "that length"
    nothing = f"No more new {ENTRIES[batch.kind]}s fit" if asked.continues else f"No new {ENTRIES[batch.kind]} fits"
    reach = "" if batch.exact else " as far as I could look in time"
    return f"{nothing} {what} with `{asked.model}` and `{harmless(asked.corpus)}`{reach}.\n{_looser(batch.kind)}"


def chain_ends(batch: Batch, mixed: str) -> str:
    """Say that a plain chain gives nothing more, and give the command `mixed`, which asks the mixture."""
    asked = batch.request
    sought, more = f" {shown(asked.sought)}" if asked.sought else "", "more " if asked.continues else ""
    return (
        f"No {more}new {ENTRIES[batch.kind]} fits{sought} with `chain` and `{harmless(asked.corpus)}`: it makes no step that it has not seen.\n"
        f"The mixture makes others too: {command(mixed)}."
    )


def _looser(kind: str) -> str:
    return f"A looser pattern leaves more room, for example {example('complete', kind, loose=True)}."


def broken(reference: str) -> str:
    return f"Something broke on my side; it was not your command. Reference `{reference}`: it stands in the log beside the cause."


NOT_MINE = "That button or form is none of mine, so there is nothing that I can do with it."
