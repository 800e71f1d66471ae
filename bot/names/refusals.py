"""Why no new name fits: the names that fit cannot be said, or copy too much, or are in no metre, or a plain chain makes
none, or all are known. Each with a command that gives names, if there is one."""

from collections.abc import Callable
from dataclasses import replace

import generator
from bot.commands.queries import NO_METRE, NamesQuery
from bot.errors import BadInput, NothingFits
from bot.names import tunes
from bot.names.batch import Batch
from bot.names.constraints import COPIED, constraint_of, most_copied
from bot.names.library import Library
from bot.strings import chat as words

Fits = Callable[[NamesQuery], bool]  # whether any new name fits a query


def refusal(batch: Batch, library: Library, fits: Fits) -> NothingFits:
    """The refusal for a batch without names; the first reason that holds is said."""
    asked, complete = batch.request, batch.exact and not batch.request.continues
    if batch.said and complete and (freed := _freed(asked, fits, sayable=False)):
        return unsayable(asked, batch.kind, freed)
    if not _may_be_in_metre(batch, library) and (out := _out_of_metre(asked, library, fits)):
        return out
    if asked.model == "chain" and (asked.sought or batch.kind in COPIED):
        mixed = replace(asked, model=generator.DEFAULT_MODEL, order=None).command()
        return NothingFits(words.chain_ends(batch, mixed), [mixed])
    most = most_copied(asked, library)
    if most and complete and (freed := _freed(asked, fits, copy=generator.LONGEST)):
        return NothingFits(words.all_copied(batch, most, freed), [freed])
    if complete and tunes.in_metre(asked, library) and (out := _out_of_metre(asked, library, fits)):
        return out
    return NothingFits((words.all_known if batch.known_count and complete else words.none_fits)(batch))


def refuse_unsayable(asked: NamesQuery, kind: str, fits: Fits) -> None:
    """Raise NothingFits if names fit that cannot be said, with the command that lets them in."""
    if freed := _freed(asked, fits, sayable=False):
        raise unsayable(asked, kind, freed)


def unsayable(asked: NamesQuery, kind: str, freed: str) -> NothingFits:
    """The refusal for a query of which all names are unsayable; `freed` is the command that gives them."""
    return NothingFits(words.all_unsayable(asked, kind, freed), [freed])


def too_little_left(asked: NamesQuery, library: Library) -> BadInput:
    """The refusal if allowed names are too rare to be found in time; a limit on copies is the first suspect."""
    if most_copied(asked, library):
        return BadInput(words.too_little_left(asked))
    freed = replace(asked, sayable=False).command()
    return BadInput(words.too_little_said(asked, freed), [freed])


def _may_be_in_metre(batch: Batch, library: Library) -> bool:
    """Whether anything that fits is in metre, however improbable."""
    asked = batch.request
    vocabulary = library.model(asked.corpus, asked.model, asked.order, asked.temperature).vocabulary
    metre = tunes.acceptor_for(asked, library, vocabulary)
    return metre is None or generator.any_allowed(constraint_of(asked, library, vocabulary, sayable=batch.said), metre)


def _out_of_metre(asked: NamesQuery, library: Library, fits: Fits) -> NothingFits | None:
    """The refusal if new tunes fit that are out of metre, with the command that gives them."""
    ways = {}, {"copy": generator.LONGEST}, {"model": generator.DEFAULT_MODEL, "order": None}
    freed = next(filter(None, (_freed(asked, fits, metre=NO_METRE, **other) for other in ways)), None)
    if freed is None:
        return None
    metre = tunes.said_of(library.corpus(asked.corpus), asked)
    return NothingFits(words.out_of_metre(asked, metre, freed), [freed])


def _freed(asked: NamesQuery, fits: Fits, **options: int | bool | str | None) -> str | None:
    """The command with other options, if new names fit it."""
    freed = replace(asked, **options)
    return freed.command() if freed != asked and fits(freed) else None
