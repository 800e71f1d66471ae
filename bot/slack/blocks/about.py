"""Messages about the bot itself, a channel's settings, verdicts and errors."""

from collections.abc import Sequence

import generator
from bot.answers.types import (
    Answer,
    ChannelSettings,
    CorporaList,
    Help,
    ModelsList,
    PatternsList,
    Problem,
    Sentence,
    Verdicts,
)
from bot.commands.queries import Generate
from bot.slack.blocks import elements
from bot.slack.blocks.elements import Button
from bot.slack.blocks.message import Message
from bot.slack.escaping import escape
from bot.strings import about as words
from bot.strings import chat, forms, phrasing, reading, taken
from corpora import Card

_FEW = 9  # sources in the small print; Slack takes ten lines of it


def help(answer: Help) -> Message:
    """The commands, a line each."""
    heading = "\n".join(filter(None, (answer.remark, words.HELP[0])))
    return with_list(answer, heading, words.HELP[1:])


def corpora_list(answer: CorporaList) -> Message:
    """The corpora, a line each. If there are many, the small print names only sources whose licence asks for it: a
    message has no room for more."""
    groups = _grouped(answer.cards)
    lines = [words.corpus_line(group[0]) if len(group) == 1 else words.variants_line(group) for group in groups]
    credited = [card for card in answer.cards if len(answer.cards) <= _FEW or "CC BY" in card.licence]
    more = [words.MORE_SOURCES] if len(credited) < len(answer.cards) else []
    return with_list(answer, words.CORPORA, lines, [*map(words.source_line, credited[:_FEW]), *more])


def _grouped(cards: Sequence[Card]) -> list[list[Card]]:
    """The cards; variants of one corpus (pokemon-de, pokemon-fr) together."""
    names = {card.name for card in cards}
    groups: dict[str, list[Card]] = {}
    for card in cards:
        base = card.name.partition("-")[0]
        groups.setdefault(f"{base}-" if base in names - {card.name} else card.name, []).append(card)
    return list(groups.values())


def models_list(answer: ModelsList) -> Message:
    """The kinds of models, a line each."""
    return with_list(answer, words.MODELS, [words.model_line(*model) for model in generator.MODELS.items()])


def patterns_list(answer: PatternsList) -> Message:
    """Patterns, an example a line."""
    return with_list(answer, words.PATTERNS, [words.pattern_line(*said) for said in words.PATTERN_EXAMPLES.items()])


def channel_settings(answer: ChannelSettings) -> Message:
    """A channel's settings, a line each."""
    heading = forms.SETTINGS_NEW if answer.new else forms.SETTINGS_NOW
    lines = forms.settings_lines(answer.defaults, Generate())
    return with_list(answer, heading, lines, presser=answer.presser)


def with_list(
    answer: Answer, heading: str, lines: Sequence[str], notes: Sequence[str] = (), presser: str | None = None
) -> Message:
    """A heading, a list, small print, and the answer's commands as buttons."""
    head = elements.section(*asked_by(presser), *elements.marked(heading))
    body = elements.rich(head, elements.listing(map(elements.marked, lines)))
    small = [elements.small_print(*notes)] if notes else []
    buttons = [Button(command, escape(command), words.spoken_run(command)) for command in answer.commands]
    return Message(escape("\n".join([heading, *lines])), (body, *small, *elements.actions(buttons)), answer.audience)


def asked_by(presser: str | None) -> list[dict]:
    """The person who pressed a button; Slack itself shows only who typed a command."""
    return [elements.text(chat.ASKED_BY), elements.user(presser), elements.text("\n")] if presser else []


def verdicts(answer: Verdicts) -> Message:
    """The verdicts on each name, a line a name."""
    lines = {name: taken.line(found) for name, found in answer.by_name.items()}
    heading, notes = taken.title(list(lines)), taken.notes(answer.verdicts)
    listed = [[elements.text(name, bold=True), elements.text(f" {line}")] for name, line in lines.items()]
    body = elements.rich(elements.section(*elements.marked(heading)), elements.listing(listed))
    spoken = [heading, *(f"{name}: {line}" for name, line in lines.items()), *notes]
    return Message(escape("\n".join(spoken)), (body, *([elements.small_print(*notes)] if notes else [])))


def problem(answer: Problem) -> Message:
    """The error, with buttons that mend it."""
    typed, sent = f"{phrasing.COMMAND} {answer.error.sent}", answer.error.sent
    quoted = [elements.text(reading.YOU_TYPED), elements.text(typed, code=True), elements.text("\n")] if sent else []
    body = elements.rich(elements.section(*quoted, *elements.marked(answer.error.message)))
    buttons = [Button(line, escape(line), words.spoken_run(line)) for line in answer.commands]
    said = f"{reading.YOU_TYPED}`{typed}`\n{answer.error.message}" if sent else answer.error.message
    return Message(escape(said), (body, *elements.actions(buttons)))


def sentence(answer: Sentence) -> Message:
    """The sentence."""
    return in_words(answer, answer.text)


def in_words(answer: Answer, sentence: str, buttons: Sequence[Button] = ()) -> Message:
    """One sentence, perhaps with buttons."""
    body = elements.rich(elements.section(*elements.marked(sentence)))
    return Message(escape(sentence), (body, *elements.actions(buttons)), answer.audience)
