"""What the bot says about itself: help, corpora, models, and what a channel has set."""

from collections.abc import Iterable, Sequence

import generator
from bot.commands.defaults import Defaults
from bot.commands.queries import Generate
from bot.slack.blocks import elements
from bot.slack.blocks.elements import Button
from bot.slack.blocks.message import CHANNEL, PRIVATE, Message
from bot.slack.blocks.names import asked_by
from bot.strings import about as words
from bot.strings import forms
from bot.strings.phrasing import EXAMPLES
from bot.text import escape
from corpora import Card

_TRY = ("pokemon", "tech", "ikea", "lyrics", "piano")
_TRIED = 3  # examples with a button
_FEW = 9  # sources in the small print; Slack takes ten lines of it


def render_help(remark: str = "") -> Message:
    """What can be typed, after a remark perhaps, with buttons for three commands."""
    return told("\n".join(filter(None, (remark, words.HELP[0]))), words.HELP[1:], EXAMPLES)


def render_corpora(shelf: Iterable[Card]) -> Message:
    """The corpora there are, a line each, and buttons for a few.

    Where there are many, the small print is for those alone whose licence asks to be named: a message has room for no
    more.
    """
    cards = tuple(shelf)
    lines = [
        words.corpus_line(group[0]) if len(group) == 1 else words.variants_line(group) for group in _grouped(cards)
    ]
    credited = [card for card in cards if len(cards) <= _FEW or "CC BY" in card.licence]
    notes = [*map(words.source_line, credited[:_FEW]), *([words.MORE_SOURCES] if len(credited) < len(cards) else [])]
    return told(words.CORPORA, lines, [card.name for card in cards if card.name in _TRY], notes)


def _grouped(cards: Sequence[Card]) -> list[list[Card]]:
    """The cards, those that are called after the same other one (pokemon-de, pokemon-fr) together."""
    names = {card.name for card in cards}
    groups: dict[str, list[Card]] = {}
    for card in cards:
        base = card.name.partition("-")[0]
        groups.setdefault(f"{base}-" if base in names - {card.name} else card.name, []).append(card)
    return list(groups.values())


def render_models() -> Message:
    """The models there are, with a button for each."""
    lines = [words.model_line(name, line) for name, line in generator.MODELS.items()]
    return told(words.MODELS, lines, [f"pokemon {name}" for name in generator.MODELS])


def render_patterns() -> Message:
    """What a pattern can say, an example a line, with buttons for the first few."""
    lines = [words.pattern_line(line, said) for line, said in words.PATTERN_EXAMPLES.items()]
    return told(words.PATTERNS, lines, list(words.PATTERN_EXAMPLES)[:_TRIED])


def render_settings(defaults: Defaults, new: bool = False, presser: str | None = None) -> Message:
    """What a channel has set, for who asked; new settings are for everybody, with whoever pressed a button for them."""
    usual = Generate()
    lines = forms.settings_lines(defaults, usual)
    switch = "settings preview=off" if defaults.preview else "settings preview=on"
    buttons = [switch, "settings reset"] if defaults.said() else [switch]
    heading = forms.SETTINGS_NEW if new else forms.SETTINGS_NOW
    return told(heading, lines, buttons, to=CHANNEL if new else PRIVATE, presser=presser)


def told(
    heading: str,
    lines: Sequence[str],
    commands: Iterable[str],
    notes: Sequence[str] = (),
    to: str = PRIVATE,
    presser: str | None = None,
) -> Message:
    """A heading, a list, buttons that run commands and small print."""
    body = elements.rich(
        elements.section(*asked_by(presser), *elements.marked(heading)), elements.listing(map(elements.marked, lines))
    )
    buttons = [Button(command, escape(command), words.spoken_run(command)) for command in commands]
    shown = (body, *([elements.small_print(*notes)] if notes else []), *elements.actions(buttons))
    return Message(escape("\n".join([heading, *lines])), shown, to)
