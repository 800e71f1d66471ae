"""The rules of the open round, and the rounds that were closed."""

from bot.answers.shortlist import open_round
from bot.answers.types import Answer, History, RoundOptions
from bot.commands.request import ListRounds, SetRound
from bot.context import Context
from bot.errors import BadInput
from bot.store.retry import retry_on_conflict
from bot.strings import rounds as words
from bot.voting import picking, round


def options(context: Context, request: SetRound, pressed: bool) -> Answer:
    """The rules of the open round; new rules begin a round if none is open. Raises BadInput."""
    if not request.rules():
        return RoundOptions(open_round(context))
    return RoundOptions(retry_on_conflict(lambda: _set(context, request)), new=True)


def _set(context: Context, request: SetRound) -> round.Round:
    begun = round.begin(context)
    picking.check_may(context, begun)
    round.set_options(context, begun, **request.rules())
    return open_round(context)


def history(context: Context, request: ListRounds, pressed: bool) -> Answer:
    """The closed rounds. Raises BadInput if there are none."""
    closed = round.history(context)
    if not closed:
        raise BadInput(words.NO_OLD_ROUNDS)
    return History(closed)
