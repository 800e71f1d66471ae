"""Messages with new names, and with the reasons for them."""

from collections.abc import Iterable, Sequence

from bot.answers.types import Act, Listing, PreviewNames, ShownNames, ShownReasons
from bot.commands.button_refs import BATCH, Ref
from bot.commands.queries import Complete, Generate, NamesQuery
from bot.names.batch import Batch
from bot.slack.blocks import elements
from bot.slack.blocks.about import asked_by
from bot.slack.blocks.elements import Button
from bot.slack.blocks.listing import Detail, fitted, listing, more_voters, nameable, spoken
from bot.slack.blocks.message import Message
from bot.slack.escaping import escape
from bot.strings import chat, forms, rounds, why

_MOST_SHOWN, _LEAST_SHOWN = 200, 3  # tokens in all and a hole: what 64 holes may say within Slack's limits


def shown_names(answer: ShownNames) -> Message:
    """Names for the channel, each with its vote."""
    kept, batch = answer.kept, answer.kept.batch
    heading = chat.title(batch, more=kept.sequel)
    head = [*asked_by(kept.asker if kept.pressed else None), *elements.marked(heading)]
    notes = [*chat.notes(batch, again=not kept.before), *([] if kept.id else [rounds.NOT_KEPT])]
    below = elements.act_buttons(answer.actions, _labels(batch.request))
    return _shown(answer, batch, heading, head, notes, below, Ref(BATCH, kept.id))


def _labels(asked: NamesQuery) -> dict[Act, tuple[str, str]]:
    labels = {
        Act.MORE: (chat.MORE, chat.spoken_more(asked)),
        Act.WHY: (rounds.WHY, rounds.SPOKEN_WHY),
        Act.DELETE: (rounds.DELETE, rounds.SPOKEN_DELETE),
    }
    if asked.sought:
        labels[Act.SURPRISE] = rounds.SURPRISE, chat.spoken_instead(asked.to(Generate))
        labels[Act.RANKED] = chat.RANK_INSTEAD, chat.spoken_instead(asked.to(Complete))
    return labels


def preview_names(answer: PreviewNames) -> Message:
    """Names for their asker, who sends them, has others, or lets them be."""
    heading = chat.title(answer.batch)
    notes = [*chat.notes(answer.batch, answer.again), forms.ONLY_YOU_YET if answer.id else forms.NOT_KEPT]
    below = elements.act_buttons(answer.actions, forms.PREVIEW)
    return _shown(answer, answer.batch, heading, elements.marked(heading), notes, below, Ref(BATCH, ""))


def _shown(
    answer: Listing,
    batch: Batch,
    heading: str,
    head: Iterable[dict],
    notes: Sequence[str],
    below: Sequence[Button],
    ref: Ref,
) -> Message:
    """A heading, names, small print and buttons, in as much detail as fits."""
    lines = nameable(answer)
    said = f"{escape(heading)}: {spoken(lines, ', ' if batch.kind == 'characters' else '; ')}"  # lines have commas

    def build(detail: Detail) -> Message:
        buttons = [*below, *more_voters(lines, detail, ref)]
        body = (elements.rich(elements.section(*head)), *listing(lines, detail), elements.small_print(*notes))
        text = "\n".join([said, *map(escape, notes)])
        return Message(text, (*body, *elements.actions(buttons)), answer.audience)

    return fitted(build)


def shown_reasons(answer: ShownReasons) -> Message:
    """The tokens of each hole, with bars if a message has room for them."""
    drawn = _reasons(answer, bars=True)
    return drawn if drawn.fits() else _reasons(answer, bars=False)


def _reasons(answer: ShownReasons, bars: bool) -> Message:
    found = answer.found
    heading, most = why.why_title(found), max(_LEAST_SHOWN, _MOST_SHOWN // len(found.places))
    likely = [(place.text, place.likely[:most]) for place in found.places]
    listed = [
        [elements.text(text, code=True), elements.text(f" {why.likely(tokens, found.kind, bars)}")]
        for text, tokens in likely
    ]
    note = why.why_with(found.request, found.kind, answer.of, found.awaited)
    body = elements.rich(elements.section(*elements.marked(heading)), elements.listing(listed, ranked=True))
    buttons = [
        Button(why.COMPLETE_INSTEAD, escape(command), chat.spoken_instead(answer.instead))
        for command in answer.commands
    ]
    spoken = [heading, *(f"{text} {why.likely(tokens, found.kind)}" for text, tokens in likely), note]
    return Message(escape("\n".join(spoken)), (body, elements.small_print(note), *elements.actions(buttons)))
