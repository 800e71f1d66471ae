"""From a batch or an error to the message that shows it; what is named render, with `about`, writes Block Kit and
nothing else does."""

from collections.abc import Iterable

from bot.answers import following
from bot.answers.following import follows
from bot.commands.button_refs import BATCH, PREVIEW, Ref, written
from bot.commands.queries import Complete, Generate
from bot.errors import BadInput
from bot.names.batch import Batch, Name, Reasons
from bot.repositories.batches import Kept
from bot.slack.blocks import elements
from bot.slack.blocks.elements import Button
from bot.slack.blocks.listing import TAKEN, Detail, Line, View, fitted, listing, more_voters, spoken, view_of
from bot.slack.blocks.message import CHANNEL, PRIVATE, Message
from bot.strings import about, chat, forms, names, phrasing, reading, rounds, why
from bot.text import escape, unescape
from bot.voting.standing import Standing

__all__ = ["Message", "render", "render_broken", "render_error", "render_preview", "render_reasons"]

_MOST_SHOWN, _LEAST_SHOWN = 200, 3  # tokens in all and a hole: what 64 holes may say within Slack's limits


def render(kept: Kept, standing: Standing, editing: bool = False) -> Message:
    """Names for the channel, each with its votes; `editing` says that the message stands there already."""
    batch, view = kept.batch, view_of(standing.round, editing)
    heading = chat.title(batch, more=kept.sequel)
    known = chat.already(batch) if batch.known else ""
    print_ = chat.made_with(batch, again=not kept.before)
    lines = [_line(kept, place, standing) for place in range(len(batch.names))]
    notes = [note for note in (known, print_, "" if kept.id else rounds.NOT_KEPT) if note]
    head = [*asked_by(kept.asker if kept.pressed else None), *elements.marked(heading)]

    def build(detail: Detail) -> Message:
        below = [*_below(kept), *more_voters(lines, view, detail, Ref(BATCH, kept.id))]
        said = f"{escape(heading)}: {spoken(lines, view, _apart(batch))}"
        return _shown(head, said, listing(lines, view, detail), notes, below, CHANNEL)

    return fitted(build)


def render_preview(id: str, batch: Batch, again: bool = True) -> Message:
    """Names for the person who asked alone, who sends them, has others, or lets it be; without an `id` they cannot be
    sent.

    `again`: the seed alone gives them again, since none was shown before.
    """
    heading, known = chat.title(batch), chat.already(batch) if batch.known else ""
    lines = [Line(name.name, None, _mark(batch, place), beside=_beside(name)) for place, name in enumerate(batch.names)]
    notes = list(filter(None, (known, chat.made_with(batch, again), forms.ONLY_YOU_YET if id else forms.NOT_KEPT)))
    value = written(Ref(PREVIEW, id))
    below = (
        [Button(label, value, aloud, f"{way}:", style) for way, (label, aloud, style) in forms.PREVIEW.items()]
        if id
        else []
    )

    def build(detail: Detail) -> Message:
        said = f"{escape(heading)}: {spoken(lines, View(), _apart(batch))}"
        return _shown(elements.marked(heading), said, listing(lines, View(), detail), notes, below, PRIVATE)

    return fitted(build)


def _shown(
    head: list[dict], said: str, names: Iterable[dict], notes: list[str], below: list[Button], to: str
) -> Message:
    """A heading, names, small print and buttons; `said` is what is read aloud of the names, escaped."""
    body = (elements.rich(elements.section(*head)), *names, elements.small_print(*notes), *elements.actions(below))
    return Message("\n".join([said, *map(escape, notes)]), body, to)


def _apart(batch: Batch) -> str:
    """What stands between names that are read aloud: lines have commas of their own."""
    return ", " if batch.kind == "characters" else "; "


def _line(kept: Kept, place: int, standing: Standing) -> Line:
    name = kept.batch.names[place].name
    ref = Ref(BATCH, kept.id, str(place)) if kept.id else None
    ask = (Button(rounds.TAKEN, written(ref), rounds.spoken_taken(name), TAKEN),) if ref and kept.probes else ()
    return Line(
        name,
        ref,
        _mark(kept.batch, place),
        standing.entry(name),
        note=kept.taken.get(str(place), ""),
        extra=ask,
        beside=_beside(kept.batch.names[place]),
    )


def _beside(name: Name) -> str:
    return names.beside(name.near) if name.near else ""


def _mark(batch: Batch, place: int) -> str:
    """What stands before a name: its score where names are sorted by it, its rank where they stand in the order of
    ranks."""
    score, asked = batch.names[place].score, batch.request
    if score:
        return f"{score.total} · "
    return f"{asked.skip + place + 1}. " if isinstance(asked, Complete) and not asked.sort else ""


def asked_by(presser: str | None) -> list[dict]:
    """Slack says who typed a command; who pressed a button, only we can say."""
    return [elements.text(chat.ASKED_BY), elements.user(presser), elements.text("\n")] if presser else []


def _below(kept: Kept) -> list[Button]:
    """The buttons below the names, in one order."""
    value, ways = written(Ref(BATCH, kept.id)), follows(kept.batch) if kept.id else ()
    return [
        Button(label, value, spoken(kept.batch.request), f"{way}:")
        for way, (label, spoken) in _WAYS.items()
        if way in ways
    ]


_WAYS = {
    following.MORE: (chat.MORE, chat.spoken_more),
    following.WHY: (rounds.WHY, lambda asked: rounds.SPOKEN_WHY),
    following.SURPRISE: (rounds.SURPRISE, lambda asked: chat.spoken_instead(asked.to(Generate))),
    following.RANKED: (chat.RANK_INSTEAD, lambda asked: chat.spoken_instead(asked.to(Complete))),
    following.DELETE: (rounds.DELETE, lambda asked: rounds.SPOKEN_DELETE),
}


def render_reasons(found: Reasons, of: Batch | None = None) -> Message:
    """What may stand in each hole, for the person who asked alone; as many a hole as a message has room for.

    `of` are the names below which they asked: more is left out of these.
    """
    drawn = _reasons(found, of, bars=True)
    return drawn if drawn.fits() else _reasons(found, of, bars=False)


def _reasons(found: Reasons, of: Batch | None, bars: bool) -> Message:
    heading, shown = why.why_title(found), max(_LEAST_SHOWN, _MOST_SHOWN // len(found.places))
    likely = [(place.text, place.likely[:shown]) for place in found.places]
    listed = [
        [elements.text(text, code=True), elements.text(f" {why.likely(what, found.kind, bars)}")]
        for text, what in likely
    ]
    print_ = why.why_with(found.request, found.kind, of, found.awaited)
    body = elements.rich(elements.section(*elements.marked(heading)), elements.listing(listed, ranked=True))
    other = found.request.to(
        Complete,
        model=found.awaited or found.request.model,
        count=Complete.count,
        sayable=of and of.request.sayable,
        sort=of and of.request.sort,
    )
    button = Button(why.COMPLETE_INSTEAD, other.command(), chat.spoken_instead(other))
    spoken = [heading, *(f"{text} {why.likely(what, found.kind)}" for text, what in likely), print_]
    return Message(
        escape("\n".join(spoken)), (body, elements.small_print(print_), *elements.actions([button])), PRIVATE
    )


def render_error(error: BadInput) -> Message:
    """What went wrong and how to mend it, for the person who typed it alone."""
    typed = f"{phrasing.COMMAND} {error.sent}"
    quoted = (
        [elements.text(reading.YOU_TYPED), elements.text(typed, code=True), elements.text("\n")] if error.sent else []
    )
    lines = elements.section(*quoted, *elements.marked(error.message))
    suggested = [_suggested(line) for line in error.suggestions[:5]]
    said = f"{reading.YOU_TYPED}`{typed}`\n{error.message}" if error.sent else error.message
    return Message(escape(said), (elements.rich(lines), *elements.actions(suggested)), PRIVATE)


def _suggested(command: str) -> Button:
    line = unescape(command)
    return Button(line, command, about.spoken_run(line))


def render_broken(reference: str) -> Message:
    """A bug of ours, with the reference under which the log has it."""
    return render_sentence(chat.broken(reference))


def render_sentence(sentence: str) -> Message:
    """One sentence of ours to one person."""
    return Message(escape(sentence), (elements.rich(elements.section(*elements.marked(sentence))),), PRIVATE)
