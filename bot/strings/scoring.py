"""How a name's score is said, with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.strings.phrasing import many, percent

if TYPE_CHECKING:
    from bot.names.score import Score

SCORED = "scores are of 100: what a reader may be expected to think, from how likely the letters are, the length, the ending, runs of letters that its kind does not have, and whether it is a mere word"
_TELLING = 0.5  # nats: an ending that is told


def reason(score: Score | None) -> str:
    """A score and what it is made of.

    >>> from bot.names.score import Score
    >>> reason(Score(total=61, likelier=0.62, off=1, ending=0.9, strange=2, word=False, nearest="Monzo", edits=1))
    '61  likelier than 62% of real names, longer than most by 1, ends as its kind does, 2 strange runs, 1 edit from Monzo'
    """
    if score is None:
        return ""
    word = "an English word, " if score.word else ""
    ending = (
        ""
        if abs(score.ending) < _TELLING
        else f"ends as {'its kind does' if score.ending > 0 else 'English words do'}, "
    )
    strange = f"{many(score.strange, 'strange run')}, " if score.strange else ""
    likely = f"likelier than {percent(score.likelier)} of real names"
    return f"{score.total:2}  {word}{likely}, {_length(score.off)}, {ending}{strange}{many(score.edits, 'edit')} from {score.nearest}"


def _length(off: int) -> str:
    """How a length compares with those of the corpus.

    >>> _length(0), _length(-2)
    ('as long as most', 'shorter than most by 2')
    """
    return f"{'longer' if off > 0 else 'shorter'} than most by {abs(off)}" if off else "as long as most"
