"""Names with a vote button each and the people behind the votes, in as much detail as a message has room for."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from bot.commands import button_refs
from bot.commands.button_refs import Ref
from bot.slack.blocks import elements
from bot.slack.blocks.elements import Button
from bot.slack.blocks.message import Message
from bot.strings import rounds as words
from bot.text import cut, escape
from bot.voting.round import Round
from bot.voting.votes import Entry

VOTE, VOTERS, WHO, TAKEN = "vote:", "voters:", "who:", "taken:"  # so begin the action_ids of their buttons
MOST_NAMES = 20


class Line(NamedTuple):
    """A name in a list; `mark` stands before it, `beside` after it, `note` and `extra` buttons below it. `entry` is its
    place in the round, if any."""

    name: str
    ref: Ref | None  # None where nothing can be done with it
    mark: str = ""
    entry: Entry | None = None
    proposed: bool = False  # say by whom
    note: str = ""
    extra: tuple[Button, ...] = ()
    beside: str = ""

    def written(self, most: int, all: bool) -> str:
        """The name, cut to so many characters, with what stands before it and, if there is room for `all`, after it."""
        return self.mark + elements.cut(self.name, most) + (f" ({self.beside})" if self.beside and all else "")


class View(NamedTuple):
    """What of the votes is shown: how many, and whose."""

    counts: bool = True
    voters: bool = True


class Detail(NamedTuple):
    """How much is shown of each name: voters by name, buttons of its own below it; and the text of all that is for the
    ear."""

    voters: int
    buttons: bool
    text: int = 4_000  # characters of the message's text; Slack takes as many
    labels: bool = True  # say what a button does
    name: int = 1_000  # characters of a name
    note: int = 300  # and of what is noted below it


# The last is for whole lines, and for names that JSON or Slack write in many more characters than they have.
_DETAILS = (Detail(5, True), Detail(5, False), Detail(0, False), Detail(0, False, 500, False, 100, 40))


def view_of(round: Round | None, editing: bool) -> View:
    """What a round lets be seen. In a message that is new to a channel nobody is named: Slack would notify them all."""
    return (
        View()
        if round is None
        else View(round.shows_counts, round.shows_counts and editing and not round.options.anonymous)
    )


def fitted(build: Callable[[Detail], Message]) -> Message:
    """The message in the fullest detail that Slack takes."""
    for detail in _DETAILS:
        message = build(detail)
        message = replace(message, text=cut(message.text, detail.text))
        if message.fits():
            return message
    return message


def listing(lines: Sequence[Line], view: View, detail: Detail, closed: bool = False) -> Iterator[dict]:
    """The blocks of the names; those of a closed round can be voted for no more, and have their votes behind them."""
    for number, line in enumerate(lines):
        votes = _votes(line, view)
        said = words.spoken_vote(line.name, votes) if detail.labels else ""
        name = line.written(detail.name, detail.labels) + (f" {words.votes_of(votes)}" if closed and votes else "")
        button = (
            None if closed else line.ref and Button(words.vote_label(votes), button_refs.written(line.ref), said, VOTE)
        )
        yield elements.line(elements.plain(name), button, number)
        yield from _below(number, line, view, detail)
        if detail.buttons and line.extra:
            yield from elements.actions(line.extra)


def more_voters(lines: Iterable[Line], view: View, detail: Detail, ref: Ref) -> list[Button]:
    """The button that opens all votes, where the names have no room for one of their own."""
    unseen = any(line.entry and len(line.entry.voters) > detail.voters for line in lines)
    if not unseen or detail.buttons or not view.voters:
        return []
    return [Button(words.WHO_VOTED, button_refs.written(ref), words.WHO_VOTED, WHO)]


def spoken(lines: Iterable[Line], view: View, apart: str = ", ") -> str:
    """The names with their votes, as a screen reader says them, escaped."""
    return escape(
        apart.join(words.spoken_line(line.mark + line.name, _votes(line, view), line.beside) for line in lines)
    )


def _votes(line: Line, view: View) -> int | None:
    """How many votes are shown; None where that is a secret."""
    return (len(line.entry.voters) if line.entry else 0) if view.counts else None


def _below(number: int, line: Line, view: View, detail: Detail) -> Iterator[dict]:
    """Who proposed a name and who voted for it, and what else there is to say of it."""
    voters = line.entry.voters if line.entry and view.voters else ()
    by = elements.mention(line.entry.by) if line.entry and line.proposed else None
    sentence = words.people(by, [elements.mention(person) for person in voters[: detail.voters]])
    left = len(voters) - detail.voters if detail.voters else 0
    if left > 0 and detail.buttons:
        button = Button(words.and_more(left), button_refs.written(line.ref), words.spoken_voters(line.name), VOTERS)
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
