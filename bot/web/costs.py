"""Queries that would hold a worker are refused before any work: by their length, their gaps, and the kind of token."""

from __future__ import annotations

from typing import TypeVar

from bot.commands.patterns import read_pattern
from bot.commands.queries import AFFIXES, Complete, Generate, Query, Why
from bot.web.limits import LONGEST, MOST_CHOSEN, MOST_GAPS, MOST_GAPS_WEIGHED
from bot.web.problems import Problem

Q = TypeVar("Q", bound=Query)
_AROUND = {"contains": 2}  # gaps that an affix stands between


def bounded(query: Q, kind: str) -> Q:
    """The query, if it costs less than half a second. Raises Problem 422 that says what to ask instead."""
    patterns = {"q": query.pattern, **{name: getattr(query, name) for name in AFFIXES}}
    read = {name: read_pattern(text, kind) for name, text in patterns.items() if text}
    for name, pattern in read.items():
        if pattern.shortest > LONGEST:
            detail = f"The pattern has {pattern.shortest} tokens."
            raise Problem(422, "bad-parameter", detail, name, pattern.text, f"at most {LONGEST} tokens")
    gaps = sum(pattern.gaps + _AROUND.get(name, 0) for name, pattern in read.items())
    most = MOST_GAPS_WEIGHED if isinstance(query, Why) else MOST_GAPS
    if gaps > most:
        name = max(read, key=lambda each: read[each].gaps + _AROUND.get(each, 0))
        allowed = f"at most {most} gaps in all, of which contains has two"
        raise Problem(422, "bad-parameter", f"That has {gaps} gaps.", name, read[name].text, allowed)
    _refuse_long_choice(query, kind)
    if kind == "notes" and query.model != "chain" and isinstance(query, Complete) and gaps:
        raise _by_chain("Completions of an open pattern of notes take seconds with this model.", query)
    return query


def _refuse_long_choice(query: Query, kind: str) -> None:
    """Raise Problem 422 for a choice among lines or tunes that takes seconds."""
    if not isinstance(query, Generate) or not query.chosen:
        return
    if query.count > MOST_CHOSEN[kind]:
        allowed = f"at most {MOST_CHOSEN[kind]}, or raw=true for more, as they are drawn"
        detail = "To choose among lines or tunes takes longer than among names."
        raise Problem(422, "bad-parameter", detail, "n", str(query.count), allowed)
    if kind == "notes" and query.model != "chain":
        raise _by_chain(
            "To choose among tunes of this model takes seconds; raw=true gives them as they are drawn.", query
        )


def _by_chain(detail: str, query: Query) -> Problem:
    return Problem(422, "bad-parameter", detail, "model", query.model, ["chain"])
