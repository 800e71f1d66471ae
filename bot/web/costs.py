"""Queries that would hold a worker are refused before any work: by their length, their gaps, and the kind of token."""

from __future__ import annotations

from typing import TypeVar

from bot.commands.patterns import read_pattern
from bot.commands.queries import AFFIXES, Generate, Query, Why
from bot.web.limits import LONGEST, MOST_CHOSEN, MOST_GAPS, MOST_GAPS_WEIGHED
from bot.web.problems import Problem

Q = TypeVar("Q", bound=Query)
_AROUND = {"contains": 2}  # gaps that an affix stands between


def bounded(query: Q, kind: str, longest: int) -> Q:
    """The query, if it costs less than half a second; `longest` are the tokens of the longest usual name. Raises
    Problem 422 that says what to ask instead."""
    most = min(LONGEST, longest + longest // 2)
    if query.length and query.length[1] > most:
        detail, sent = "Names of this corpus are never so long.", "-".join(map(str, query.length))
        raise Problem(422, "bad-parameter", detail, "length", sent, f"at most {most} tokens")
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
    _refuse_slow_tunes(query, kind, gaps)
    _refuse_long_choice(query, kind)
    return query


def _refuse_long_choice(query: Query, kind: str) -> None:
    """Raise Problem 422 for a choice among lines or tunes that takes seconds."""
    if not isinstance(query, Generate) or not query.chosen:
        return
    if query.count > MOST_CHOSEN[kind]:
        allowed = f"at most {MOST_CHOSEN[kind]}, or raw=true for more, as they are drawn"
        detail = "To choose among lines or tunes takes longer than among names."
        raise Problem(422, "bad-parameter", detail, "n", str(query.count), allowed)


def _refuse_slow_tunes(query: Query, kind: str, gaps: int) -> None:
    """Raise Problem 422 for tunes that only a chain makes in time: the best of many draws, and those with a gap."""
    if kind != "notes" or query.model == "chain" or isinstance(query, Why):
        return
    if gaps or (isinstance(query, Generate) and query.chosen):
        detail = "With this model such tunes take seconds; raw=true gives tunes as they are drawn."
        raise Problem(422, "bad-parameter", detail, "model", query.model, ["chain"])
