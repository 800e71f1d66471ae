"""The choices below an answer in a terminal, by their numbers."""

from typing import NamedTuple

from bot.answers.types import Act, Answer, Listing
from bot.commands.button_refs import written


class Choice(NamedTuple):
    """Something to do next: an act on a ref, or a command (no act), and its label."""

    label: str
    value: str
    act: Act | None = None


def choices(answer: Answer) -> list[Choice]:
    """What can be done with each name, then with the whole answer, then the commands that may follow."""
    lines = answer.lines if isinstance(answer, Listing) else ()
    acts = [(act, line.ref, line.name) for line in lines for act in line.acts] + list(answer.actions)
    chosen = [
        Choice(f"{act.name.lower()} {label}".replace("_", " ").strip(), written(ref) if ref else "", act)
        for act, ref, label in acts
    ]
    return chosen + [Choice(line, line) for line in answer.commands]
