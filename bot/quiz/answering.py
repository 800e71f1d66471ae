"""What a person says of a name, and how the answer comes out: with the tenth person, or when somebody asks.

A question is one item with all its answers. If two people write at once, the second meets a changed version and decides
again: so each person has one answer, and one write ends a question, with the scores and the panel in it.
"""

from dataclasses import replace
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from bot.commands.click import Click
from bot.commands.who import Who
from bot.errors import BadInput
from bot.quiz import board, panel
from bot.quiz.kinds import KINDS
from bot.quiz.question import Guess, Question, fetch, written
from bot.store import Store
from bot.store.retry import again
from bot.strings import quiz as words

ENOUGH = 10  # people whose answers end a question


class Outcome(Enum):
    """What came of a click on an answer."""

    ANSWERED = "answered"
    CHANGED = "changed"
    SAME = "same"  # the person has said so before
    SEEN = "seen"  # this click, or a later one of the person, was counted before
    LATE = "late"  # the answer is out


class Answered(NamedTuple):
    """What came of a click, and the question as it is then."""

    outcome: Outcome
    question: Question


def answer(store: Store, who: Who, id: str, kind: str, click: Click, now: float) -> Answered:
    """Count what a person says of a name; the last that they say before the answer is out is what counts.

    Raises BadInput for a question or an answer that there is not.
    """
    if kind not in KINDS:
        raise BadInput(words.OLD_BUTTON)
    return again(lambda: _answer(store, who, id, Guess(kind, click.at), now))


def _answer(store: Store, who: Who, id: str, guess: Guess, now: float) -> Answered:
    question = fetch(store, who, id)
    before = question.guesses.get(who.person)
    if before and Decimal(before.at) >= Decimal(guess.at):
        return Answered(Outcome.SEEN, question)
    if question.ended:
        return Answered(Outcome.LATE, question)
    said = replace(question, guesses={**question.guesses, who.person: guess})
    if len(said.guesses) >= ENOUGH:
        said = _end(store, who, said, now)
    else:
        store.write(who.team, written(said))
    if before is None:
        return Answered(Outcome.ANSWERED, said)
    return Answered(Outcome.SAME if before.kind == guess.kind else Outcome.CHANGED, said)


def reveal(store: Store, who: Who, id: str, now: float) -> Question:
    """Let the answer come out, if it is not out yet; the question as it ended. Raises BadInput for a question that
    there is not."""
    return again(lambda: _reveal(store, who, id, now))


def _reveal(store: Store, who: Who, id: str, now: float) -> Question:
    question = fetch(store, who, id)
    return question if question.ended else _end(store, who, question, now)


def _end(store: Store, who: Who, question: Question, now: float) -> Question:
    """End a question, and count what was said in the same write: who was right shows in no score before."""
    ended = replace(question, ended=now)
    scores = board.scored(
        store, who, {person: guess.kind == ended.kind for person, guess in ended.guesses.items()}, now
    )
    counted = panel.answered(
        store, who.team, ended.asked, ended.corpus, ended.kind, [guess.kind for guess in ended.guesses.values()]
    )
    store.write(who.team, written(ended), *scores, *counted)
    return ended
