"""The quiz: its commands and its actions."""

import random

from bot.answers.types import Answer, Effect, Press, QuizHelp, QuizQuestion, ScoreBoard, Sentence
from bot.commands.button_refs import QUESTION
from bot.commands.request import Request
from bot.context import Context
from bot.errors import BadInput
from bot.log import note
from bot.quiz import answering, question
from bot.quiz import board as scores
from bot.quiz.answering import Outcome
from bot.quiz.drawing import draw
from bot.strings import quiz as words

_CHANCE = random.SystemRandom()


def rules(context: Context, request: Request, pressed: bool) -> Answer:
    return QuizHelp()


def ask(context: Context, request: Request, pressed: bool) -> Answer:
    """A question for the channel. Raises BadInput if no fair name is left."""
    return _asked(context, pressed)


def follow(context: Context, press: Press) -> Effect:
    """The next question, after one that has ended. Raises BadInput."""
    return Effect(answer=_asked(context, pressed=True, after=_id(press)))


def _asked(context: Context, pressed: bool, after: str | None = None) -> QuizQuestion:
    return QuizQuestion(question.ask(context, lambda asked: draw(context.library, _CHANCE, asked), after, pressed))


def guess(context: Context, press: Press) -> Effect:
    """Count a person's answer. Raises BadInput."""
    outcome, asked = answering.answer(context, _id(press), press.ref.part, press.click)
    note(outcome=outcome.value)
    shown = asked.ended and outcome is not Outcome.LATE  # the tenth answer shows the truth instead
    told = None if shown or outcome is Outcome.SEEN else Sentence(words.told(outcome.value, press.ref.part))
    return Effect(current=lambda: _current(context, press), answer=told)


def reveal(context: Context, press: Press) -> Effect:
    """End a question for everybody. Raises BadInput."""
    answering.reveal(context, _id(press))
    return Effect(current=lambda: _current(context, press))


def _current(context: Context, press: Press) -> Answer:
    return QuizQuestion(question.fetch(context, _id(press)))


def board(context: Context, request: Request, pressed: bool) -> Answer:
    """The score board for the asker. Raises BadInput if nobody has a score."""
    return _board(context, context.who.person)


def share_board(context: Context, press: Press) -> Effect:
    """The score board for the channel."""
    return Effect(answer=_board(context, None))


def _board(context: Context, viewer: str | None) -> ScoreBoard:
    places = scores.board(context)
    if not places:
        raise BadInput(words.NO_SCORE)
    return ScoreBoard(places, viewer)


def _id(press: Press) -> str:
    if press.ref.kind != QUESTION:
        raise BadInput(words.OLD_BUTTON)
    return press.ref.id
