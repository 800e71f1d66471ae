"""Answers of the quiz."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.types.base import Act, Action, Answer, Audience
from bot.commands.button_refs import QUESTION, Ref
from bot.commands.request import ShowBoard
from bot.quiz.board import Place
from bot.quiz.kinds import KINDS
from bot.quiz.question import Question
from bot.strings import quiz as words


@dataclass(frozen=True)
class QuizQuestion(Answer):
    """A question, open or ended. While it is open, no edge may show its kind, corpus, spelling or guesses."""

    question: Question

    audience = Audience.CHANNEL

    @property
    def by_kind(self) -> list[tuple[str, list[str]]]:
        """The people of each answer, the right answer first."""
        question = self.question
        kinds = sorted(KINDS, key=lambda kind: kind != question.kind)
        return [(kind, [who for who, guess in question.guesses.items() if guess.kind == kind]) for kind in kinds]

    @property
    def actions(self) -> tuple[Action, ...]:
        """Answer it or reveal the truth; then ask the next one."""
        ref = Ref(QUESTION, self.question.id)
        if self.question.ended:
            return (Action(Act.NEXT, ref),)
        return (*(Action(Act.GUESS, ref._replace(part=kind), kind) for kind in KINDS), Action(Act.REVEAL, ref))

    @property
    def commands(self) -> tuple[str, ...]:
        return (ShowBoard.verb,) if self.question.ended else ()


@dataclass(frozen=True)
class ScoreBoard(Answer):
    """The scores of a channel, best first: for one viewer, or (None) for the channel."""

    places: Sequence[Place]
    viewer: str | None = None

    @property
    def audience(self) -> Audience:
        return Audience.ASKER if self.viewer else Audience.CHANNEL

    @property
    def actions(self) -> tuple[Action, ...]:
        return (Action(Act.SHARE_BOARD, None),) if self.viewer else ()


@dataclass(frozen=True)
class QuizHelp(Answer):
    """The rules of the quiz."""

    commands = words.HELP_EXAMPLES
