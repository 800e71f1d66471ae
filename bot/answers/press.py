"""The dispatch of pressed actions: each act has its use case."""

from collections.abc import Callable

from bot.answers import names, picking, previews, quiz, shortlist, taken, votes
from bot.answers.types import Act, Effect, Press
from bot.context import Context
from bot.log import note

_COMMANDS = {Act.GUESS: "quiz answer", Act.REVEAL: "quiz reveal", Act.NEXT: "quiz", Act.SHARE_BOARD: "quiz board"}


def press(context: Context, pressed: Press) -> Effect:
    """Carry out a pressed action. Raises BadInput."""
    note(command=_COMMANDS.get(pressed.act, pressed.act.value), outcome="answered")
    return _EFFECTS[pressed.act](context, pressed)


_EFFECTS: dict[Act, Callable[[Context, Press], Effect]] = {
    Act.VOTE: votes.click,
    Act.VOTERS: votes.voters,
    Act.BALLOTS: votes.voters,
    Act.TAKEN: taken.ask,
    Act.TAKE_OFF: shortlist.take_off,
    Act.MORE: names.follow,
    Act.WHY: names.follow,
    Act.SURPRISE: names.follow,
    Act.RANKED: names.follow,
    Act.DELETE: names.delete,
    Act.SEND: previews.send,
    Act.SHUFFLE: previews.shuffle,
    Act.CANCEL: previews.cancel,
    Act.SHARE: shortlist.share,
    Act.OPEN: shortlist.open_old,
    Act.ASK: picking.ask,
    Act.PICK: picking.pick,
    Act.RUN_OFF: picking.run_off,
    Act.LEAVE: picking.leave,
    Act.UNDO: picking.undo,
    Act.GUESS: quiz.guess,
    Act.REVEAL: quiz.reveal,
    Act.NEXT: quiz.follow,
    Act.SHARE_BOARD: quiz.share_board,
}
