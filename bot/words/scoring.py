"""How a name's score is said, with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.words.phrasing import many, percent

if TYPE_CHECKING:
    from bot.finding.yardstick import Score

SCORED = "scores are of 100: for sounding real, being short, and being far from known names"


def reason(score: Score | None) -> str:
    """A score and what it is made of.

    >>> from bot.finding.yardstick import Score
    >>> reason(Score(total=61, likelier=0.62, shorter=0.8, length=5, nearest="Monzo", edits=1))
    '61  likelier than 62% of real names, no longer than 80%, 1 edit from Monzo'
    """
    if score is None:
        return ""
    like, short = percent(score.likelier), percent(score.shorter)
    return f"{score.total:2}  likelier than {like} of real names, no longer than {short}, {many(score.edits, 'edit')} from {score.nearest}"
