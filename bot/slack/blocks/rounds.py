"""Messages about a round: the shortlist, the voters, the pick and its announcement."""

from bot.answers.types import (
    Act,
    Ballots,
    History,
    Picked,
    PickQuestion,
    Reopened,
    RoundClosed,
    RoundOptions,
    Shortlist,
    Suggested,
    Voters,
)
from bot.commands.button_refs import LIST, Ref, written
from bot.slack.blocks import elements
from bot.slack.blocks.about import in_words
from bot.slack.blocks.elements import Button
from bot.slack.blocks.listing import MOST_NAMES, Detail, fitted, listing, more_voters, nameable, spoken
from bot.slack.blocks.message import Message
from bot.slack.escaping import escape
from bot.strings import rounds as words

_MENTIONS, _ROOM = 100, 700  # people in a paragraph, and in a message
_THANKED = 50  # voters that an announcement names
_BELOW = {Act.SHARE: (words.SHARE, words.SPOKEN_SHARE), Act.ASK: (words.PICK, words.SPOKEN_PICK)}


def shortlist(answer: Shortlist) -> Message:
    """A round's shortlist."""
    round, every = answer.round, nameable(answer)
    lines, heading = every[:MOST_NAMES], words.shortlist(round)
    notes = list(filter(None, (words.rules(round.options), words.more_names(len(every) - MOST_NAMES))))
    begun = [elements.text(words.BEGUN_BY), elements.user(round.owner)]
    empty = [] if lines else [elements.text("\n"), *elements.marked(words.NO_NAMES)]
    head = elements.rich(elements.section(*elements.marked(heading), *begun, *empty))
    small = [elements.small_print(*notes)] if notes else []
    said = "\n".join([f"{escape(heading)}: {spoken(lines) or words.NO_NAMES}", *map(escape, notes)])
    below = elements.act_buttons(answer.actions, _BELOW)

    def build(detail: Detail) -> Message:
        buttons = [*below, *more_voters(lines, detail, Ref(LIST, round.id))]
        return Message(said, (head, *listing(lines, detail), *small, *elements.actions(buttons)), answer.audience)

    return fitted(build)


def suggested(answer: Suggested) -> Message:
    """A name that was put on the shortlist, with its vote."""
    lines = nameable(answer)
    if not lines:
        return in_words(answer, words.TAKEN_OFF)
    heading = words.suggested(answer)
    by = [elements.text(words.SUGGESTED_BY), elements.user(answer.by)] if answer.by else []
    head = elements.rich(elements.section(*elements.marked(heading), *by))
    said = f"{escape(heading)}: {spoken(lines)}"
    return fitted(lambda detail: Message(said, (head, *listing(lines, detail)), answer.audience))


def round_options(answer: RoundOptions) -> Message:
    """The rules of a round in a sentence."""
    return in_words(answer, words.voted_in(answer.round.options, answer.new))


def voters(answer: Voters) -> Message:
    """Everybody who voted for a name."""
    people = answer.voters
    heading = words.voters_of(answer.name, len(people))
    shown = [elements.mention(person) for person in people[:_ROOM]]
    rest = [words.and_more(len(people) - _ROOM)] if len(people) > _ROOM else []
    paragraphs = [", ".join(shown[at : at + _MENTIONS]) for at in range(0, len(shown), _MENTIONS)] + rest
    body = [elements.line(elements.people(paragraph)) for paragraph in paragraphs]
    return Message(escape(heading), (elements.line(elements.plain(heading)), *body))


def ballots(answer: Ballots) -> Message:
    """A button for each name that has votes."""
    voted = answer.voted[:MOST_NAMES]
    buttons = [
        Button(words.vote_count(name, votes), written(action.ref), words.spoken_voters(name), action.act)
        for action, (name, votes) in zip(answer.actions, voted, strict=False)
    ]
    heading = words.WHOSE_VOTES if voted else words.NO_VOTES_YET
    said = escape("\n".join([heading, *(words.spoken_line(*name) for name in voted)]))
    return Message(said, (elements.line(elements.plain(heading)), *elements.actions(buttons)))


def pick_question(answer: PickQuestion) -> Message:
    """The question, with a button for each name that can be picked."""
    return in_words(answer, words.pick_question(answer), [_pick_button(*action) for action in answer.actions])


def _pick_button(act: Act, ref: Ref, name: str) -> Button:
    if act is Act.PICK:
        label = words.pick_label(name) if name else words.CLOSE
        return Button(label, written(ref), label, act, "primary")
    label, aloud = (words.RUNOFF, words.SPOKEN_RUNOFF) if act is Act.RUN_OFF else (words.NOT_YET, words.NOT_YET)
    return Button(label, written(ref), aloud, act)


def picked(answer: Picked) -> Message:
    """The announcement of the winner, with the votes."""
    lines = [f"{entry.name} {words.votes_of(len(entry.voters))}" for entry in answer.best]
    winner, thanked = answer.winner, [elements.mention(person) for person in answer.voters[:_THANKED]]
    thanks = words.picked_by(elements.mention(answer.standing.round.closer), thanked, len(winner.voters))
    body = elements.rich(
        elements.section(elements.text(words.THE_NAME_IS), elements.text(winner.name, bold=True)),
        elements.listing([[elements.text(line)] for line in lines], ranked=True),
    )
    undo = [Button(words.UNDO, written(action.ref), words.SPOKEN_UNDO, action.act) for action in answer.actions]
    said = escape("\n".join([words.THE_NAME_IS + winner.name, *lines]))
    small = {"type": "context", "elements": [elements.people(thanks)]}
    return Message(said, (body, small, *elements.actions(undo)), answer.audience)


def reopened(answer: Reopened) -> Message:
    """A sentence in the place of the announcement that was undone."""
    said = words.REOPENED if answer.person else words.NO_LONGER
    by = [elements.text(words.UNDONE_BY), elements.user(answer.person)] if answer.person else []
    body = elements.rich(elements.section(*elements.marked(said), *by))
    show = [Button(words.SHORTLIST, command, words.SHORTLIST) for command in answer.commands]
    return Message(escape(said), (body, *elements.actions(show)), answer.audience)


def round_closed(answer: RoundClosed) -> Message:
    """How the round ended."""
    return in_words(answer, words.closed(answer.round))


def history(answer: History) -> Message:
    """The closed rounds, with a button that opens each."""
    lines = [words.old_round(round) for round in answer.shown]
    buttons = [
        Button(action.label or words.TIE, written(action.ref), words.spoken_old_round(round), action.act)
        for action, round in zip(answer.actions, answer.shown, strict=True)
    ]
    listed = elements.listing(map(elements.marked, lines))
    body = elements.rich(elements.section(*elements.marked(words.OLD_ROUNDS)), listed)
    return Message(escape("\n".join([words.OLD_ROUNDS, *lines])), (body, *elements.actions(buttons)))
