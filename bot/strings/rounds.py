"""Voting: the buttons below a list of names, votes, a round, and how it ends."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.strings.phrasing import cannot_use, command, listed, many, shown
from bot.text import harmless

if TYPE_CHECKING:
    from bot.answers.types import PickQuestion, Suggested
    from bot.voting.round import Options, Round

YOUR_VOTE = "You voted for it"
GONE = "Those names are deleted already."
OLD_BUTTON = (
    f"That button is too old for me, or was made for another channel. Ask again, for example {command('pokemon')}."
)

# A list of names

WHY = "Why"
SURPRISE = "Surprise me"
DELETE = "Delete"
WHO_VOTED = "Who voted"
TAKEN = "Is it taken?"
SPOKEN_WHY = "What is likely in each hole, for you alone"
SPOKEN_DELETE = "Delete this message"
ALL_FOLLOWED = "What follows these names stands further down already, to the last that I can give."
NOT_YOURS_TO_DELETE = "Only the person who asked for these names can delete them."


def vote_label(votes: int | None) -> str:
    """Write the label of a vote button, with the count if there are votes and they are no secret.

    >>> vote_label(3), vote_label(0), vote_label(None)
    ('Vote · 3', 'Vote', 'Vote')
    """
    return f"Vote · {votes:,}" if votes else "Vote"


def spoken_vote(name: str, votes: int | None) -> str:
    return f"Vote for {harmless(name, 40)}" + (f", {many(votes, 'vote')} so far" if votes else "")


def spoken_taken(name: str) -> str:
    return f"Ask whether {harmless(name, 40)} is taken"


def spoken_line(name: str, votes: int | None, beside: str = "") -> str:
    """Write a name as it is read aloud.

    >>> spoken_line("Mab", 2, "near the word map"), spoken_line("Moq", None)
    ('Mab (2 votes; near the word map)', 'Moq')
    """
    notes = "; ".join([*([many(votes, "vote")] if votes else []), *filter(None, [beside])])
    return f"{name} ({notes})" if notes else name


def people(by: str | None, voters: Sequence[str]) -> str:
    """Say who proposed a name, if that is known, and who voted for it.

    >>> people("Ada", ["Ben", "Cleo"]), people(None, [])
    ('Proposed by Ada · Votes: Ben, Cleo', '')
    """
    parts = [f"Proposed by {by}" if by else "", f"{'Votes: ' if by else ''}{', '.join(voters)}" if voters else ""]
    return " · ".join(filter(None, parts))


def and_more(left: int) -> str:
    return f"and {left:,} more"


def spoken_voters(name: str) -> str:
    return f"Everybody who voted for {harmless(name, 40)}"


BEHIND = "Your click counts, but Slack does not take the change right now: the message catches up with the next click."
NOT_TOLD = f"That is done, but Slack did not take the message that tells the channel. {command('rounds')} and {command('shortlist')} show how it stands."
GONE_MEANWHILE = "Your click counts; the list itself was deleted at this very moment."
NOT_DELETED = "Slack does not let me delete that right now. Try again in a minute."

NOT_KEPT = "no votes on these: I cannot get at what I remember right now"


def spent(limit: int | None, given: Sequence[str]) -> str:
    names = f": {listed(map(shown, given))}" if given else ""
    return f"You have given all your votes of this round ({limit}){names}. Click one of those names again to take a vote back."


FULL = "Your votes in this round fill the ballot: it holds about a thousand. Your earlier votes count, and you can take them back."
CHAIN_ENDS = f"That is all that I bring in one go: I can remember no more names of one list. Ask anew, for example {command('pokemon')}."


def not_listed(name: str) -> str:
    return f"{shown(name)} is not on the shortlist, so nobody can vote for it yet. The button beside a name in a list, or {command('suggest NAME')}, puts it there."


def typed_vote(name: str, voted: bool, votes: int) -> str:
    """Say what became of a typed vote.

    >>> typed_vote("Mab", True, 2)
    'Your vote for `Mab` counts: it has 2 votes now. The same line again takes your vote back.'
    """
    what = "counts" if voted else "is withdrawn"
    return f"Your vote for {shown(name)} {what}: it has {many(votes, 'vote')} now. The same line again {'takes your vote back' if voted else 'votes for it'}."


def in_secret(name: str, voted: bool) -> str:
    what = f"Your vote for {shown(name)} counts" if voted else f"Your vote for {shown(name)} is withdrawn"
    return f"{what}. How many there are is shown when the round is closed."


SECRET = "Who voted is not shown in this round."
WHOSE_VOTES = "Whose votes?"
NO_VOTES_YET = "Nobody has voted yet."


def voters_of(name: str, count: int) -> str:
    return f"{name}: {many(count, 'vote')}"


def vote_count(name: str, count: int) -> str:
    return f"{name} · {count:,}"


# A round

BEGUN_BY = " · begun by "
NO_NAMES = f"No name is on it yet: a vote for one, or {command('suggest NAME')}, puts it there."
SHARE = "Show everybody"
SPOKEN_SHARE = "Post this list in the channel"
PICK = "Pick"
SPOKEN_PICK = "Close the round with the name that has most votes"
TAKE_OFF = "Take off"
SHORTLIST = "Shortlist"
TAKEN_OFF = f"That name was taken off the shortlist. {command('suggest NAME')} puts it back."


def spoken_take_off(name: str) -> str:
    return f"Take {harmless(name, 40)} off the shortlist"


def shortlist(round: Round) -> str:
    if round.picked_name:
        return f"The round that ended with {shown(round.picked_name)}"
    return "The round that ended in a tie" if round.runoff else "The shortlist"


def rules(options: Options) -> str:
    """List the rules of a round that are not the usual ones.

    >>> from bot.voting.round import Options
    >>> rules(Options(3, hidden=True))
    '3 votes a person · counts hidden until it is closed'
    """
    limit = many(options.limit or 0, "vote") + " a person"
    hidden = "counts hidden until it is closed"
    parts = {limit: options.limit, "anonymous": options.anonymous, hidden: options.hidden}
    return " · ".join(said for said, holds in parts.items() if holds)


def more_names(number: int) -> str:
    return f"and {many(number, 'more name')}" if number > 0 else ""


CLOSED_MEANWHILE = (
    "The round was closed at this very moment. Suggest the name once more, and another round begins with it."
)
NO_ROUND = f"No round is open in this channel. A vote or {command('suggest NAME')} begins one."


SUGGESTED = "On the shortlist"
SUGGESTED_ALONE = f"On the shortlist. This round is anonymous, so nobody is told: {command('shortlist')} shows it to everybody who asks"
SUGGESTED_BY = " · suggested by "
THERE = "On the shortlist already"


def suggested(answer: Suggested) -> str:
    """Say that a name is on the shortlist, and, if it came in secret, that nobody is told."""
    if not answer.new:
        return THERE
    return SUGGESTED if answer.told else SUGGESTED_ALONE


NOT_TAKEN_OFF = {
    "ABSENT": "That name is not on the shortlist.",
    "NOT_YOURS": "Only the person who proposed a name can take it off the shortlist.",
    "CLOSED": "That round is closed, and so is its shortlist.",
}


def voted_in(options: Options, new: bool) -> str:
    """Say every rule of a round.

    >>> from bot.voting.round import Options
    >>> voted_in(Options(3, anonymous=True), True)
    'From now on this round has 3 votes a person, does not show who voted, and shows counts as they come.'
    """
    votes = f"{many(options.limit, 'vote')} a person" if options.limit else "any number of votes a person"
    voters = "does not show who voted" if options.anonymous else "shows who voted"
    counts = "shows counts when it is closed" if options.hidden else "shows counts as they come"
    return f"{'From now on this' if new else 'This'} round has {votes}, {voters}, and {counts}."


# How it ends

NOT_THE_OWNER = "Only the person who began the round can do that, or one of my admins."
NO_VOTES = "Nobody has voted yet, so there is nothing to pick from. The round stays open."
NO_TIE = "No names are tied, so there is nothing to vote on once more."
VOTES_CHANGED = f"The votes have changed meanwhile, and the round is still open. {command('pick')} asks again."
ANOTHER_ROUND = f"Another round has been begun here since, so that one stays closed. {command('rounds')} shows it."
NOTHING_TO_UNDO = "Nothing is picked in that round, so there is nothing to undo."
OTHER_PICK = "That pick was undone before. Another one stands now, with an Undo of its own."
NO_LONGER = "The pick that stood here was undone."
NOTHING_PICKED = "Nothing has been picked here that could be undone."
NOT_YET = "Not yet"
RUNOFF = "Run-off"
SPOKEN_RUNOFF = "Vote once more, between these names"
THE_NAME_IS = "The name is "
UNDO = "Undo"
SPOKEN_UNDO = "Open the round again, within ten minutes"
REOPENED = "The round is open again, with the votes that it had."
UNDONE_BY = " Undone by "
OLD_ROUNDS = "The rounds that were closed here:"
NO_OLD_ROUNDS = f"No round has been closed here yet. {command('pick')} closes the one that is open."


def pick_this(name: str, votes: int) -> str:
    return f"Pick {shown(name)}, with {many(votes, 'vote')}? That closes the round and tells the channel."


CLOSE_IN_SECRET = "Close the round? Its votes are counted, the name that leads is picked, and the channel is told."
CLOSE = "Close and count"


def pick_tied(names: Sequence[str], votes: int | None) -> str:
    """Say which names lead together, and with how many votes each if that is no secret."""
    each = f", with {many(votes, 'vote')} each" if votes else ""
    return f"{listed(map(shown, names[:10]))} are tied{each}. Pick one of them, or press Run-off to vote once more between them."


def pick_question(asked: PickQuestion) -> str:
    """The question before a round is closed; of a secret count it tells no more than a tie."""
    leaders, counted = asked.leaders, asked.standing.round.shows_counts
    if len(leaders) > 1:
        return pick_tied([entry.name for entry in leaders], len(leaders[0].voters) if counted else None)
    return CLOSE_IN_SECRET if asked.secret else pick_this(leaders[0].name, len(leaders[0].voters))


def pick_label(name: str) -> str:
    return f"Pick {name}"


def votes_of(count: int) -> str:
    return f"({many(count, 'vote')})"


def picked_by(by: str, voters: Sequence[str], count: int) -> str:
    voted = f" · voted for by {', '.join(voters)}{' and others' if count > len(voters) else ''}" if voters else ""
    return f"Picked by {by}{voted} · can be undone for ten minutes"


def closed(round: Round) -> str:
    """Say that a round is over, and how it ended."""
    if round.runoff:
        return f"That round ended in a run-off, so vote there: {command('shortlist')}."
    return f"That round is closed; the name is {shown(round.picked_name or '')}. {command('suggest NAME')} begins another round."


def too_late(round: Round) -> str:
    return f"A pick can be undone for ten minutes, and {shown(round.picked_name or '')} was picked earlier. {command('suggest NAME')} begins another round."


def day(moment: float) -> str:
    """Write the UTC day of a time in unix seconds.

    >>> day(0)
    '1970-01-01'
    """
    return time.strftime("%Y-%m-%d", time.gmtime(moment))


TIE = "Tie"


def old_round(round: Round) -> str:
    """Say how an old round ended, and when."""
    if round.runoff:
        return f"a tie, voted on once more from {day(round.closed)}"
    return f"{shown(round.picked_name)}, picked on {day(round.closed)}"


def spoken_old_round(round: Round) -> str:
    return f"Show the round that ended {'in a tie' if round.runoff else f'with {harmless(round.picked_name, 30)}'}"


# Reading its commands


def which_name(verb: str) -> str:
    return f"Which name? For example {command(f'{verb} Bulbase')}."


def odd_sign(name: str, char: str) -> str:
    return (
        f"The sign {shown(char)} in {shown(name)} cannot be in a name.\n"
        f"Letters, digits, spaces and signs such as ' . - & + ! ? are fine, for example {command('suggest Mr. Mime')}."
    )


def address(name: str) -> str:
    return f"{shown(name)} is an address, and Slack would show it as a link.\nA name has no `://`, for example {command('suggest Mr. Mime')}."


def takes_nothing(verb: str) -> str:
    return f"{command(verb)} takes nothing after it.\nNames are put on the shortlist by {command('suggest NAME')} and taken off by {command('drop NAME')}."


def verb_first(verb: str) -> str:
    return f"`{verb}` comes first: what follows it may be any name.\nFor example {command('suggest Bulbase')} or {command('shortlist')}."


def bad_option(word: str, most: int) -> str:
    return cannot_use(
        word,
        f"A round has `votes=` from 1 to {most} a person or `any`, `anonymous=on` or `off` (who voted is not shown), and `hidden=on` or "
        f"`off` (counts are not shown before it is closed): {command('round votes=3 anonymous=on hidden=on')}.",
    )
