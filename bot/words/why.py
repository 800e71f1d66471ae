"""What `why` says: how probable each token is in each hole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.asking.entities import harmless
from bot.words.chat import made_by
from bot.words.phrasing import ENTRIES, TOKENS, bar, example, holes, many, percent, shown

if TYPE_CHECKING:
    from bot.asking.request import Request
    from bot.finding.batch import Reasons

COMPLETE_INSTEAD = "Likeliest names"


def why_title(found: Reasons) -> str:
    asked = found.request
    return f"What may stand in each hole of {shown(asked.sought)} in {ENTRIES[found.kind]}s like those of `{harmless(asked.corpus)}`, likeliest first"


def likely(found: Sequence[tuple[str | int, float]], kind: str = "characters", bars: bool = False) -> str:
    """Tokens, or numbers of tokens, and how probable each is; for the eye with bars.

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


def why_with(asked: Request, filtered: bool = False, awaited: str | None = None) -> str:
    """The small print; `filtered` says that it is about a list of names, which leaves more out; `awaited` as in made_by."""
    return f"{made_by(asked, awaited)} · names that exist count too, and rude ones{'; the list leaves both out' if filtered else ''}"


def no_reasons(request: Request, reason: str, kind: str) -> str:
    return (
        f"I can't say what stands in {shown(request.sought)}: {harmless(reason, 200)}.\n"
        f"{holes(kind)} For example {example('why', kind)} or {example('why', kind, loose=True)}."
    )
