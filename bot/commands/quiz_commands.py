"""The commands of the quiz: `quiz`, `quiz board` and `quiz help`. Their verb comes first."""

from collections.abc import Sequence

from bot.commands.request import BOARD, QUIZ, QUIZ_HELP, Request
from bot.commands.shelf import plain
from bot.errors import BadInput
from bot.strings import quiz as words

_AFTER = {(): QUIZ, ("board",): BOARD, ("help",): QUIZ_HELP}


def read_quiz(typed: Sequence[str]) -> Request | None:
    """The request of a line that begins with `quiz`, None for any other line. Raises BadInput.

    >>> read_quiz(["Quiz", "board"]).verb, read_quiz(["pokemon"])
    ('quiz board', None)
    """
    verb, *rest = map(plain, typed or [""])
    if verb != QUIZ:
        return None
    if tuple(rest) not in _AFTER:
        raise refusal(" ".join(typed[1:]))
    return Request(_AFTER[tuple(rest)])


def refusal(beside: str) -> BadInput:
    """The answer to a quiz with words that it does not know beside it."""
    return BadInput(words.bad_word(beside), [QUIZ, BOARD])
