"""The constraint of a query: its patterns and lengths as an automaton, and the acceptors of all that a name must be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import generator
from bot.commands.patterns import of_any_length, read_pattern
from bot.commands.queries import Query, Why
from bot.errors import BadInput, NothingFits
from bot.names import lines, tunes
from bot.names.library import Library
from bot.names.profanity import refuse_rude_pattern, unless_typed
from bot.names.saying import can_be_said
from bot.strings import chat as words

COPIED = {"words": 5, "notes": 6}  # the usual limit of tokens in a row from one entry


class Unsayable(Exception):
    """Nothing that fits a query can be said, although its typed letters could be."""


def constraint_of(
    query: Query, library: Library, vocabulary: generator.Vocabulary, loose: bool = False, sayable: bool | None = None
) -> generator.Constraint:
    """The constraint of a query; a `loose` one asks less of lines, and `sayable` replaces Query.only_sayable.

    Raises NothingFits if no token fills a part, BadInput if the typed letters are rude or the pattern is too complex,
    and Unsayable.
    """
    kind = library.kind(query.corpus)
    patterns = _patterns(query, kind, vocabulary)
    for pattern in patterns:
        refuse_rude_pattern(pattern, kind)
    acceptor = _acceptor(query, library, vocabulary, patterns, loose)
    length = query.length or _usual_length(patterns, library.lengths(query.corpus))
    only_sayable = query.only_sayable if sayable is None else sayable
    said = library.sayable(query.corpus, vocabulary) if only_sayable else None
    try:
        if not (patterns or query.length or query.copy or query.metre or query.wild != 1.0):
            return library.anything(query.corpus, vocabulary, length, generator.intersect(acceptor, said))
        constraint = generator.constrain(patterns, vocabulary, length, said)
        if said and patterns and not constraint.fillable:
            if can_be_said(patterns, length, said):
                raise Unsayable
            said = None  # somebody typed letters that cannot be said, and wants them
        return replace(constraint, acceptor=generator.intersect(acceptor, said))
    except generator.Unfillable as error:
        raise NothingFits(words.unfillable(query, error.part, error.reason, kind)) from None
    except generator.Tangled:
        raise BadInput(words.tangled(query, kind)) from None


def most_copied(query: Query, library: Library) -> int | None:
    """The limit of tokens in a row from one entry; None without a limit."""
    return query.copy or COPIED.get(library.kind(query.corpus))


def _acceptor(
    query: Query, library: Library, vocabulary: generator.Vocabulary, patterns: Sequence[generator.Pattern], loose: bool
) -> generator.Acceptor | None:
    """The acceptor of names that are not rude, that are lines or tunes of their kind, and that copy no long run.

    `why` speaks of known names too, so only the metre that it asks for counts.
    """
    metre = tunes.acceptor_for(query, library, vocabulary)
    if isinstance(query, Why):
        return metre if query.metre else None
    clean, most = unless_typed(library.clean(query.corpus, vocabulary), patterns), most_copied(query, library)
    acceptor = generator.intersect(clean, metre or lines.acceptor_for(query, library, vocabulary, patterns, loose))
    if most is None or not library.corpus(query.corpus).entries:
        return acceptor
    return generator.intersect(acceptor, library.max_ngram_overlap(query.corpus, most, vocabulary))


def _patterns(query: Query, kind: str, vocabulary: generator.Vocabulary) -> list[generator.Pattern]:
    """The patterns that a name must fill, the typed pattern first, then those of the affixes."""
    read = partial(read_pattern, kind=kind)
    patterns = [read(query.pattern)] if query.pattern else []
    patterns += generator.affixes(query.begins, query.ends, query.contains, read)
    return [of_any_length(pattern, vocabulary.tokens) for pattern in patterns] if kind == "notes" else patterns


def _usual_length(patterns: Sequence[generator.Pattern], lengths: tuple[int, int]) -> tuple[int, int] | None:
    """The lengths of the corpus's own names, stretched for the patterns; None if a pattern has a greatest length."""
    if any(pattern.longest is not None for pattern in patterns):
        return None
    shortest, longest = lengths
    least = max([shortest, *(pattern.shortest for pattern in patterns)])
    return least, max(least, longest)
