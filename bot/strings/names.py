"""What is said beside a name: its score, its neighbours, and what is too rude to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.strings.phrasing import ENTRIES, command, many, percent

if TYPE_CHECKING:
    from bot.names.score import Score
    from bot.names.similarity import Similar

NOT_THAT = (
    "I won't complete that: there is something rude in it, and names are made for everybody's eyes.\n"
    f"Other letters are welcome, for example {command('complete mo***')}."
)

NOT_ON_THE_LIST = (
    "I won't put that on the shortlist: there is something rude in it, and names are made for everybody's eyes.\n"
    f"Another is welcome, for example {command('suggest Bulbase')}."
)


def left_out(count: int, kind: str) -> str:
    """Count the names that were found and are not shown.

    >>> left_out(1, "words")
    '1 rude line left out'
    """
    return f"{many(count, f'rude {ENTRIES[kind]}')} left out"


def beside(near: Similar) -> str:
    """Describe the neighbour of a name: an existing name or word that is equal or nearly so.

    >>> from bot.names.similarity import Similar
    >>> beside(Similar("Python", 0, False)), beside(Similar("cloud", 0, True)), beside(Similar("Rust", 1, False)), beside(Similar("mango", 1, True))
    ('a technology already', 'an English word', 'near the technology Rust', 'near the word mango')
    """
    if near.edits == 0:
        return "an English word" if near.word else "a technology already"
    return f"near the word {near.name}" if near.word else f"near the technology {near.name}"


def nearly(named: list[str]) -> str:
    """List names with their neighbours."""
    return f"Out there already, or nearly: {', '.join(named)}"


SCORED = "scores are of 100: what a reader may be expected to think, from how likely the letters are, the length, the ending, runs of letters that its kind does not have, and whether it is a mere word"
_TELLING = 0.5  # nats: an ending closer to even is not told


def reason(score: Score | None) -> str:
    """Write a score and its reasons.

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
    """Compare a length with those of the corpus.

    >>> _length(0), _length(-2)
    ('as long as most', 'shorter than most by 2')
    """
    return f"{'longer' if off > 0 else 'shorter'} than most by {abs(off)}" if off else "as long as most"
