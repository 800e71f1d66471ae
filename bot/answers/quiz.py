"""What the commands and buttons of the quiz do, over the store. Knows no Slack."""

import random
from typing import NamedTuple

from bot.commands.button_refs import QUESTION, Ref
from bot.commands.click import Click
from bot.commands.request import QuizCommand, ShowBoard, ShowQuizHelp
from bot.commands.who import Who
from bot.errors import BadInput
from bot.names.library import Library
from bot.quiz.answering import Outcome, answer, reveal
from bot.quiz.board import board
from bot.quiz.drawing import draw
from bot.quiz.question import ask, fetch
from bot.slack.blocks.message import Message
from bot.slack.blocks.names import render_sentence
from bot.slack.blocks.quiz import render_board, render_question, render_quiz_help
from bot.store import Store
from bot.strings import quiz as words

_CHANCE = random.SystemRandom()


class Guessed(NamedTuple):
    """What came of a click on an answer, and what the person alone is told."""

    outcome: Outcome
    told: Message | None


def answer_quiz(
    request: QuizCommand,
    library: Library,
    store: Store,
    who: Who,
    now: float,
    pressed: bool = False,
    chance: random.Random = _CHANCE,
) -> Message:
    """Answer one command of the quiz at `now`, in unix seconds. Raises BadInput."""
    if isinstance(request, ShowQuizHelp):
        return render_quiz_help()
    if isinstance(request, ShowBoard):
        return show_board(store, who, who.person)
    return render_question(ask(store, who, lambda asked: draw(library, chance, asked), now, pressed=pressed))


def follow(library: Library, store: Store, who: Who, ref: Ref, now: float, chance: random.Random = _CHANCE) -> Message:
    """Another question, after one whose answer is out. Raises BadInput."""
    return render_question(
        ask(store, who, lambda asked: draw(library, chance, asked), now, after=_id(ref), pressed=True)
    )


def guess(store: Store, who: Who, ref: Ref, click: Click, now: float) -> Guessed:
    """Count what a person says. Raises BadInput."""
    outcome, question = answer(store, who, _id(ref), ref.part, click, now)
    late = outcome is Outcome.LATE
    untold = outcome is Outcome.SEEN or (question.ended and not late)  # who ends it sees the answer
    return Guessed(outcome, None if untold else render_sentence(words.told(outcome.value, ref.part)))


def let_out(store: Store, who: Who, ref: Ref, now: float) -> None:
    """Let the answer come out for everybody. Raises BadInput."""
    reveal(store, who, _id(ref), now)


def as_it_stands(store: Store, who: Who, ref: Ref) -> Message:
    """The message of a question as it is now. Raises BadInput if it is gone."""
    return render_question(fetch(store, who, _id(ref)))


def show_board(store: Store, who: Who, viewer: str | None) -> Message:
    """The score board of this channel, for one person or (None) for everybody. Raises BadInput where nobody has a
    score."""
    places = board(store, who)
    if not places:
        raise BadInput(words.NO_SCORE)
    return render_board(places, viewer)


def _id(ref: Ref) -> str:
    if ref.kind != QUESTION:
        raise BadInput(words.OLD_BUTTON)
    return ref.id
