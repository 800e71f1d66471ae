"""What the bot says about itself, to the person who asked alone: help, corpora, models."""

from collections.abc import Iterable, Sequence

import generator
from bot import blocks
from bot.blocks import Button
from bot.entities import escape
from bot.library import SHIPPED
from bot.message import PRIVATE, Message
from bot.words import about as words
from bot.words.phrasing import EXAMPLES
from corpora import Card

_FEW = 9  # sources in the small print; Slack takes ten lines of it


def render_help() -> Message:
    """What can be typed, with buttons for three commands."""
    return _told(words.HELP[0], words.HELP[1:], EXAMPLES)


def render_corpora(shelf: Iterable[Card]) -> Message:
    """The corpora there are, a line each, and a button for each whose models are there in any case.

    Where there are many, the small print is for those alone whose licence asks to be named: a message has room for no more.
    """
    cards = tuple(shelf)
    lines = [words.corpus_line(group[0]) if len(group) == 1 else words.variants_line(group) for group in _grouped(cards)]
    credited = [card for card in cards if len(cards) <= _FEW or "CC BY" in card.licence]
    notes = [*map(words.source_line, credited[:_FEW]), *([words.MORE_SOURCES] if len(credited) < len(cards) else [])]
    return _told(words.CORPORA, lines, [card.name for card in cards if card.name in SHIPPED], notes)


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
    return _told(words.MODELS, lines, [f"pokemon {name}" for name in generator.MODELS])


def _told(heading: str, lines: Sequence[str], commands: Iterable[str], notes: Sequence[str] = ()) -> Message:
    body = blocks.rich(blocks.section(*blocks.marked(heading)), blocks.listing(map(blocks.marked, lines)))
    buttons = [Button(command, escape(command), words.spoken_run(command)) for command in commands]
    shown = (body, *([blocks.small_print(*notes)] if notes else []), *blocks.actions(buttons))
    return Message(escape("\n".join([heading, *lines])), shown, PRIVATE)
