"""The commands of the quiz: `quiz`, `quiz board` and `quiz help`. Their verb comes first."""

from collections.abc import Sequence

from bot.commands.request import AskQuiz, ShowBoard, ShowQuizHelp
from bot.commands.shelf import plain
from bot.errors import BadInput
from bot.strings import quiz as words

_AFTER = {(): AskQuiz, ("board",): ShowBoard, ("help",): ShowQuizHelp}


def read_quiz(typed: Sequence[str]) -> AskQuiz | ShowBoard | ShowQuizHelp | None:
    """The request of a line that begins with `quiz`, None for any other line. Raises BadInput.

    >>> read_quiz(["Quiz", "board"]), read_quiz(["pokemon"])
    (ShowBoard(), None)
    """
    verb, *rest = map(plain, typed or [""])
    if verb != AskQuiz.verb:
        return None
    if tuple(rest) not in _AFTER:
        raise refusal(" ".join(typed[1:]))
    return _AFTER[tuple(rest)]()


def refusal(beside: str) -> BadInput:
    """The error for a quiz with unknown words beside it."""
    return BadInput(words.bad_word(beside), [AskQuiz.verb, ShowBoard.verb])
