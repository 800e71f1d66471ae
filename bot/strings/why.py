"""The answer of `why`: how probable each token is in each hole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.strings.chat import made_by
from bot.strings.phrasing import ENTRIES, TOKENS, bar, example, holes, many, percent, shown
from bot.text import harmless

if TYPE_CHECKING:
    from bot.commands.queries import Query
    from bot.names.batch import Batch, Reasons

COMPLETE_INSTEAD = "Likeliest names"


def why_title(found: Reasons) -> str:
    asked = found.request
    return f"What may stand in each hole of {shown(asked.sought)} in {ENTRIES[found.kind]}s like those of `{harmless(asked.corpus)}`, likeliest first"


def likely(found: Sequence[tuple[str | int, float]], kind: str = "characters", bars: bool = False) -> str:
    """List tokens, or numbers of tokens, with their probabilities, with bars if asked for.

    >>> likely([("é", 0.5), (" ", 0.004), (2, 0.1)])
    'é 50% · space 0.4% · 2 letters 10%'
    >>> likely([("é", 0.5), ("a", 0.1)], bars=True)
    'é █████ 50% · a █ 10%'
    """
    return " · ".join(f"{_standing(what, kind)} {f'{bar(p)} ' if bars else ''}{percent(p)}" for what, p in found)


def _standing(what: str | int, kind: str) -> str:
    if isinstance(what, int):
        return many(what, TOKENS[kind])
    return "space" if what == " " else what


def why_with(asked: Query, kind: str = "characters", of: Batch | None = None, awaited: str | None = None) -> str:
    """Write the small print: which names count here that the list `of` names above leaves out.

    The model may stand in for one that is `awaited`.

    >>> from bot.commands.queries import Complete, Why
    >>> from bot.names.batch import Batch
    >>> why_with(Why("tech"), of=Batch(Complete("tech"), ()))
    'tech · mix · names that exist count too, rude ones and those that cannot be said; the list leaves out the first two'
    """
    if kind != "characters":
        return f"{made_by(asked, awaited)} · names that exist count too, and rude ones{'; the list leaves both out' if of else ''}"
    left_out = f"; the list leaves out {'all three' if of.said else 'the first two'}" if of else ""
    return f"{made_by(asked, awaited)} · names that exist count too, rude ones and those that cannot be said{left_out}"


def no_reasons(request: Query, reason: str, kind: str) -> str:
    return (
        f"I can't say what stands in {shown(request.sought)}: {harmless(reason, 200)}.\n"
        f"{holes(kind)} For example {example('why', kind)} or {example('why', kind, loose=True)}."
    )
