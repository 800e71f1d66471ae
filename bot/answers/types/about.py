"""Answers about the bot itself, a channel's settings, and errors."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import generator
from bot.answers.types.base import Answer, Audience
from bot.availability.verdict import Verdict
from bot.commands.defaults import Defaults
from bot.commands.form import Filled
from bot.errors import BadInput
from bot.strings import about as words
from bot.strings.phrasing import EXAMPLES
from corpora import Card

_TRIED = ("pokemon", "tech", "ikea", "lyrics", "piano")
_FEW = 3  # examples of patterns with a command each


@dataclass(frozen=True)
class Sentence(Answer):
    """One sentence for the asker, in which `code` stands in backticks."""

    text: str


@dataclass(frozen=True)
class Problem(Answer):
    """An error of the asker's, with the commands that mend it."""

    error: BadInput

    @property
    def commands(self) -> tuple[str, ...]:
        return self.error.suggestions[:5]


@dataclass(frozen=True)
class Help(Answer):
    """What can be typed, after a remark if there is one."""

    remark: str = ""

    commands = EXAMPLES


@dataclass(frozen=True)
class CorporaList(Answer):
    """The corpora on the shelf."""

    cards: tuple[Card, ...]

    @property
    def commands(self) -> tuple[str, ...]:
        return tuple(card.name for card in self.cards if card.name in _TRIED)


@dataclass(frozen=True)
class ModelsList(Answer):
    """The kinds of models."""

    commands = tuple(f"pokemon {name}" for name in generator.MODELS)


@dataclass(frozen=True)
class PatternsList(Answer):
    """What a pattern can say, by examples."""

    commands = tuple(words.PATTERN_EXAMPLES)[:_FEW]


@dataclass(frozen=True)
class ChannelSettings(Answer):
    """A channel's defaults: for the asker, or, if they are `new`, for the channel.

    `presser` is the person who set them by a button.
    """

    defaults: Defaults
    new: bool = False
    presser: str | None = None

    @property
    def audience(self) -> Audience:
        return Audience.CHANNEL if self.new else Audience.ASKER

    @property
    def commands(self) -> tuple[str, ...]:
        """Switch previews, and forget the settings if there are any."""
        switch = f"settings preview={'off' if self.defaults.preview else 'on'}"
        return (switch, "settings reset") if self.defaults.said() else (switch,)


@dataclass(frozen=True)
class Verdicts(Answer):
    """What each probe says of each name."""

    verdicts: Sequence[Verdict]

    @property
    def by_name(self) -> dict[str, list[Verdict]]:
        """The verdicts of each name."""
        found: dict[str, list[Verdict]] = {}
        for verdict in self.verdicts:
            found.setdefault(verdict.name, []).append(verdict)
        return found


@dataclass(frozen=True)
class Form(Answer):
    """A form to fill in. `example` shows what its pattern means, `found` what was read out of a message."""

    filled: Filled
    example: str
    corpora: Collection[str]
    found: str = ""
