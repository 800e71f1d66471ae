"""What the bot says about itself, to the person who asked alone: help, corpora, models."""

from collections.abc import Iterable, Sequence

import generator
from bot import blocks, words
from bot.blocks import Button
from bot.entities import escape
from bot.message import PRIVATE, Message
from corpora import Card


def render_help() -> Message:
    """What can be typed, with buttons for three commands."""
    return _told(words.HELP[0], words.HELP[1:], words.EXAMPLES)


def render_corpora(shelf: Iterable[Card]) -> Message:
    """The corpora there are, where each comes from, and a button for each."""
    cards = tuple(shelf)
    lines = [words.corpus_line(card) for card in cards]
    return _told(words.CORPORA, lines, [card.name for card in cards[:5]], [words.source_line(card) for card in cards[:10]])


def render_models() -> Message:
    """The models there are, with a button for each."""
    lines = [words.model_line(name, line) for name, line in generator.MODELS.items()]
    return _told(words.MODELS, lines, [f"pokemon {name}" for name in generator.MODELS])


def _told(heading: str, lines: Sequence[str], commands: Iterable[str], notes: Sequence[str] = ()) -> Message:
    body = blocks.rich(blocks.section(*blocks.marked(heading)), blocks.listing(map(blocks.marked, lines)))
    buttons = [Button(command, escape(command), words.spoken_run(command)) for command in commands]
    shown = (body, *([blocks.small_print(*notes)] if notes else []), *blocks.actions(buttons))
    return Message(escape("\n".join([heading, *lines])), shown, PRIVATE)
