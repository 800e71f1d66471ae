"""Names with a vote button each and the people behind the votes, in as much detail as a message has room for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.answers.types import Act, Audience, Line, Listing
from bot.commands.button_refs import Ref, written
from bot.slack.blocks import elements
from bot.slack.blocks.elements import Button
from bot.slack.blocks.message import Message
from bot.slack.escaping import cut, escape
from bot.strings import rounds as words

MOST_NAMES = 20
_BESIDE = {Act.TAKEN: (words.TAKEN, words.spoken_taken), Act.TAKE_OFF: (words.TAKE_OFF, words.spoken_take_off)}


class Detail(NamedTuple):
    """The room for each name: how many voters, whether it has buttons of its own below it, and lengths of texts."""

    voters: int
    buttons: bool
    text: int = 4_000  # characters of the message's text; Slack takes as many
    labels: bool = True  # the buttons' texts for screen readers
    name: int = 1_000  # characters of a name
    note: int = 300  # characters of the note below it


# The last is for whole lines, and for names that JSON or Slack write in many more characters than they have.
_DETAILS = (Detail(5, True), Detail(5, False), Detail(0, False), Detail(0, False, 500, False, 100, 40))


def nameable(answer: Listing) -> tuple[Line, ...]:
    """The lines; without voters in a message that is new to a channel, since Slack would notify them all."""
    if answer.update or answer.audience is Audience.ASKER:
        return answer.lines
    return tuple(line._replace(voters=()) for line in answer.lines)


def fitted(build: Callable[[Detail], Message]) -> Message:
    """The message in the fullest detail that Slack takes."""
    for detail in _DETAILS:
        message = build(detail)
        message = replace(message, text=cut(message.text, detail.text))
        if message.fits():
            return message
    return message


def listing(lines: Sequence[Line], detail: Detail) -> Iterator[dict]:
    """The blocks of the names."""
    for number, line in enumerate(lines):
        yield elements.line(elements.plain(_name(line, detail)), _vote(line, detail), number)
        yield from _below(number, line, detail)
        if detail.buttons:
            beside = [(act, *_BESIDE[act]) for act in line.acts if act in _BESIDE]
            yield from elements.actions(
                Button(label, written(line.ref), spoken(line.name), act) for act, label, spoken in beside
            )


def _name(line: Line, detail: Detail) -> str:
    """A name between its mark and its remark. The votes of a closed round stand here, since it has no vote buttons."""
    beside = f" ({line.beside})" if line.beside and detail.labels else ""
    closed = line.ref is not None and Act.VOTE not in line.acts
    votes = f" {words.votes_of(line.votes)}" if closed and line.votes else ""
    return line.mark + elements.cut(line.name, detail.name) + beside + votes


def _vote(line: Line, detail: Detail) -> Button | None:
    if Act.VOTE not in line.acts:
        return None
    spoken = words.spoken_vote(line.name, line.votes) if detail.labels else ""
    return Button(words.vote_label(line.votes), written(line.ref), spoken, Act.VOTE)


def more_voters(lines: Iterable[Line], detail: Detail, ref: Ref) -> list[Button]:
    """The button that opens all votes, if the names have no room for buttons of their own."""
    unseen = any(len(line.voters) > detail.voters for line in lines)
    return (
        [Button(words.WHO_VOTED, written(ref), words.WHO_VOTED, Act.BALLOTS)] if unseen and not detail.buttons else []
    )


def spoken(lines: Iterable[Line], apart: str = ", ") -> str:
    """The names with their votes for screen readers, escaped."""
    return escape(apart.join(words.spoken_line(line.mark + line.name, line.votes, line.beside) for line in lines))


def _below(number: int, line: Line, detail: Detail) -> Iterator[dict]:
    """The proposer of a name, its voters, and its note."""
    by = elements.mention(line.by) if line.by else None
    sentence = words.people(by, [elements.mention(person) for person in line.voters[: detail.voters]])
    left = len(line.voters) - detail.voters if detail.voters else 0
    if left > 0 and detail.buttons:
        button = Button(words.and_more(left), written(line.ref), words.spoken_voters(line.name), Act.VOTERS)
        yield elements.line(elements.people(sentence), button, number)
        sentence = ""
    elif left > 0:
        sentence = f"{sentence} {words.and_more(left)}"
    beneath = [
        *([elements.people(sentence)] if sentence else []),
        *([elements.plain(elements.cut(line.note, detail.note))] if line.note else []),
    ]
    if beneath:
        yield {"type": "context", "elements": beneath}
