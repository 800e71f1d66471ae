"""People's answers to a question. The truth comes out with the tenth answer, or when somebody asks for it.

A question is one item with all its answers. If two people write at once, the second meets a conflict and tries again.
So each person has one answer, and one write ends a question together with the scores and the panel.
"""

from dataclasses import replace
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from bot.commands.click import Click
from bot.context import Context
from bot.errors import BadInput
from bot.quiz import board, panel
from bot.quiz.kinds import KINDS
from bot.quiz.question import Guess, Question, fetch, written
from bot.store.retry import retry_on_conflict
from bot.strings import quiz as words

ENOUGH = 10  # people whose answers end a question


class Outcome(Enum):
    """The outcome of a click on an answer."""

    ANSWERED = "answered"
    CHANGED = "changed"
    SAME = "same"  # the person has said so before
    SEEN = "seen"  # this click, or a later one of the person, was counted before
    LATE = "late"  # the answer is out


class Answered(NamedTuple):
    """The outcome of a click, and the question after it."""

    outcome: Outcome
    question: Question


def answer(context: Context, id: str, kind: str, click: Click) -> Answered:
    """Count a person's answer. A later answer replaces it while the question is open.

    Raises BadInput if there is no such question or kind.
    """
    if kind not in KINDS:
        raise BadInput(words.OLD_BUTTON)
    return retry_on_conflict(lambda: _answer(context, id, Guess(kind, click.at)))


def _answer(context: Context, id: str, guess: Guess) -> Answered:
    question, person = fetch(context, id), context.who.person
    before = question.guesses.get(person)
    if before and Decimal(before.at) >= Decimal(guess.at):
        return Answered(Outcome.SEEN, question)
    if question.ended:
        return Answered(Outcome.LATE, question)
    said = replace(question, guesses={**question.guesses, person: guess})
    if len(said.guesses) >= ENOUGH:
        said = _end(context, said)
    else:
        context.store.write(context.who.team, written(said))
    if before is None:
        return Answered(Outcome.ANSWERED, said)
    return Answered(Outcome.SAME if before.kind == guess.kind else Outcome.CHANGED, said)


def reveal(context: Context, id: str) -> Question:
    """End a question unless it has ended; the ended question. Raises BadInput if there is no such question."""
    return retry_on_conflict(lambda: _reveal(context, id))


def _reveal(context: Context, id: str) -> Question:
    question = fetch(context, id)
    return question if question.ended else _end(context, question)


def _end(context: Context, question: Question) -> Question:
    """End a question and count its answers in one write, so that no score tells the truth early."""
    team, ended = context.who.team, replace(question, ended=context.now)
    scores = board.scored(context, {person: guess.kind == ended.kind for person, guess in ended.guesses.items()})
    said = [guess.kind for guess in ended.guesses.values()]
    counted = panel.answered(context.store, team, ended.asked, ended.corpus, ended.kind, said)
    context.store.write(team, written(ended), *scores, *counted)
    return ended
