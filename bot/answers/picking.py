"""The end of a round: the question, the pick, the run-off, and undoing."""

from bot.answers.shortlist import shared
from bot.answers.types import Answer, Effect, Picked, PickQuestion, Press, Problem, Reopened
from bot.commands.request import Pick, Undo
from bot.context import Context
from bot.errors import BadInput
from bot.strings import rounds as words
from bot.voting import picking
from bot.voting.round import existing, history
from bot.voting.standing import standing


def question(context: Context, request: Pick, pressed: bool) -> Answer:
    """The question which name to pick. Raises BadInput if this person may not end the round."""
    return PickQuestion(picking.ready(context))


def ask(context: Context, press: Press) -> Effect:
    """The same question by a button."""
    return Effect(answer=PickQuestion(picking.ready(context, press.ref.id)))


def pick(context: Context, press: Press) -> Effect:
    """Close the round with a name, and announce it."""
    return Effect(answer=Picked(picking.pick(context, press.ref.id, press.ref.part)), removes=True)


def run_off(context: Context, press: Press) -> Effect:
    """Close a tied round, and show the shortlist of the next one."""
    return Effect(answer=shared(context, picking.run_off(context, press.ref.id)), removes=True)


def leave(context: Context, press: Press) -> Effect:
    """Take the question away; the round stays open."""
    return Effect(removes=True)


def undo(context: Context, press: Press) -> Effect:
    """Open the round again; the announcement says so from now on, also if its pick was undone before."""
    ref, round = press.ref, existing(context, press.ref.id)
    try:
        picking.check_stands(round, ref.part)
    except BadInput as stale:
        return Effect(current=lambda: Reopened(standing(context, round)), answer=Problem(stale))
    reopened = _reopened(context, ref.id, ref.part)
    return Effect(current=lambda: reopened)


def undo_last(context: Context, request: Undo, pressed: bool) -> Answer:
    """Open the last picked round again. Raises BadInput if there is none, or it is too late."""
    last = next((round for round in history(context) if round.picked), None)
    if last is None:
        raise BadInput(words.NOTHING_PICKED)
    return _reopened(context, last.id, last.pick)


def _reopened(context: Context, id: str, pick: str) -> Reopened:
    return Reopened(picking.undo(context, id, pick), context.who.person)
