"""The quiz as a page: ten names, each a Pokémon, a technology or made up.

The address holds the seed and the answers, so that nothing is stored and a round can be shared.
"""

from __future__ import annotations

import random
import re
from typing import NamedTuple

import generator
from bot.names.library import Library
from bot.quiz.drawing import Drawn, draw
from bot.quiz.kinds import KINDS
from bot.web.problems import Problem

QUESTIONS = 10
SEEDS = 1_000_000
LETTERS = {kind[0]: kind for kind in KINDS}  # of the answers in an address


class Answered(NamedTuple):
    """A question with its answer, and whether it was right."""

    question: Drawn
    said: str

    @property
    def right(self) -> bool:
        """Whether the answer is the name's kind."""
        return self.said == self.question.kind


class Round(NamedTuple):
    """The questions of a seed: those that were answered, and the next one, None at the end."""

    seed: int
    letters: str
    answered: tuple[Answered, ...]
    asked: Drawn | None

    @property
    def score(self) -> int:
        """How many answers were right."""
        return sum(each.right for each in self.answered)


def read_round(seed: str, letters: str, library: Library) -> Round:
    """The round of a seed after some answers, a letter each. Raises Problem 422, and BadInput if no name is left."""
    if not re.fullmatch("[0-9]{1,6}", seed):
        allowed = f"a whole number below {SEEDS:,}"
        raise Problem(422, "bad-parameter", "That is no seed of the quiz.", "seed", seed, allowed)
    if not re.fullmatch(f"[{''.join(LETTERS)}]{{0,{QUESTIONS}}}", letters):
        allowed = f"up to {QUESTIONS} of the letters {', '.join(LETTERS)}"
        raise Problem(422, "bad-parameter", "Those are no answers.", "a", letters, allowed)
    questions = _questions(int(seed), min(len(letters) + 1, QUESTIONS), library)
    answered = tuple(Answered(question, LETTERS[letter]) for question, letter in zip(questions, letters, strict=False))
    return Round(int(seed), letters, answered, questions[-1] if len(letters) < QUESTIONS else None)


def _questions(seed: int, count: int, library: Library) -> list[Drawn]:
    """The first names of a seed, all different."""
    chance, asked, found = random.Random(seed), set(), []
    for _ in range(count):
        found.append(draw(library, chance, asked))
        asked.add(generator.key(found[-1].name))
    return found
