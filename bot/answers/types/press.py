"""A press of an action, and its effect: an answer, and a change of the message that was pressed."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from bot.answers.types.base import Act, Answer
from bot.commands import button_refs
from bot.commands.button_refs import Ref
from bot.commands.click import Click


class Press(NamedTuple):
    """One press of an action. `value` is the ref that the action carries, as text.

    `alone`: the pressed message is shown to that person alone. `deadline` is in time.monotonic() seconds.
    """

    act: Act
    value: str
    click: Click
    alone: bool = False
    deadline: float = math.inf

    @property
    def ref(self) -> Ref:
        """The message, or part of one, that the action is about. Raises BadInput if the value is old or forged."""
        return button_refs.read(self.value)


def _nothing() -> None:
    """There is nothing else to do."""


@dataclass(frozen=True)
class Effect:
    """The result of a press, in the order in which an edge shows it.

    `current` builds the pressed message as it is now; build it as late as possible, since others press meanwhile.
    `answer` is new, or `replaces` the pressed message. If the edge cannot deliver it, it calls `undelivered` and stops.
    `removes`: the pressed message goes. `then` is called once all this is done.
    """

    current: Callable[[], Answer] | None = None
    answer: Answer | None = None
    replaces: bool = False
    undelivered: Callable[[], None] = _nothing
    removes: bool = False
    then: Callable[[], None] = _nothing
