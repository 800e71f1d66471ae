"""The surroundings of a request: the same for a web page, a terminal and Slack."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.commands.who import Who
    from bot.names.library import Library
    from bot.settings import Settings
    from bot.store import Store


@dataclass(frozen=True)
class Context:
    """The models that answer, the store that remembers, the person who asks, and the time in unix seconds.

    `delivery` is the id of the call: the same if it is delivered again, empty if that cannot happen.
    """

    library: Library
    store: Store
    who: Who
    now: float
    delivery: str = ""

    @property
    def settings(self) -> Settings:
        return self.library.settings
