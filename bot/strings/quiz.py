"""The quiz: questions, private replies, answers, the score board, and the command line's panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.strings.phrasing import command, many, shown
from bot.text import harmless

if TYPE_CHECKING:
    from bot.quiz.board import Place
    from bot.quiz.panel import Count
    from bot.quiz.question import Question

# A question

QUESTION = "A Pokémon, a technology, or made up?"
LABELS = {"pokemon": "Pokémon", "tech": "Technology", "made": "Made up"}
SAID = {"pokemon": "a Pokémon", "tech": "a technology", "made": "made up"}
SHOW = "Show the answer"
SPOKEN_SHOW = "Show everybody the answer and who was right"
NEXT = "Next one"
SPOKEN_NEXT = "Ask the channel about another name"
BOARD = "Score"
SPOKEN_BOARD = "How often each person was right, for you alone"


def spoken_guess(kind: str) -> str:
    return f"Say that it is {SAID[kind]}"


def answered(count: int) -> str:
    """Count the people who have answered.

    >>> answered(0), answered(3)
    ('Nobody has answered yet', '3 answered')
    """
    return f"{count:,} answered" if count else "Nobody has answered yet"


def rules(enough: int) -> str:
    return f"Nobody sees your answer before the end: after {enough} answers, or when somebody asks."


# What a person alone is told

_UNTIL = "You may change your mind until the answer is shown; nobody else sees yours before."


def told(outcome: str, kind: str) -> str:
    """Say what became of a click on an answer.

    >>> told("answered", "tech")
    'You say that it is a technology. You may change your mind until the answer is shown; nobody else sees yours before.'
    """
    if outcome == "late":
        return (
            f"The answer is out already, so yours does not count this time. {command('quiz')} asks about another name."
        )
    now = {
        "answered": "You say that it is {}.",
        "changed": "Now you say that it is {}.",
        "same": "You said already that it is {}, so nothing changes.",
    }
    return f"{now[outcome].format(SAID[kind])} {_UNTIL}"


OLD_BUTTON = (
    f"That question is too old for me, or was asked in another channel. {command('quiz')} asks about another name."
)
STILL_OPEN = "The answer to this one is not out yet: the button Show the answer tells it."
ASKED_ALREADY = (
    f"The next one was asked already and stands further down. {command('quiz')} asks about yet another name."
)
NOTHING_LEFT = f"I have no fair name left to ask about right now. Try {command('quiz')} again."


def bad_word(beside: str) -> str:
    return (
        f"{command('quiz')} cannot take {shown(beside)} beside it.\n"
        f"It asks about names of Pokémon, of technologies and made-up ones alike; {command('quiz board')} shows the score."
    )


# The answer


def truth(question: Question) -> str:
    """Say what a name is."""
    if question.kind == "made":
        style = {"pokemon": "a Pokémon's name", "tech": "a technology's name"}[question.corpus]
        return f" is made up, to sound like {style}."
    spelt = "" if question.spelling == question.name else f", and spelt {question.spelling}"
    return f" is {SAID[question.kind]}{spelt}."


def said(question: Question, by_kind: Sequence[tuple[str, Sequence[str]]]) -> list[str]:
    """List who said what, a line a kind; `by_kind` gives the mentions of people by kind, the right kind first."""
    if not question.guesses:
        return ["Nobody answered."]
    (_, right), *wrong = by_kind
    first = f"{len(right)} of {len(question.guesses)} right: {', '.join(right)}" if right else "Nobody was right."
    return [first, *(f"Said that it is {SAID[kind]}: {', '.join(people)}" for kind, people in wrong if people)]


# The board

NO_SCORE = (
    f"Nobody has a score in this channel yet: an answer counts when it is shown. {command('quiz')} asks about a name."
)
BOARD_TITLE = "The quiz in this channel, by right answers"
SHARE = "Show everybody"
SPOKEN_SHARE = "Post this score in the channel"


def score(place: Place) -> str:
    """Write a person's score.

    >>> from bot.quiz.board import Place
    >>> score(Place(1, "U1", 7, 9))
    '7 of 9 right'
    """
    return f"{place.right:,} of {place.answered:,} right"


def more_people(number: int) -> str:
    return f"and {many(number, 'more person') if number == 1 else f'{number:,} more people'}"


# Help

HELP = (
    "Recruiters have a hard time telling Pokémon from technologies. How is your channel?",
    f"{command('quiz')} shows a name to everybody: a third of them are Pokémon, a third technologies, and a third made up in the style of either",
    "everybody presses one of three buttons; nobody sees what others say, and until the end you may change your mind",
    "the answer comes out after ten people have answered, or when somebody presses Show the answer; Next one asks about another name",
    f"{command('quiz board')} shows how often each person was right in this channel, to you alone; a button shows it to everybody",
    "I do not ask about English words, initials, names with digits or signs, or names that are nearly both; all names are written in one style",
)
HELP_EXAMPLES = ("quiz", "quiz board")

# The panel, on the command line

HEADS = ("month", "corpus", "names", "shown", "answered", "taken for real", "right")
MADE, REAL, ALL = "made up", "real", "all"


def no_answers(teams: Sequence[str]) -> str:
    return f"No quiz was asked in {', '.join(map(harmless, teams))} yet: `/techname quiz` in a channel asks one, and `techname console` has a channel of its own."


def share(count: int, of: int) -> str:
    """Write a count and its share.

    >>> share(18, 40), share(0, 0)
    ('18 (45%)', '-')
    """
    return f"{count:,} ({100 * count / of:.0f}%)" if of else "-"


def row(count: Count) -> tuple[str, ...]:
    """Write a row of the panel."""
    names = MADE if count.made else REAL
    numbers = (
        f"{count.shown:,}",
        f"{count.answered:,}",
        share(count.taken_for_real, count.answered),
        share(count.right, count.answered),
    )
    return count.month or ALL, count.corpus, names, *numbers
