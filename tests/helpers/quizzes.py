"""A quiz whose names a test knows, and what people do in it."""

import itertools

from bot.commands.click import Click
from bot.commands.who import Who
from bot.quiz.drawing import Drawn
from bot.quiz.question import Question, ask
from tests.helpers.contexts import context

NAMES = {
    "pokemon": Drawn("Zubatite", "Zubatite", "pokemon", "pokemon"),
    "tech": Drawn("Sqlova", "SQLova", "tech", "tech"),
    "made": Drawn("Morbase", "Morbase", "made", "pokemon"),
    "made tech": Drawn("Kubelor", "Kubelor", "made", "tech"),
}
LABELS = {"pokemon": "Pokémon", "tech": "Technology", "made": "Made up"}


def who(person: str, channel: str = "C1", team: str = "T1") -> Who:
    return Who(team, channel, person, person.lower())


def asked(store, drawn: Drawn = NAMES["made"], now: float = 1_800_000_000.0, **more) -> Question:
    """A question that Ana has asked."""
    return ask(context(store, who("U0"), now), lambda before: drawn, **more)


def click(person: str, at: int | str) -> Click:
    return Click(person, "1800000000.000100", str(at))


def drawn_in_turn(monkeypatch, *kinds: str) -> None:
    """The next questions of every channel are about these names, over and over."""
    names = itertools.cycle([NAMES[kind] for kind in kinds])
    monkeypatch.setattr("bot.answers.quiz.draw", lambda library, chance, before: next(names))
