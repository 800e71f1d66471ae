"""From a batch or an error to the message that shows it; with `about`, the only writer of Block Kit."""

from dataclasses import replace

from bot import blocks
from bot.batch import Batch
from bot.blocks import Button
from bot.entities import escape, unescape
from bot.errors import BadInput
from bot.message import CHANNEL, PRIVATE, Message
from bot.options import MOST_SKIP
from bot.reasons import Reasons
from bot.request import Request
from bot.shelf import usual_model
from bot.words import about, chat, phrasing, reading, why

__all__ = ["Message", "render", "render_broken", "render_error", "render_reasons"]

_MOST_SHOWN, _LEAST_SHOWN = 200, 3  # tokens in all and a hole: what 64 holes may say within Slack's limits


def render(batch: Batch, presser: str | None = None) -> Message:
    """Names for the channel; `presser` is the user id of whoever pressed a button for them."""
    heading = chat.title(batch)
    listed = [[blocks.text(name.name, bold=True)] for name in batch.names]
    parts = [
        blocks.section(*asked_by(presser), *blocks.marked(heading)),
        blocks.listing(listed, batch.request.verb == "complete", batch.request.skip),
    ]
    known = chat.already(batch.known, batch.known_count) if batch.known else ""
    if known:
        parts.append(blocks.section(blocks.text(known)))
    print_ = chat.made_with(batch)
    shown = (blocks.rich(*parts), blocks.small_print(print_), *blocks.actions(_buttons(batch)))
    apart = ", " if batch.kind == "characters" else "; "  # lines have commas of their own
    spoken = [f"{heading}: {apart.join(name.name for name in batch.names)}", known, print_]
    return Message(escape("\n".join(filter(None, spoken))), shown, CHANNEL)


def asked_by(presser: str | None) -> list[dict]:
    """Slack says who typed a command; who pressed a button, only we can say."""
    return [blocks.text(chat.ASKED_BY), blocks.user(presser), blocks.text("\n")] if presser else []


def _buttons(batch: Batch) -> list[Button]:
    asked, buttons = batch.request, []
    more = _more(asked)
    if len(batch.names) == asked.count and more.skip <= MOST_SKIP:
        buttons.append(Button(chat.MORE, more.command(), chat.spoken_more(more)))
    if asked.pattern:
        ranked = asked.verb == "complete"
        verb = "draw" if ranked else "complete"
        other = replace(asked, verb=verb, model=_as_usual(asked, verb, batch.kind), skip=0, seed=None)
        label = chat.DRAW_INSTEAD if ranked else chat.RANK_INSTEAD
        buttons.append(Button(label, other.command(), chat.spoken_instead(other)))
    return buttons


def _as_usual(asked: Request, verb: str, kind: str) -> str:
    """The model for another verb: the usual one where the one at hand is usual too, else the same."""
    usual = asked.model == usual_model(asked.verb, asked.corpus, kind)
    return usual_model(verb, asked.corpus, kind) if usual else asked.model


def _more(asked: Request) -> Request:
    """The next in rank, or other draws: the same seed would draw the same."""
    return replace(asked, skip=asked.skip + asked.count) if asked.verb == "complete" else replace(asked, seed=None)


def render_reasons(found: Reasons) -> Message:
    """What may stand in each hole, for the person who asked alone; as many a hole as a message has room for."""
    heading, shown = why.why_title(found), max(_LEAST_SHOWN, _MOST_SHOWN // len(found.places))
    lines = [(place.text, why.likely(place.likely[:shown], found.kind)) for place in found.places]
    listed = [[blocks.text(text, code=True), blocks.text(f" {likely}")] for text, likely in lines]
    print_ = why.why_with(found.request)
    body = blocks.rich(blocks.section(*blocks.marked(heading)), blocks.listing(listed, ranked=True))
    other = replace(found.request, verb="complete", count=Request("complete").count)
    button = Button(why.COMPLETE_INSTEAD, other.command(), chat.spoken_instead(other))
    spoken = [heading, *(f"{text} {likely}" for text, likely in lines), print_]
    return Message(escape("\n".join(spoken)), (body, blocks.small_print(print_), *blocks.actions([button])), PRIVATE)


def render_error(error: BadInput) -> Message:
    """What went wrong and how to mend it, for the person who typed it alone."""
    typed = f"{phrasing.COMMAND} {error.sent}"
    quoted = [blocks.text(reading.YOU_TYPED), blocks.text(typed, code=True), blocks.text("\n")] if error.sent else []
    lines = blocks.section(*quoted, *blocks.marked(error.message))
    suggested = [_suggested(line) for line in error.suggestions[:5]]
    said = f"{reading.YOU_TYPED}`{typed}`\n{error.message}" if error.sent else error.message
    return Message(escape(said), (blocks.rich(lines), *blocks.actions(suggested)), PRIVATE)


def _suggested(command: str) -> Button:
    line = unescape(command)
    return Button(line, command, about.spoken_run(line))


def render_broken(reference: str) -> Message:
    """A bug of ours, with the reference under which the log has it."""
    return render_sentence(chat.broken(reference))


def render_sentence(sentence: str) -> Message:
    """One sentence of ours to one person."""
    return Message(escape(sentence), (blocks.rich(blocks.section(*blocks.marked(sentence))),), PRIVATE)
