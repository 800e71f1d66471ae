"""From a round to the messages that show it: the shortlist, who voted, how it is picked from and what came of it."""

from collections.abc import Sequence
from decimal import Decimal

from bot.commands.button_refs import LIST, ONE, Ref, written
from bot.slack.blocks import elements
from bot.slack.blocks.elements import Button
from bot.slack.blocks.listing import (
    MOST_NAMES,
    TAKEN,
    VOTERS,
    Detail,
    Line,
    fitted,
    listing,
    more_voters,
    spoken,
    view_of,
)
from bot.slack.blocks.message import CHANNEL, PRIVATE, Message
from bot.strings import rounds as words
from bot.text import escape
from bot.voting.round import Round
from bot.voting.standing import Standing
from bot.voting.votes import Entry

# So begin the action_ids of their buttons.
SHARE, ASK, PICK, RUNOFF, UNDO, LEAVE, OFF, OPEN = (
    "share:",
    "ask:",
    "pick:",
    "runoff:",
    "undo:",
    "leave:",
    "off:",
    "open:",
)
_MENTIONS, _ROOM = 100, 700  # people in a paragraph, and in a message
_TIED = 10  # names, or rounds, with a button each
_THANKED = 50  # voters that an announcement names


def render_shortlist(
    stands: Standing, viewer: str | None = None, editing: bool = True, probes: bool = False
) -> Message:
    """A round's shortlist: for one person, who may take off what is their own, or (None) for the channel.

    `probes` says that there is somebody to ask whether a name is taken.
    """
    round, view = stands.round, view_of(stands.round, editing or viewer is not None)
    entries = _ranked(stands)
    lines = [_line(number, entry, round, viewer, probes) for number, entry in enumerate(entries[:MOST_NAMES], 1)]
    heading = words.shortlist(round)
    notes = [note for note in (words.rules(round.options), words.more_names(len(entries) - MOST_NAMES)) if note]

    def build(detail: Detail) -> Message:
        empty = [] if entries else [elements.text("\n"), *elements.marked(words.NO_NAMES)]
        head = elements.rich(
            elements.section(
                *elements.marked(heading), elements.text(words.BEGUN_BY), elements.user(round.owner), *empty
            )
        )
        buttons = [*_below(round, viewer), *more_voters(lines, view, detail, Ref(LIST, round.id))]
        small = [elements.small_print(*notes)] if notes else []
        said = [f"{escape(heading)}: {spoken(lines, view) or words.NO_NAMES}", *map(escape, notes)]
        shown = (head, *listing(lines, view, detail, closed=bool(round.closed)), *small, *elements.actions(buttons))
        return Message("\n".join(said), shown, PRIVATE if viewer else CHANNEL)

    return fitted(build)


def _ranked(stands: Standing) -> list[Entry]:
    """The most votes first; where counts are a secret, the order tells nothing of them."""
    entries = list(stands.entries.values())
    return entries if stands.round.shows_counts else sorted(entries, key=lambda entry: (Decimal(entry.at), entry.key))


def _line(number: int, entry: Entry, round: Round, viewer: str | None, probes: bool) -> Line:
    ref, value = Ref(LIST, round.id, entry.key), written(Ref(LIST, round.id, entry.key))
    ask = [Button(words.TAKEN, value, words.spoken_taken(entry.name), TAKEN)] if probes and not round.closed else []
    mine = viewer == entry.by and not round.closed
    off = [Button(words.TAKE_OFF, value, words.spoken_take_off(entry.name), OFF)] if mine else []
    proposed = viewer is not None and not round.options.anonymous
    return Line(entry.name, ref, f"{number}. ", entry, proposed, round.taken.get(entry.key, ""), (*ask, *off))


def _below(round: Round, viewer: str | None) -> list[Button]:
    if viewer is None or round.closed:
        return []
    value = written(Ref(LIST, round.id))
    share = Button(words.SHARE, value, words.SPOKEN_SHARE, SHARE)
    return [share, *([Button(words.PICK, value, words.SPOKEN_PICK, ASK)] if viewer == round.owner else [])]


def render_suggested(stands: Standing, key: str, new: bool = True, editing: bool = False) -> Message:
    """A name that somebody put on the shortlist, to the channel; where it was there already, to that person.

    Where proposers stay unnamed too: Slack shows the command, and with it who typed it, beside an answer for everybody.
    """
    entry, view = stands.entries.get(key), view_of(stands.round, editing or not new)
    if entry is None:
        return _sentence(words.TAKEN_OFF, CHANNEL)
    line = Line(entry.name, Ref(ONE, stands.round.id, key), entry=entry)
    heading = words.SUGGESTED if new else words.THERE
    by = [] if stands.round.options.anonymous else [elements.text(words.SUGGESTED_BY), elements.user(entry.by)]
    head = elements.rich(elements.section(elements.text(heading), *by))

    def build(detail: Detail) -> Message:
        body = (head, *listing([line], view, detail))
        to = CHANNEL if new and (editing or not stands.round.options.anonymous) else PRIVATE
        return Message(f"{escape(heading)}: {spoken([line], view)}", body, to)

    return fitted(build)


def render_round(round: Round, new: bool = False) -> Message:
    """How a round is voted in: to one person, or, where that is new, to the channel."""
    return _sentence(words.voted_in(round.options, new), CHANNEL if new else PRIVATE)


def render_voters(name: str, entry: Entry | None) -> Message:
    """Everybody who voted for a name, to one person."""
    voters = entry.voters if entry else ()
    heading = words.voters_of(name, len(voters))
    shown = [elements.mention(person) for person in voters[:_ROOM]]
    rest = [words.and_more(len(voters) - _ROOM)] if len(voters) > _ROOM else []
    paragraphs = [", ".join(shown[at : at + _MENTIONS]) for at in range(0, len(shown), _MENTIONS)] + rest
    body = [elements.line(elements.people(paragraph)) for paragraph in paragraphs]
    return Message(escape(heading), (elements.line(elements.plain(heading)), *body), PRIVATE)


def render_ballots(ref: Ref, names: Sequence[tuple[str, str, Entry | None]]) -> Message:
    """A button for each name that has votes, to open its voters; to one person. `names` are parts of the message,
    names, entries."""
    voted = [(part, name, len(entry.voters)) for part, name, entry in names if entry and entry.voters][:MOST_NAMES]
    buttons = [
        Button(words.vote_count(name, n), written(ref._replace(part=part)), words.spoken_voters(name), VOTERS)
        for part, name, n in voted
    ]
    heading = words.WHOSE_VOTES if voted else words.NO_VOTES_YET
    said = escape("\n".join([heading, *(words.spoken_line(name, n) for _, name, n in voted)]))
    return Message(said, (elements.line(elements.plain(heading)), *elements.actions(buttons)), PRIVATE)


def render_pick(stands: Standing) -> Message:
    """The question before a round is closed, to the person who may close it. Of a secret count it tells no more than a
    tie."""
    leaders, id = stands.leaders(), stands.round.id
    if len(leaders) > 1:
        question = words.pick_tied(
            [entry.name for entry in leaders], len(leaders[0].voters) if stands.round.shows_counts else None
        )
    elif stands.round.options.hidden:
        question = words.CLOSE_IN_SECRET
    else:
        question = words.pick_this(leaders[0].name, len(leaders[0].voters))
    labels = (
        [words.CLOSE]
        if question == words.CLOSE_IN_SECRET
        else [words.pick_label(entry.name) for entry in leaders[:_TIED]]
    )
    picks = [
        Button(label, written(Ref(LIST, id, entry.key)), label, PICK, "primary")
        for label, entry in zip(labels, leaders, strict=False)
    ]
    again = [Button(words.RUNOFF, written(Ref(LIST, id)), words.SPOKEN_RUNOFF, RUNOFF)] if len(leaders) > 1 else []
    leave = Button(words.NOT_YET, written(Ref(LIST, id)), words.NOT_YET, LEAVE)
    return _sentence(question, PRIVATE, [*picks, *again, leave])


def render_picked(stands: Standing) -> Message:
    """The announcement of what was picked, with the votes, to the channel."""
    round, view = stands.round, view_of(stands.round, editing=True)
    entries = list(stands.entries.values())[:_TIED]
    lines = [f"{entry.name} {words.votes_of(len(entry.voters))}" for entry in entries]
    winner = stands.entries[round.picked]
    by = elements.mention(round.closer)
    thanks = words.picked_by(
        by, [elements.mention(person) for person in winner.voters[:_THANKED]] if view.voters else [], len(winner.voters)
    )
    body = elements.rich(
        elements.section(elements.text(words.THE_NAME_IS), elements.text(winner.name, bold=True)),
        elements.listing([[elements.text(line)] for line in lines], ranked=True),
    )
    undo = Button(words.UNDO, written(Ref(LIST, round.id)), words.SPOKEN_UNDO, UNDO)
    said = escape("\n".join([words.THE_NAME_IS + winner.name, *lines]))
    return Message(
        said, (body, {"type": "context", "elements": [elements.people(thanks)]}, *elements.actions([undo])), CHANNEL
    )


def render_reopened(stands: Standing, person: str) -> Message:
    """What stands in the place of an announcement that was undone."""
    body = elements.rich(
        elements.section(*elements.marked(words.REOPENED), elements.text(words.UNDONE_BY), elements.user(person))
    )
    show = Button(words.SHORTLIST, "shortlist", words.SHORTLIST)
    return Message(escape(words.REOPENED), (body, *elements.actions([show])), CHANNEL)


def render_closed(round: Round) -> Message:
    """That a round is closed, and what was picked, to the person who voted too late."""
    return _sentence(words.closed(round), PRIVATE)


def render_history(rounds: Sequence[Round]) -> Message:
    """The rounds that were closed, the latest first, to one person; a button opens each."""
    shown = rounds[:_TIED]
    lines = [words.old_round(round) for round in shown]
    buttons = [
        Button(round.picked_name or words.TIE, written(Ref(LIST, round.id)), words.spoken_old_round(round), OPEN)
        for round in shown
    ]
    body = elements.rich(
        elements.section(*elements.marked(words.OLD_ROUNDS)), elements.listing(map(elements.marked, lines))
    )
    return Message(escape("\n".join([words.OLD_ROUNDS, *lines])), (body, *elements.actions(buttons)), PRIVATE)


def _sentence(sentence: str, response_type: str, buttons: Sequence[Button] = ()) -> Message:
    body = elements.rich(elements.section(*elements.marked(sentence)))
    return Message(escape(sentence), (body, *elements.actions(buttons)), response_type)
