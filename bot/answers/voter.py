"""What a voter alone is told, of a click where the message does not show it, and of a vote that was typed. Knows no
Slack."""

from bot.commands.request import Suggest
from bot.commands.who import Who
from bot.errors import BadInput
from bot.names.screen import refuse_rude_name
from bot.slack.blocks.message import Message
from bot.slack.blocks.names import render_sentence
from bot.slack.blocks.rounds import render_closed
from bot.store import Store
from bot.strings import rounds as words
from bot.voting import casting
from bot.voting.identity import named
from bot.voting.round import current, load
from bot.voting.standing import standing
from bot.voting.votes import Outcome, on_list, vote_typed


def told(store: Store, who: Who, cast: casting.Cast) -> Message | None:
    """A vote is seen in the message; whoever has none left, comes too late or votes in secret is told."""
    if cast.outcome is Outcome.SPENT:
        given = [
            entry.name for entry in standing(store, who, cast.round).entries.values() if who.person in entry.voters
        ]
        return render_sentence(words.spent(cast.round.options.limit, given))
    if cast.outcome is Outcome.CLOSED:
        return render_closed(load(store, who, cast.round.id) or cast.round)
    if cast.round.options.hidden and cast.outcome in (Outcome.VOTED, Outcome.WITHDRAWN):
        return render_sentence(words.in_secret(cast.name, cast.outcome is Outcome.VOTED))
    return None


def answer_vote(store: Store, who: Who, name: str, now: float) -> Message:
    """Vote for a name on the open shortlist, or withdraw the vote, as a click would. Raises BadInput where it does not
    stand there."""
    round, given = current(store, who), named(name)
    outcome = vote_typed(store, who.team, round.key, given.key, who.person, f"{now:.6f}") if round else Outcome.ABSENT
    if outcome is Outcome.ABSENT:
        raise BadInput(words.not_listed(refuse_rude_name(name)), [Suggest(name).command()])
    cast = casting.Cast(outcome, round, (on_list(store, who.team, round.key, given.key) or given).name)
    return told(store, who, cast) or _counted(store, who, cast)


def _counted(store: Store, who: Who, cast: casting.Cast) -> Message:
    """How the name stands with that vote: a list that shows it is up to date with the next click on it."""
    entry = standing(store, who, cast.round).entry(cast.name)
    return render_sentence(
        words.typed_vote(cast.name, cast.outcome is Outcome.VOTED, len(entry.voters) if entry else 0)
    )
